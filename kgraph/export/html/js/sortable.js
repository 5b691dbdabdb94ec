// Tables whose rows can be put in the order of any column.

import { h, put, fold } from "./dom.js";

const chosen = new Map(); // the order chosen for a table, kept while the page is open

/** Let the heads of `table` sort its rows, numbers from the greatest, texts from A; `whole` first brings in rows still left out. */
export function sortable(table, key, whole = () => {}) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  const sort = ({ column, down }) => {
    whole();
    const rows = [...body.rows].map((row, i) => [valueOf(row.cells[column].textContent), i, row]);
    rows.sort(([a, i], [b, j]) => (a === "") - (b === "") || (down ? compare(b, a) : compare(a, b)) || i - j);
    body.append(...rows.map((r) => r[2]));
    heads.forEach((head, i) => { if (i === column) head.setAttribute("aria-sort", down ? "descending" : "ascending"); else head.removeAttribute("aria-sort"); });
  };
  heads.forEach((head, column) => put(head, h("button", { type: "button", class: "sort", on: { click: () => {
    const before = chosen.get(key), numbers = [...body.rows].every((row) => typeof valueOf(row.cells[column].textContent) === "number" || !row.cells[column].textContent);
    chosen.set(key, { column, down: before && before.column === column ? !before.down : numbers });
    sort(chosen.get(key));
  } } }, head.textContent)));
  if (chosen.has(key) && chosen.get(key).column < heads.length) sort(chosen.get(key)); // a column may be gone
  return table;
}

/** What a cell counts as: "1,234 papers" as a number, "" as nothing, else its words. */
function valueOf(text) {
  const number = /^(\d[\d,]*)( [a-z]+)?$/.exec(text);
  return number ? Number(number[1].replace(/,/g, "")) : fold(text);
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "en", { numeric: true });
}

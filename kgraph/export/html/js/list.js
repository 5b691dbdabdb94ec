// The list: everything that the map shows, as tables that a screen reader can walk.

import { h, put, count } from "./dom.js";
import { KIND_ONE, UNITS } from "./model.js";
import { lineOf } from "./line.js";
import { thingLink } from "./details.js";
import { weights } from "./style.js";
import { sortable } from "./sortable.js";

const FIRST_ROWS = 400;

/** Fill `box` with the things and the lines that are shown. */
export function showList(box, context, shown) {
  const { model } = context;
  const weight = weights(shown);
  const things = [...shown.nodes].sort((a, b) => weight.get(b) - weight.get(a) || model.score[b] - model.score[a] || a - b);
  const edges = [...shown.edges].sort((a, b) => b.n - a.n || a.edge.i - b.edge.i);
  put(box,
    table("things", `Things shown (${things.length})`, ["Name", "Kind", "Papers", unitsOf(shown)], things, (n) => [
      thingLink(context, n), KIND_ONE[model.kind[n]], n < model.papers ? "" : String(model.papersOf[n].length), String(weight.get(n))]),
    table("lines", `Lines shown (${edges.length})`, ["From", "Relation", "To", "By how much", "Stands for"], edges, (k) => edgeRow(context, k)));
}

/** What the lines shown stand for: "Claims", "Claims, mentions". */
function unitsOf({ edges }) {
  const words = [...new Set(edges.map((k) => UNITS[k.edge.type] + "s"))].join(", ");
  return words ? words[0].toUpperCase() + words.slice(1) : "Claims";
}

function edgeRow(context, k) {
  const { model } = context, { edge } = k, { from, to, word, disputed, values } = lineOf(model, k);
  return [thingLink(context, from), h("button", { type: "button", class: "quiet", on: { click: () => context.actions.pair(edge.a, edge.b) } }, disputed ? `${word} (disputed)` : word),
    thingLink(context, to), values.join("; "), count(k.n, UNITS[edge.type])];
}

function table(key, caption, columns, rows, cells) {
  const row = (r) => h("tr", {}, cells(r).map((cell, i) => h(i ? "td" : "th", i ? {} : { scope: "row" }, cell)));
  const body = h("tbody", {}, rows.slice(0, FIRST_ROWS).map(row));
  const more = rows.length > FIRST_ROWS ? h("button", { type: "button", class: "more", on: { click: () => all() } }, `Show the other ${rows.length - FIRST_ROWS}`) : null;
  const all = () => {
    if (!more || !more.parentNode) return;
    body.append(...rows.slice(FIRST_ROWS).map(row));
    more.remove();
  };
  const box = h("div", { class: "table-wrap" }, h("table", {}, h("caption", {}, caption),
    h("thead", {}, h("tr", {}, columns.map((c) => h("th", { scope: "col" }, c)))), body), more);
  sortable(box.firstChild, key, all);
  return box;
}

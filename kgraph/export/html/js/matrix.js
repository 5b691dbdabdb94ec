// Who beats whom: winners in rows, losers in columns, each cell with its best number, opening its quotes.

import { h, put, shorten } from "./dom.js";
import { COMPARES, fullLabel, findThing, verdict, amountOf } from "./model.js";

const MOST = 26;

/**
 * Return {rows, columns, cells}: things that win or draw, things that lose or draw, and per "row column" what is
 * claimed: {won, lost, even, claims, text}. A pair stands once; where both are said to win, in both places.
 */
export function matrixOf(model, shown, most = MOST) {
  const weight = new Map(), cells = new Map();
  const note = (row, column, field, i) => {
    const key = row + " " + column;
    if (!cells.has(key)) cells.set(key, { row, column, won: 0, lost: 0, even: 0, claims: [] });
    cells.get(key)[field] += 1;
    cells.get(key).claims.push(i);
  };
  for (const k of shown.edges) {
    if (k.edge.type !== COMPARES) continue;
    for (const i of k.claims) {
      const claim = model.claims[i], seen = verdict(claim);
      for (const end of [claim.subject, claim.object]) weight.set(end, (weight.get(end) || 0) + 1);
      if (seen) note(seen.winner, seen.loser, "won", i);
      else note(claim.subject, claim.object, "even", i);
    }
  }
  for (const cell of cells.values()) {
    const mirror = cells.get(cell.column + " " + cell.row);
    cell.lost = mirror ? mirror.won : 0;
    cell.text = cellText(model, cell);
  }
  return { ...arrange(weight, [...cells.values()], most), cells };
}

/** The most compared columns, each with the rows that face it, so that what belongs together stands together. */
function arrange(weight, cells, most) {
  const heavy = (key) => (a, b) => weight.get(b[key]) - weight.get(a[key]) || a[key] - b[key];
  const load = new Map();
  for (const cell of cells) load.set(cell.column, (load.get(cell.column) || 0) + cell.won + cell.even);
  const columns = [], rows = [], seenColumns = new Set(), seenRows = new Set();
  const order = [...load].sort((a, b) => b[1] - a[1] || weight.get(b[0]) - weight.get(a[0]) || a[0] - b[0]).map((c) => c[0]);
  const take = (column) => {
    if (seenColumns.has(column) || columns.length >= most) return;
    seenColumns.add(column);
    columns.push(column);
    for (const cell of cells.filter((c) => c.column === column).sort(heavy("row"))) {
      if (seenRows.has(cell.row) || rows.length >= most * 2) continue;
      seenRows.add(cell.row);
      rows.push(cell.row);
      for (const other of cells.filter((c) => c.row === cell.row).sort(heavy("column"))) take(other.column);
    }
  };
  for (const column of order) take(column);
  return { rows, columns };
}

function cellText(model, cell) {
  const values = cell.claims.map((i) => model.claims[i].value).filter(Boolean);
  const sign = cell.won && cell.lost ? "±" : cell.won ? "▲" : "=";
  const best = values.sort((a, b) => b.high - a.high)[0];
  return sign + (best ? " " + shorten(amountOf(best).replace("up to ", "≤ "), 14) : "") + (cell.claims.length > 1 ? ` (${cell.claims.length})` : "");
}

/** What a cell says, in words. */
export function cellWords(model, cell) {
  const parts = [];
  if (cell.won) parts.push(`wins in ${cell.won}`);
  if (cell.lost) parts.push(`loses in ${cell.lost}`);
  if (cell.even) parts.push(`no winner in ${cell.even}`);
  const best = cell.claims.map((i) => model.claims[i]).find((c) => c.value);
  return `${fullLabel(model, cell.row)} against ${fullLabel(model, cell.column)}: ${parts.join(", ")}${best ? `; ${amountOf(best.value)} ${best.metric}` : ""}`;
}

/** A table of the first `most.rows` by `most.columns` of the matrix, or null where there is nothing to compare. */
export function matrixTable(context, shown, most) {
  const { model } = context;
  const all = matrixOf(model, shown), { cells } = all;
  const columns = all.columns.slice(0, most.columns);
  const rows = all.rows.filter((row) => columns.some((column) => cells.has(row + " " + column))).slice(0, most.rows);
  if (!rows.length) return null;
  const name = (n) => h("button", { type: "button", class: "plain-name", title: fullLabel(model, n), on: { click: () => context.actions.choose(n) } }, shorten(fullLabel(model, n), most.letters));
  const cell = (row, column) => {
    if (row === column) return h("td", { class: "self" });
    const found = cells.get(row + " " + column);
    if (!found) return h("td", {});
    const words = cellWords(model, found);
    return h("td", { class: found.won && found.lost ? "clash" : found.won ? "won" : "even" },
      h("button", { type: "button", title: words, "aria-current": isChosen(context, row, column) ? "true" : null, on: { click: () => context.actions.pair(row, column) } }, found.text, h("span", { class: "unseen" }, ` ${words}`)));
  };
  return h("table", { class: "matrix" }, h("caption", {}, most.caption),
    h("thead", {}, h("tr", {}, h("td", {}), columns.map((n) => h("th", { scope: "col" }, h("span", { class: "turned" }, name(n)))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, h("th", { scope: "row" }, name(row)), columns.map((column) => cell(row, column))))));
}

function isChosen({ model, state }, row, column) {
  const pair = state.pair.map((name) => findThing(model, name));
  return pair.length === 2 && pair.includes(row) && pair.includes(column);
}

/** Fill `box` with the matrix of what is shown. */
export function showMatrix(box, context, shown) {
  const table = matrixTable(context, shown, { rows: 60, columns: MOST, letters: 24,
    caption: "Who beats whom, as papers claim: ▲ the row wins, = no winner, ± claims differ. Choose a cell for its quotes." });
  put(box, table ? h("div", { class: "matrix-wrap" }, table) : h("p", { class: "empty" }, "No comparisons pass the filters."));
}

// Who beats whom: the most compared things against each other, each cell with its best number, opening its quotes.

import { h, put, shorten } from "./dom.js";
import { COMPARES, fullLabel, verdict } from "./model.js";

const MOST = 24;

/**
 * Return {things, cells}: the most compared of the shown things, and per "row column" what is claimed for the row
 * against the column: {won, lost, even, claims, text}.
 */
export function matrixOf(model, shown, most = MOST) {
  const weight = new Map(), cells = new Map();
  const note = (row, column, field, i) => {
    const key = row + " " + column;
    if (!cells.has(key)) cells.set(key, { won: 0, lost: 0, even: 0, claims: [] });
    cells.get(key)[field] += 1;
    cells.get(key).claims.push(i);
  };
  for (const k of shown.edges) {
    if (k.edge.type !== COMPARES) continue;
    for (const i of k.claims) {
      const claim = model.claims[i], seen = verdict(claim);
      for (const end of [claim.subject, claim.object]) weight.set(end, (weight.get(end) || 0) + 1);
      note(claim.subject, claim.object, !seen ? "even" : seen.winner === claim.subject ? "won" : "lost", i);
      note(claim.object, claim.subject, !seen ? "even" : seen.winner === claim.object ? "won" : "lost", i);
    }
  }
  const things = takeTogether(weight, cells, most).sort((a, b) => balance(cells, b) - balance(cells, a) || weight.get(b) - weight.get(a) || a - b);
  for (const cell of cells.values()) cell.text = cellText(model, cell);
  return { things, cells };
}

/** The most compared things with those they are compared with, so that the matrix is not empty. */
function takeTogether(weight, cells, most) {
  const near = new Map();
  for (const key of cells.keys()) {
    const [row, column] = key.split(" ").map(Number);
    if (!near.has(row)) near.set(row, []);
    near.get(row).push(column);
  }
  const rank = (a, b) => weight.get(b) - weight.get(a) || a - b;
  const chosen = new Set();
  for (const thing of [...weight.keys()].sort(rank)) {
    if (chosen.size >= most) break;
    chosen.add(thing);
    for (const other of (near.get(thing) || []).sort(rank)) if (chosen.size < most) chosen.add(other);
  }
  return [...chosen];
}

function balance(cells, thing) {
  let sum = 0;
  for (const [key, cell] of cells) if (key.startsWith(thing + " ")) sum += cell.won - cell.lost;
  return sum;
}

function cellText(model, cell) {
  const values = cell.claims.map((i) => model.claims[i].value).filter(Boolean);
  const sign = cell.won && cell.lost ? "±" : cell.won ? "▲" : cell.lost ? "▽" : "=";
  const best = values.sort((a, b) => b.high - a.high)[0];
  return sign + (best ? " " + shorten(best.text, 12) : cell.claims.length > 1 ? " " + cell.claims.length : "");
}

/** What a cell says, in words. */
export function cellWords(model, row, column, cell) {
  const parts = [];
  if (cell.won) parts.push(`beats in ${cell.won}`);
  if (cell.lost) parts.push(`loses in ${cell.lost}`);
  if (cell.even) parts.push(`no winner in ${cell.even}`);
  return `${fullLabel(model, row)} against ${fullLabel(model, column)}: ${parts.join(", ")}`;
}

/** Fill `box` with the matrix of what is shown. */
export function showMatrix(box, context, shown) {
  const { model } = context;
  const { things, cells } = matrixOf(model, shown);
  if (!things.length) {
    put(box, h("p", { class: "empty" }, "No comparisons pass the filters."));
    return;
  }
  const name = (n) => h("button", { type: "button", class: "plain-name", title: fullLabel(model, n), on: { click: () => context.actions.choose(n) } }, shorten(fullLabel(model, n), 22));
  const cell = (row, column) => {
    if (row === column) return h("td", { class: "self", "aria-hidden": "true" });
    const found = cells.get(row + " " + column);
    if (!found) return h("td", {});
    const look = found.won && found.lost ? "disputed" : found.won ? "won" : found.lost ? "lost" : "even";
    return h("td", { class: look }, h("button", { type: "button", "aria-label": cellWords(model, row, column, found),
      title: cellWords(model, row, column, found), on: { click: () => context.actions.pair(row, column) } }, found.text));
  };
  put(box, h("div", { class: "matrix-wrap" }, h("table", { class: "matrix" },
    h("caption", {}, `Who beats whom: the row against the column (${things.length} most compared). ▲ wins, ▽ loses, = no winner, ± claims differ. Choose a cell for its quotes.`),
    h("thead", {}, h("tr", {}, h("td", {}), things.map((n) => h("th", { scope: "col" }, h("span", { class: "turned" }, name(n)))))),
    h("tbody", {}, things.map((row) => h("tr", {}, h("th", { scope: "row" }, name(row)), things.map((column) => cell(row, column))))))));
}

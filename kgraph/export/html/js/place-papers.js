// The papers view: papers in columns of years, in the order of their dates, what they introduce beneath them.

import { INTRODUCES } from "./model.js";
import { yearSpans, spanName, sharesOf } from "./years.js";

const CELL = 190, ROW = 26, HALF_ROW = 21, SECOND = 13; // pixels; the last is what a second line of a title adds
const LETTER = 5.4; // pixels that a letter takes, at least: titles that may not fit a line have room for two

/** A paper's date as text that sorts; without a month it comes after the dated ones of its year. */
function dateKey(model, paper) {
  const date = model.paper.date[paper];
  return /^\d{4}-\d\d/.test(date) ? date : String(model.paper.year[paper]) + "-99";
}

/** `room` is {width, height} in pixels: as many columns as fit it, so that titles stand at their size; years share some. */
export function paperPlaces(model, shown, room) {
  const papers = shown.nodes.filter((n) => n < model.papers);
  const columns = [], spots = new Map(), rooms = new Map();
  const across = Math.max(1, Math.floor(room.width / CELL)), cell = room.width / across;
  const own = introducedIn(model, shown);
  const tall = new Set(papers.filter((p) => model.label[p].length * LETTER > cell - 34));
  const high = (p) => ROW + (tall.has(p) ? SECOND : 0) + (own.get(p) || []).length * HALF_ROW;
  const buckets = bucketsOf(model, papers, Math.ceil(across * 0.7));
  const shares = sharesOf(buckets.map((b) => b.papers.length), across);
  let x = 0;
  buckets.forEach((bucket, i) => {
    const each = bucket.papers.reduce((sum, p) => sum + high(p), 0) / shares[i];
    let y = 0, column = 0;
    for (const p of bucket.papers) {
      if (y >= each && column < shares[i] - 1) { y = 0; column++; }
      spots.set(p, [x + 14 + column * cell, y]);
      beneath(own.get(p) || [], cell, spots, rooms, [spots.get(p)[0], y + (tall.has(p) ? SECOND / 2 : 0)]);
      y += high(p);
    }
    columns.push({ x: x + shares[i] * cell / 2, label: bucket.label, from: x });
    x += shares[i] * cell;
  });
  above(model, shown, spots, rooms);
  return { spots, decor: { columns, rows: [], notes: [], right: room.width, sideways: cell - 34, rooms, tall, quietEdges: true, small: true }, fit: "width" };
}

/** What each shown paper introduces, each thing once. */
function introducedIn(model, shown) {
  const own = new Map(), taken = new Set();
  for (const { edge } of shown.edges) {
    if (edge.type !== INTRODUCES || taken.has(edge.b)) continue;
    taken.add(edge.b);
    if (!own.has(edge.a)) own.set(edge.a, []);
    own.get(edge.a).push(edge.b);
  }
  return own;
}

/** Put what a paper introduces in rows beneath it. */
function beneath(things, cell, spots, rooms, [x, y]) {
  things.forEach((n, i) => {
    spots.set(n, [x + 16, y + (i + 1) * HALF_ROW]);
    rooms.set(n, cell - 50);
  });
}

/** Papers by spans of years, oldest first, each in the order of their dates: [{papers, label}]. */
function bucketsOf(model, papers, most) {
  const counts = new Map();
  for (const p of papers) counts.set(model.paper.year[p] || 0, (counts.get(model.paper.year[p] || 0) || 0) + 1);
  const order = [...papers].sort((p, q) => (dateKey(model, p) < dateKey(model, q) ? -1 : dateKey(model, p) > dateKey(model, q) ? 1 : p - q));
  return yearSpans(counts, most).map((span) => ({ label: spanName(span),
    papers: order.filter((p) => (model.paper.year[p] || 0) >= span.first && (model.paper.year[p] || 0) <= span.last) }));
}

/** Things that no shown paper introduces stand above all papers, over the middle of what they are linked to. */
function above(model, shown, spots, rooms) {
  const linked = new Map();
  for (const { edge } of shown.edges) {
    for (const [n, m] of [[edge.a, edge.b], [edge.b, edge.a]]) {
      if (spots.has(n) || !spots.has(m)) continue;
      if (!linked.has(n)) linked.set(n, []);
      linked.get(n).push(spots.get(m)[0]);
    }
  }
  const middle = (n) => (linked.has(n) ? linked.get(n).reduce((s, x) => s + x, 0) / linked.get(n).length : 0);
  const rest = shown.nodes.filter((n) => !spots.has(n)).map((n) => [n, middle(n)]).sort((p, q) => p[1] - q[1] || p[0] - q[0]);
  const lanes = [];
  for (const [n, x] of rest) {
    let lane = lanes.findIndex((last) => last + 130 <= x);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = x;
    spots.set(n, [x, -40 - lane * HALF_ROW]);
    rooms.set(n, 104);
  }
}

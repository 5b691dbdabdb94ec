// The papers view: papers in columns of years, in the order of their dates, what they introduce beneath them.

import { INTRODUCES } from "./model.js";

const CELL_WIDE = 184, ROW = 29, HALF_ROW = 23;

/** A paper's date as text that sorts; without a month it comes after the dated ones of its year. */
function dateKey(model, paper) {
  const date = model.paper.date[paper];
  return /^\d{4}-\d\d/.test(date) ? date : String(model.paper.year[paper]) + "-99";
}

/** `room` is {width, height} in pixels: as many columns are made as fit, years without much to show share one. */
export function paperPlaces(model, shown, room) {
  const papers = shown.nodes.filter((n) => n < model.papers);
  const columns = [], spots = new Map(), rooms = new Map();
  const across = Math.max(1, Math.floor((room.width - 30) / (CELL_WIDE * 0.8)));
  const own = introducedIn(model, shown);
  const high = (p) => ROW + Math.ceil((own.get(p) || []).length / 2) * HALF_ROW;
  let x = 0;
  for (const bucket of buckets(model, papers, across)) {
    const wide = Math.max(1, Math.round(across * bucket.papers.length / Math.max(1, papers.length)));
    const each = bucket.papers.reduce((sum, p) => sum + high(p), 0) / wide;
    let y = 0, column = 0;
    for (const p of bucket.papers) {
      if (y >= each && column < wide - 1) { y = 0; column++; }
      spots.set(p, [x + 14 + column * CELL_WIDE, y]);
      beneath(own.get(p) || [], spots, rooms, spots.get(p));
      y += high(p);
    }
    columns.push({ x: x + (column + 1) * CELL_WIDE / 2, label: bucket.label, from: x });
    x += (column + 1) * CELL_WIDE;
  }
  above(model, shown, spots);
  return { spots, decor: { columns, rows: [], notes: [], right: x, sideways: CELL_WIDE - 30, rooms, quietEdges: true, small: true }, fit: "width" };
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

/** Put what a paper introduces in rows of two beneath it. */
function beneath(things, spots, rooms, [x, y]) {
  things.forEach((n, i) => {
    spots.set(n, [x + 16 + (i % 2) * 84, y + 23 + (i >> 1) * HALF_ROW]);
    rooms.set(n, things.length % 2 && i === things.length - 1 ? CELL_WIDE - 50 : 64);
  });
}

/** Papers by year, oldest first, neighbouring years together until they hold a share worth a column. */
function buckets(model, papers, across) {
  const byYear = new Map();
  for (const p of papers) {
    const year = model.paper.year[p] || 0;
    if (!byYear.has(year)) byYear.set(year, []);
    byYear.get(year).push(p);
  }
  const enough = papers.length / across * 0.6, found = [];
  let open = null;
  for (const year of [...byYear.keys()].filter((y) => y).sort((a, b) => a - b)) {
    if (!open || open.papers.length >= enough) found.push((open = { first: year, papers: [] }));
    open.last = year;
    open.papers.push(...byYear.get(year).sort((p, q) => (dateKey(model, p) < dateKey(model, q) ? -1 : 1) || p - q));
  }
  const last = found[found.length - 1];
  if (found.length > 1 && last.papers.length < enough / 2) { // a few of the newest year don't fill a column
    found.pop();
    found[found.length - 1].papers.push(...last.papers);
    found[found.length - 1].last = last.last;
  }
  for (const b of found) b.label = b.first === b.last ? String(b.first) : `${b.first} to ${b.last}`;
  if (byYear.has(0)) found.push({ papers: byYear.get(0), label: "year unknown" });
  return found;
}

/** Things that no shown paper introduces stand above all papers, over the middle of what they are linked to. */
function above(model, shown, spots) {
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
    spots.set(n, [x, -60 - lane * 28]);
  }
}

// The papers view: papers along an axis of time, what they introduce beside them.

import { INTRODUCES } from "./model.js";

const LANE = 46, WIDE = 150;

/** A paper's date as a number of years, or 0 where unknown; without a month, the middle of its year. */
export function timeOf(model, paper) {
  const year = model.paper.year[paper];
  if (!year) return 0;
  const parts = /^\d{4}-(\d\d)(?:-(\d\d))?/.exec(model.paper.date[paper]);
  return parts ? year + (Number(parts[1]) - 1) / 12 + (parts[2] ? (Number(parts[2]) - 1) / 372 : 0.04) : year + 0.5;
}

export function paperPlaces(model, shown, aspect) {
  const papers = shown.nodes.filter((n) => n < model.papers);
  const dated = papers.filter((p) => timeOf(model, p)).sort((p, q) => timeOf(model, p) - timeOf(model, q) || p - q);
  const undated = papers.filter((p) => !timeOf(model, p));
  const start = dated.length ? Math.floor(timeOf(model, dated[0])) : 0;
  const end = dated.length ? Math.floor(timeOf(model, dated[dated.length - 1])) + 1 : 1;
  const wanted = Math.sqrt(Math.max(1, papers.length) * WIDE * LANE * aspect * 2);
  const perYear = Math.max(WIDE, wanted / Math.max(1, end - start));
  const spots = new Map(), lanes = [];
  for (const p of dated) {
    const x = (timeOf(model, p) - start) * perYear;
    let lane = lanes.findIndex((last) => last + WIDE <= x);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = x;
    spots.set(p, [x, laneAt(lane)]);
  }
  const high = Math.max(6, lanes.length);
  undated.forEach((p, i) => spots.set(p, [-WIDE * (1.3 + Math.floor(i / high)), laneAt(i % high)]));
  besides(model, shown, spots);
  const columns = [];
  for (let year = start; dated.length && year < end; year++) {
    columns.push({ x: (year - start + 0.5) * perYear, label: String(year), from: (year - start) * perYear });
  }
  if (undated.length) {
    const across = Math.ceil(undated.length / high);
    columns.unshift({ x: -WIDE * (0.8 + across / 2), label: "year unknown", from: -WIDE * (across + 0.8) });
  }
  return { spots, decor: { columns, rows: [], notes: [], right: (end - start) * perYear }, fit: "all" };
}

function laneAt(lane) {
  return (lane % 2 ? 1 : -1) * Math.ceil(lane / 2) * LANE;
}

/** Put what a paper introduces just below it, and other things above all papers at the middle of their papers. */
function besides(model, shown, spots) {
  const taken = new Map();
  for (const k of shown.edges) {
    const { type, a, b } = k.edge;
    if (type !== INTRODUCES || !spots.has(a) || spots.has(b)) continue;
    const before = taken.get(a) || 0;
    taken.set(a, before + 1);
    spots.set(b, [spots.get(a)[0] + 26 + before * 42, spots.get(a)[1] + 17]);
  }
  const times = new Map();
  for (const k of shown.edges) {
    for (const [n, m] of [[k.edge.a, k.edge.b], [k.edge.b, k.edge.a]]) {
      if (spots.has(n) || !spots.has(m)) continue;
      if (!times.has(n)) times.set(n, []);
      times.get(n).push(spots.get(m)[0]);
    }
  }
  const top = Math.min(0, ...[...spots.values()].map((s) => s[1])) - 90;
  const lanes = [];
  const rest = shown.nodes.filter((n) => !spots.has(n))
    .map((n) => [n, times.has(n) ? times.get(n).reduce((s, x) => s + x, 0) / times.get(n).length : 0])
    .sort((p, q) => p[1] - q[1] || p[0] - q[0]);
  for (const [n, x] of rest) {
    let lane = lanes.findIndex((last) => last + WIDE * 0.7 <= x);
    if (lane < 0) lane = lanes.push(0) - 1;
    lanes[lane] = x;
    spots.set(n, [x, top - lane * LANE * 0.7]);
  }
}

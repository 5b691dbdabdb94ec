// Where the shown things stand. Networks come with places from the build; charts are laid out by what they say.

import { INTRODUCES } from "./model.js";
import { hardwarePlaces } from "./place-hardware.js";
import { paperPlaces } from "./place-papers.js";
import { partsOf, spread, pack } from "./pack.js";

const GOLDEN = 2.399963;
const LARGE = 40; // things in a part whose shape matters to the whole
const BEND = 2;

/** Return {spots: Map thing → [x, y], decor: {columns, rows, notes}, fit: "all" | "width"} for what `shown` holds; `room` is {width, height} in pixels. */
export function place(model, state, shown, room) {
  const placed = state.view === "hardware" ? hardwarePlaces(model, shown, room) : state.view === "papers" ? paperPlaces(model, shown, room)
    : { spots: spotsOf(model, state, shown, aspectOf(room)), decor: { columns: [], rows: [], notes: [] }, fit: "all" };
  for (const s of placed.spots.values()) { s[0] = Math.round(s[0]); s[1] = Math.round(s[1]); } // vis reads 9.4e-15 as 9
  return placed;
}

function spotsOf(model, state, shown, aspect) {
  if (state.view === "around") return rings(model, shown, Math.max(0.7, Math.min(1.5, aspect)));
  if (state.view === "path") return row(shown, state, model);
  return networkPlaces(model, shown, state.view === "together" ? model.comentionSpots : model.spots, Math.max(0.5, Math.min(2.2, aspect)));
}

/** Pixels at the edges of a map `width` wide that names of what stands there need, at one side and at the top. */
export function marginsOf(width) {
  return { x: Math.min(85, width * 0.14), y: 36 };
}

function aspectOf({ width, height }) {
  const { x, y } = marginsOf(width);
  return Math.max(60, width - 2 * x) / Math.max(60, height - 2 * y);
}

/** Places of the build for a part of its network: parts keep their shape, at one scale, packed anew. */
function networkPlaces(model, shown, base, aspect) {
  const spots = new Map();
  for (const n of shown.nodes) if (base.has(n)) spots.set(n, [...base.get(n)]);
  const pairs = shown.edges.map((k) => [k.edge.a, k.edge.b]);
  beside(shown.nodes, pairs, spots);
  const weight = new Map();
  for (const k of shown.edges) for (const end of [k.edge.a, k.edge.b]) weight.set(end, (weight.get(end) || 0) + k.n);
  const parts = partsOf(shown.nodes, pairs);
  for (const part of parts) {
    rescale(part, pairs, spots);
    stretch(part, spots, aspect);
    spread(part, spots, () => 27);
  }
  const heavy = (part) => part.reduce((sum, n) => sum + (weight.get(n) || 0), 0);
  const order = parts.map((part) => [part, heavy(part)]).sort((p, q) => q[1] - p[1] || p[0][0] - q[0][0]).map((p) => p[0]);
  pack(order, pairs, spots, aspect);
  return spots;
}

/** Give things without a place one beside what they are linked to. Changes `spots`. */
export function beside(nodes, pairs, spots) {
  let rest = nodes.filter((n) => !spots.has(n));
  const near = new Map(rest.map((n) => [n, []]));
  for (const [a, b] of pairs) {
    if (near.has(a)) near.get(a).push(b);
    if (near.has(b)) near.get(b).push(a);
  }
  for (let round = 0; rest.length && round < 6; round++) {
    for (const n of rest) {
      const placed = near.get(n).filter((m) => spots.has(m));
      if (!placed.length && round < 5) continue;
      const centre = placed.length
        ? [0, 1].map((axis) => placed.reduce((sum, m) => sum + spots.get(m)[axis], 0) / placed.length) : [0, 0];
      const far = placed.length ? 80 : 40 * Math.sqrt(spots.size + 1);
      spots.set(n, [centre[0] + far * Math.cos(n * GOLDEN), centre[1] + far * Math.sin(n * GOLDEN)]);
    }
    rest = rest.filter((n) => !spots.has(n));
  }
}

/** Scale a part so that its middle edge is about 100 long, and centre it. Changes `spots`. */
function rescale(part, pairs, spots) {
  const mine = new Set(part);
  const lengths = pairs.filter(([a]) => mine.has(a))
    .map(([a, b]) => Math.hypot(spots.get(a)[0] - spots.get(b)[0], spots.get(a)[1] - spots.get(b)[1])).sort((x, y) => x - y);
  const middle = lengths.length ? lengths[lengths.length >> 1] : 100;
  const scale = middle > 1 ? Math.min(2, Math.max(0.3, 100 / middle)) : 1;
  const box = bounds(part.map((n) => spots.get(n)));
  for (const n of part) {
    const s = spots.get(n);
    s[0] = (s[0] - (box.left + box.right) / 2) * scale;
    s[1] = (s[1] - (box.top + box.bottom) / 2) * scale;
  }
}

/** Stretch a large part towards the shape of its room, `aspect` times as wide as high, by as little as BEND allows. Changes `spots`. */
function stretch(part, spots, aspect) {
  if (part.length < LARGE) return;
  const box = bounds(part.map((n) => spots.get(n))), own = (box.right - box.left + 1) / (box.bottom - box.top + 1);
  const by = Math.sqrt(Math.max(1 / BEND, Math.min(BEND, aspect / own)));
  for (const n of part) { const s = spots.get(n); s[0] *= by; s[1] /= by; }
}

/** The smallest box around points. */
export function bounds(points) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x); box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y); box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** The focus in the middle, its neighbours in rings by relation, theirs outside. */
function rings(model, shown, aspect) {
  const spots = new Map();
  if (shown.focus < 0) return spots;
  spots.set(shown.focus, [0, 0]);
  const first = new Map();
  for (const k of shown.edges) {
    const other = k.edge.a === shown.focus ? k.edge.b : k.edge.b === shown.focus ? k.edge.a : -1;
    if (other >= 0) first.set(other, Math.min(first.has(other) ? first.get(other) : 9, k.edge.type));
  }
  const order = (x, y) => first.get(x) - first.get(y) || model.kind[x] - model.kind[y] || model.score[y] - model.score[x] || x - y;
  const near = withTheirPapers([...first.keys()].sort(order), shown);
  const lanes = Math.max(1, Math.ceil((Math.sqrt(1 + near.length / 5) - 1)));
  const inner = Math.min(190, 90 + near.length * 6);
  near.forEach((n, i) => {
    const turn = (i / near.length) * 2 * Math.PI - Math.PI / 2;
    const radius = inner + (i % lanes) * 75;
    spots.set(n, [Math.cos(turn) * radius * aspect, Math.sin(turn) * radius]);
  });
  const rest = shown.nodes.filter((n) => !spots.has(n));
  const parent = new Map();
  for (const k of shown.edges) {
    for (const [n, m] of [[k.edge.a, k.edge.b], [k.edge.b, k.edge.a]]) {
      if (!spots.has(n) && first.has(m) && !parent.has(n)) parent.set(n, m);
    }
  }
  const place = (n) => (parent.has(n) ? near.indexOf(parent.get(n)) : near.length);
  rest.sort((x, y) => place(x) - place(y) || x - y).forEach((n, i) => {
    const turn = (i / rest.length) * 2 * Math.PI - Math.PI / 2;
    const radius = inner + 70 + lanes * 75 + (i % Math.max(1, Math.ceil(rest.length / 40))) * 70;
    spots.set(n, [Math.cos(turn) * radius * aspect, Math.sin(turn) * radius]);
  });
  return spots;
}

/** The same things, each followed by the shown papers that introduce it, so that they stand side by side. */
function withTheirPapers(things, shown) {
  const rank = new Map(things.map((n, i) => [n, i])), host = new Map(), guests = new Map(things.map((n) => [n, []]));
  for (const { edge } of shown.edges) {
    if (edge.type !== INTRODUCES || !rank.has(edge.a) || !rank.has(edge.b)) continue;
    if (!host.has(edge.a) || rank.get(edge.b) < rank.get(host.get(edge.a))) host.set(edge.a, edge.b);
  }
  for (const n of things) if (host.has(n)) guests.get(host.get(n)).push(n);
  return things.filter((n) => !host.has(n)).flatMap((n) => [n, ...guests.get(n)]);
}

/** The steps of a path from left to right. */
function row(shown, state, model) {
  const spots = new Map();
  let at = model.byId.get(state.path[0]);
  if (at === undefined) at = shown.nodes[0];
  const left = [...shown.edges];
  for (let i = 0; at !== undefined; i++) {
    spots.set(at, [i * 190, i % 2 ? 45 : -45]);
    const here = at;
    const next = left.findIndex((k) => k.edge.a === here || k.edge.b === here);
    at = next < 0 ? undefined : left[next].edge.a === at ? left[next].edge.b : left[next].edge.a;
    if (next >= 0) left.splice(next, 1);
  }
  beside(shown.nodes, [], spots);
  return spots;
}

// How a thing and an edge look on the map: kind, weight and polarity turned into shape, size, colour and line.

import { COMPARES, BUILDS, CITES, TOGETHER } from "./model.js";
import { SHAPES, DASHES } from "./theme.js";
import { polarityOf } from "./select.js";

/** The radius of a thing that takes part in `weight` of the statements shown, where the busiest takes part in `most`. */
export function sizeOf(weight, kind, most, small = false) {
  if (small) return Math.min(9, 5 + Math.sqrt(weight));
  const least = kind === 0 ? 5 : 7;
  return least + (22 - least) * Math.sqrt(weight / Math.max(most, 30));
}

/** How many statements of `shown` each thing takes part in. */
export function weights(shown) {
  const weight = new Map(shown.nodes.map((n) => [n, 0]));
  for (const k of shown.edges) for (const end of [k.edge.a, k.edge.b]) weight.set(end, (weight.get(end) || 0) + k.n);
  return weight;
}

/** A vis-network node. */
export function nodeStyle(model, state, thing, weight, spot, colours, { faint, chosen, own, most, small }) {
  const kind = model.kind[thing];
  const hollow = kind === 0;
  const pinned = state.pinned.includes(model.id[thing]);
  return {
    id: thing, x: spot[0], y: spot[1], shape: SHAPES[kind], size: sizeOf(weight, kind, most, small), opacity: faint ? 0.22 : 1,
    borderWidth: chosen || pinned ? 4 : hollow ? 2 : 1.2,
    borderWidthSelected: 4,
    color: chosenColour(hollow ? colours.surface : own, chosen || pinned ? colours.text : hollow ? own : colours.surface),
  };
}

function chosenColour(background, border) {
  return { background, border, highlight: { background, border }, hover: { background, border } };
}

/** A vis-network edge; comparisons point from winner to loser. No arrow where the kinds of its ends tell them apart: many would bury a hub. */
export function edgeStyle(model, kept, id, colours, { faint, strong, quiet, chart }) {
  const { edge, n } = kept;
  let from = edge.a, to = edge.b, arrow = edge.type === BUILDS || edge.type === CITES, dashes = DASHES[edge.type];
  let colour = colours.types[edge.type];
  if (edge.type === COMPARES) {
    const said = polarityOf(model, kept);
    colour = colours.polarity[said];
    if (said === "worse") [from, to] = [to, from];
    arrow = said === "better" || said === "worse";
    dashes = said === "similar" || said === "open" ? [5, 4] : false;
  }
  const width = edge.type === TOGETHER ? 0.8 + Math.min(5, n * 0.5) : Math.min(7, 1 + 0.9 * Math.sqrt(n));
  return {
    id, from, to, width: strong && !chart ? width + 1.5 : width, dashes,
    color: { color: colour, highlight: colour, hover: colour, opacity: faint ? 0.08 : quiet ? quiet : strong ? (chart ? 0.4 : 1) : edge.type === TOGETHER ? 0.45 : 0.75, inherit: false },
    arrows: arrow ? { to: { enabled: true, scaleFactor: 0.55 } } : "",
  };
}

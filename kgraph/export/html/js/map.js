// The map: a vis-network canvas that is told exactly what to draw and where.

import { h, shorten } from "./dom.js";
import { mapLabel, CITES } from "./model.js";
import { palette, mayMove } from "./theme.js";
import { Labels } from "./labels.js";
import { nodeStyle, edgeStyle, weights, sizeOf } from "./style.js";
import { drawBackdrop, drawHeadings, drawLines, linesOf } from "./backdrop.js";
import { bounds, marginsOf } from "./place.js";
import { thingAt, lineAt, hovering } from "./point.js";

const CHART_TOP = 70; // pixels for the headings of a chart
const CHART_FOOT = 130; // pixels below it, for the buttons that lie over the map
const NOTCH = 18; // pixels that a wheel which counts in lines means by one
const APART = 110; // pixels between two chosen things, at least
const HEAVY = 1500; // past so many edges they are drawn as plain lines, many in one stroke

/** Make the map inside `box`. `actions`: {choose(thing), pair(a, b), open(thing), clear()}. */
export function makeMap(box, model, options, actions) {
  const canvasBox = h("div", { class: "canvas" });
  box.append(canvasBox);
  const map = { model, shown: null, spots: new Map(), decor: { columns: [], rows: [] }, labels: new Labels(), colours: palette(), drawnLabels: [], canvasBox, state: null, key: "" };
  const net = new vis.Network(canvasBox, { nodes: [], edges: [] }, { ...options, autoResize: true });
  map.net = net;
  net.canvas.frame.tabIndex = -1;
  net.on("beforeDrawing", (context) => { drawBackdrop(context, map); drawLines(context, map); });
  net.on("afterDrawing", (context) => drawOver(context, map));
  const touched = (event) => [event.pointer.DOM.x, event.pointer.DOM.y, event.event.pointerType === "touch"];
  net.on("click", (event) => {
    const thing = thingAt(map, ...touched(event)), line = thing < 0 && lineAt(map, ...touched(event));
    if (thing >= 0) actions.choose(thing);
    else if (line) actions.pair(line.edge.a, line.edge.b);
    else actions.clear();
  });
  canvasBox.addEventListener("touchend", (event) => { // the click that a browser adds would hit what the tap has opened above
    if (event.cancelable) event.preventDefault();
  }, { passive: false });
  net.on("doubleClick", (event) => {
    const thing = thingAt(map, ...touched(event));
    if (thing >= 0) actions.open(thing);
  });
  net.on("dragging", (event) => {
    for (const n of event.nodes) {
      const { x, y } = net.getPosition(n);
      map.spots.set(n, [x, y]); // names and lines follow
    }
  });
  let rest = 0;
  const move = () => {
    map.moving = true;
    clearTimeout(rest);
    rest = setTimeout(() => { map.moving = false; if (map.lines) net.redraw(); }, 180);
  };
  for (const event of ["dragging", "zoom"]) net.on(event, move);
  for (const event of ["dragStart", "zoom"]) net.on(event, () => { map.keep = null; });
  canvasBox.addEventListener("wheel", (event) => {
    if (!isChart(map) || event.ctrlKey || event.metaKey) return; // a network, or a zoom
    event.preventDefault();
    event.stopPropagation();
    const unit = event.deltaMode === 1 ? NOTCH : event.deltaMode === 2 ? canvasBox.clientHeight : 1;
    scrollChart(map, event.shiftKey ? 0 : event.deltaY * unit);
  }, { capture: true, passive: false });
  hovering(map, box);
  return map;
}

/** Whether the map is a chart, read from its head on down. */
export function isChart(map) {
  return map.decor.right !== undefined;
}

/** Move a chart up by so many pixels, no further than its ends. */
export function scrollChart(map, by) {
  const { clientHeight: height } = map.net.canvas.frame, scale = map.net.getScale(), { x, y } = map.net.getViewPosition();
  const { top, bottom } = bounds(map.shown.nodes.map((n) => map.spots.get(n)));
  const first = top + (height / 2 - CHART_TOP) / scale, last = bottom - (height / 2 - CHART_FOOT) / scale;
  map.keep = null;
  map.net.moveTo({ position: { x, y: Math.max(first, Math.min(Math.max(first, last), y + by / scale)) }, scale, animation: false });
}

function drawOver(context, map) {
  if (!map.shown) return;
  const { net } = map;
  const width = net.canvas.frame.clientWidth, height = net.canvas.frame.clientHeight;
  const ratio = net.canvas.pixelRatio;
  const view = net.canvas.body.view; // {scale, translation}: one multiplication instead of a call per label
  const spot = (id) => {
    const s = map.spots.get(id);
    return s && { x: s[0] * view.scale + view.translation.x, y: s[1] * view.scale + view.translation.y };
  };
  map.drawnLabels = namesOnMap(map, { context, width, height, ratio, spot });
  drawHeadings(context, map, { width, height, ratio, view });
}

/** Draw the names on a canvas of this size, at the scale of the map; `spot(thing)` gives {x, y} in pixels. Returns what was drawn. */
export function namesOnMap(map, { context, width, height, ratio = 1, spot, most }) {
  const focus = new Set(map.state.view === "around" ? [map.shown.focus, ...map.chosen] : map.chosen);
  return map.labels.draw(context, { width, height, ratio, spot, colours: map.colours, focus, scale: map.net.canvas.body.view.scale,
    sideways: map.decor.sideways || 0, most });
}

/** Show `shown` at the places of `placed`. `chosen`: things to mark; `fill(thing)`: a colour, or undefined for that of its kind; `refit`: show all. */
export function drawMap(map, state, shown, placed, { chosen = [], pair = [], fill = () => undefined, names = [], refit = false } = {}) {
  const { model } = map;
  Object.assign(map, { state, shown, chosen, spots: placed.spots, decor: placed.decor, colours: palette(), weight: weights(shown) });
  map.fill = (n) => fill(n) || map.colours.kinds[model.kind[n]];
  const most = Math.max(1, ...map.weight.values());
  map.sizes = new Map(shown.nodes.map((n) => [n, sizeOf(map.weight.get(n), model.kind[n], most, placed.decor.small)]));
  const near = nearby(shown, chosen, pair);
  const faint = (n) => near !== null && !near.has(n);
  const touches = (edge) => (pair.length === 2 ? pair.includes(edge.a) && pair.includes(edge.b) : chosen.includes(edge.a) || chosen.includes(edge.b));
  const nodes = shown.nodes.map((n) => nodeStyle(model, state, n, map.weight.get(n), placed.spots.get(n), map.colours,
    { faint: faint(n), small: placed.decor.small, most, chosen: chosen.includes(n), own: map.fill(n) }));
  const told = (edge) => edge.type === placed.decor.told && !(near !== null && touches(edge)); // by places alone
  map.edges = shown.edges.map((kept, i) => !told(kept.edge) && edgeStyle(model, kept, i, map.colours,
    { faint: near !== null && !touches(kept.edge), strong: near !== null && touches(kept.edge), chart: placed.decor.quietEdges,
      quiet: near === null && quietness(state, shown, placed, kept) })).filter(Boolean);
  const position = map.net.getViewPosition(), scale = map.net.getScale();
  map.lines = map.edges.length > HEAVY ? linesOf(map.edges) : null;
  map.net.setData({ nodes, edges: map.lines ? [] : map.edges });
  map.net.unselectAll();
  labelMap(map, { near, faint, names, most });
  if (refit) fitMap(map, placed.fit, false);
  else map.net.moveTo({ position, scale, animation: false });
}

/** Names on the map: what is chosen and touched first, then by weight. The busiest and the heads of groups are bold. */
function labelMap(map, { near, faint, names, most }) {
  const { model, shown, decor, weight } = map;
  const leads = new Map(names.slice(0, 8).flatMap((g) => g.strongest.slice(0, 2).map((n) => [n, g.colour])));
  const bold = decor.sideways ? Infinity : Math.max(6, most * 0.45);
  map.labels.set(shown.nodes.map((n) => {
    const paper = n < model.papers;
    return { id: n, text: paper ? shorten(model.label[n], decor.sideways ? 70 : 34) : mapLabel(model, n), size: map.sizes.get(n), faint: faint(n),
      rank: (leads.has(n) ? 500 : 0) + (near !== null && near.has(n) ? 1e6 : 0) + weight.get(n) * (paper ? 1 : 1.6) + model.score[n] / 1e4,
      room: decor.rooms ? decor.rooms.get(n) : 0, lines: decor.tall && decor.tall.has(n) ? 2 : 1, colour: leads.get(n), strong: leads.has(n) || (weight.get(n) > bold && !paper), hub: leads.has(n) || weight.get(n) >= Math.max(3, most / 4) };
  }));
}

/** How faint an edge is where its ends say it already: in charts, and away from the middle of a neighbourhood. */
function quietness(state, shown, placed, { edge }) {
  if (placed.decor.quietEdges) return edge.type === CITES ? 0.5 : 0.08;
  return state.view === "around" && edge.a !== shown.focus && edge.b !== shown.focus ? 0.16 : 0;
}

/** The chosen things and what they touch, or null when nothing is chosen. */
function nearby(shown, chosen, pair) {
  if (!chosen.length || !chosen.some((n) => isShown(shown, n))) return null;
  const near = new Set(chosen);
  if (pair.length === 2) return near;
  for (const { edge } of shown.edges) {
    if (chosen.includes(edge.a)) near.add(edge.b);
    if (chosen.includes(edge.b)) near.add(edge.a);
  }
  return near;
}

function isShown(shown, thing) {
  return shown.nodes.includes(thing);
}

/** Bring everything (or, for tall charts, the full width) into view; it stays so until the user moves the map. */
export function fitMap(map, how = "all", move = true) {
  map.keep = () => fitMap(map, how, false);
  if (!map.shown.nodes.length) return;
  const box = bounds(map.shown.nodes.map((n) => map.spots.get(n)));
  const frame = map.net.canvas.frame;
  const width = frame.clientWidth, height = frame.clientHeight;
  if (!width || !height) return;
  const room = marginsOf(width);
  const wide = Math.max(1, box.right - box.left), high = Math.max(1, box.bottom - box.top);
  let scale = Math.min(Math.max(60, width - 2 * room.x) / wide, Math.max(60, height - 2 * room.y) / high, 1.5);
  let position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
  if (how === "width") { // a chart: from edge to edge, its head at the top
    scale = width / map.decor.right;
    position = { x: width / scale / 2, y: box.top + (height / 2 - CHART_TOP) / scale };
  }
  map.net.moveTo({ position, scale, animation: move && mayMove() ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
}

/** Bring two things of a network into view and apart, where they are not, so that their names stand beside each other. */
export function framePair(map, pair) {
  const [a, b] = pair.map((n) => map.spots.get(n)), { clientWidth: width, clientHeight: height } = map.net.canvas.frame;
  if (!a || !b || map.decor.columns.length || !width || !height) return;
  const wide = Math.abs(a[0] - b[0]), high = Math.abs(a[1] - b[1]), { scale: now, translation } = map.net.canvas.body.view;
  const inView = ([x, y]) => Math.abs(x * now + translation.x - width / 2) < width * 0.45 && Math.abs(y * now + translation.y - height / 2) < height * 0.45;
  const apartNow = inView(a) && inView(b) && Math.hypot(wide, high) * now > APART / 2;
  if (map.keep || !apartNow) map.keep = () => framePair(map, pair);
  if (apartNow) return;
  const apart = Math.max(map.net.getScale(), Math.min(3, APART / Math.max(1, Math.hypot(wide, high))));
  const scale = Math.min(apart, width * 0.6 / Math.max(1, wide), height * 0.6 / Math.max(1, high));
  map.net.moveTo({ position: { x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2 }, scale, animation: false });
}

/** Bring one thing into the middle. */
export function centreOn(map, thing) {
  const s = map.spots.get(thing);
  if (!s) return;
  map.keep = null;
  map.net.moveTo({ position: { x: s[0], y: s[1] }, scale: Math.max(map.net.getScale(), 0.8),
    animation: mayMove() ? { duration: 250, easingFunction: "easeInOutQuad" } : false });
}

/** The shown thing nearest to `from` in a direction ("left", "right", "up", "down"), or -1. */
export function neighbourTowards(map, from, direction) {
  const here = map.spots.get(from);
  if (!here) return map.shown.nodes.length ? [...map.shown.nodes].sort((a, b) => map.weight.get(b) - map.weight.get(a))[0] : -1;
  const [ux, uy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction];
  let best = -1, least = Infinity;
  for (const n of map.shown.nodes) {
    const s = map.spots.get(n);
    const dx = s[0] - here[0], dy = s[1] - here[1];
    const along = dx * ux + dy * uy, across = Math.abs(dx * uy) + Math.abs(dy * ux);
    if (n === from || along <= 1) continue;
    const price = along + 2.2 * across;
    if (price < least) { least = price; best = n; }
  }
  return best;
}

// The page: reads the data, keeps state and picture in step.

import { h, put } from "./dom.js";
import { readModel, findThing, isWhole } from "./model.js";
import { makeStore, formatHash, startOf, isNarrow, VIEWS } from "./state.js";
import { select } from "./select.js";
import { statusWords, emptyWords } from "./status.js";
import { place } from "./place.js";
import { makeMap, drawMap, fitMap, framePair, centreOn, neighbourTowards, isChart, scrollChart } from "./map.js";
import { makeSearch } from "./search.js";
import { makeSource } from "./source.js";
import { makeFilters, filtered } from "./filters.js";
import { showThing, showPair, thingLink, closeButton } from "./details.js";
import { showOverview, showPath, communitiesShown } from "./overview.js";
import { showList } from "./list.js";
import { showMatrix } from "./matrix.js";
import { scrollCue } from "./cue.js";
import { holdFocus } from "./focus.js";
import { makeViews, makeBar, makeTools } from "./toolbar.js";
import { ages } from "./ages.js";
import { palette, watchScheme } from "./theme.js";

const byId = (id) => document.getElementById(id);
const network = JSON.parse(byId("kgraph-network").textContent);
const model = readModel(JSON.parse(byId("kgraph-data").textContent), network);
const source = makeSource(model);

const panes = { map: h("div", { class: "pane map", role: "application", tabindex: 0 }), matrix: h("div", { class: "pane scroll", hidden: true }), list: h("div", { class: "pane scroll", hidden: true, id: "list" }) };
const empty = h("p", { class: "empty", hidden: true });
put(byId("panes"), Object.values(panes), empty);

let now = { shown: null, placed: null, layoutKey: "", room: 0, met: "" };
const CHARTS = new Set(["hardware", "papers"]); // laid out for the width they have
let pathStart = -1;
let overview = null; // the last state that showed more than a neighbourhood or a path

const actions = {
  go: (change, how) => store.go(change, how),
  choose(thing) {
    if (pathStart >= 0 && pathStart !== thing) {
      const path = [model.id[pathStart], model.id[thing]];
      endPath();
      store.go({ ...startOf("path"), path });
      return;
    }
    const id = model.id[thing];
    if (now.shown.nodes.includes(thing)) store.go({ node: id, pair: [] });
    else store.go({ ...startOf("around"), node: id, hidden: store.state.hidden, pinned: store.state.pinned });
  },
  find(thing) {
    const inside = now.shown.nodes.includes(thing);
    actions.choose(thing);
    if (inside && store.state.as === "map") centreOn(map, thing);
  },
  pair(a, b) { store.go({ pair: [model.id[a], model.id[b]], node: store.state.view === "around" ? store.state.node : "" }); },
  open(thing) { store.go({ ...startOf("around"), node: model.id[thing], hidden: store.state.hidden }); },
  /** Leave what is chosen; from a neighbourhood or path, for the overview that one came from. */
  leave() {
    const { state } = store, within = state.view === "around" || state.view === "path", sheet = document.body.classList.contains("sheet");
    if (!within || state.pair.length || (sheet && isNarrow())) actions.clear();
    else store.go(overview || { ...startOf("comparisons"), hidden: state.hidden, pinned: state.pinned });
  },
  clear() {
    endPath();
    if (store.state.pair.length) store.go({ pair: [] });
    else if (store.state.node && store.state.view !== "around") store.go({ node: "" });
    else document.body.classList.remove("sheet");
  },
  view(view) {
    const { hidden, pinned, from, to, sure, node } = store.state;
    store.go({ ...startOf(view), hidden, pinned, from, to, sure, node: view === "around" ? node || mostSaid() : "" });
  },
  toggle(which, value, on) {
    const set = new Set(store.state[which]);
    if (on) set.add(value); else set.delete(value);
    store.go({ [which]: set });
  },
  pin(thing) {
    const id = model.id[thing], { pinned } = store.state;
    store.go({ pinned: pinned.includes(id) ? pinned.filter((p) => p !== id) : [...pinned, id] });
  },
  hide(thing) {
    const id = model.id[thing], leave = store.state.view === "around" && findThing(model, store.state.node) === thing;
    store.go({ hidden: [...store.state.hidden, id], pinned: store.state.pinned.filter((p) => p !== id), node: leave ? store.state.node : "", pair: [],
      ...(leave ? { ...startOf("comparisons"), hidden: [...store.state.hidden, id] } : {}) });
  },
  unhide(id) { store.go({ hidden: store.state.hidden.filter((other) => other !== id) }); },
  reset() { store.go({ ...startOf(store.state.view), node: store.state.node, path: store.state.path }); },
  pathFrom(thing) {
    pathStart = thing;
    put(byId("path-asks"), h("span", {}, "Path from ", h("b", {}, model.label[thing]), ": choose the other end on the map or by search. "),
      h("button", { type: "button", class: "quiet", on: { click: endPath } }, "Cancel"));
    input.focus();
  },
  overview() { document.body.classList.add("sheet"); }, // on a narrow screen it lies below the map
  more() { store.go({ top: Math.min(2000, store.state.top * 2) }); },
  zoom(by) { map.keep = null; map.net.moveTo({ scale: map.net.getScale() * by, animation: false }); },
  fit() { fitMap(map, now.placed.fit); },
};

function endPath() {
  pathStart = -1;
  put(byId("path-asks"));
}

/** The thing with most to say, for a neighbourhood nobody chose. */
function mostSaid() {
  let best = model.papers < model.total ? model.papers : 0;
  for (let i = model.papers; i < model.total; i++) if (model.score[i] > model.score[best]) best = i;
  return model.total ? model.id[best] : "";
}

const matrixCue = scrollCue(panes.matrix);
const store = makeStore(render);
byId("bar").after(h("p", { id: "told", class: "unseen", role: "status" }), h("p", { id: "asking", class: "path-asks", role: "status" }), h("p", { id: "path-asks", class: "path-asks", role: "status" }));
const input = makeSearch(byId("search"), model, { label: "Find a paper, system, hardware, model or dataset", placeholder: "Find vLLM, A100, a paper… ( / )", find: source.search, onChoose: (thing) => actions.find(thing) });
const filters = makeFilters(byId("filters"), model, actions);
const showViews = makeViews(byId("views"), actions);
const bar = makeBar(byId("bar"), actions);
const map = makeMap(panes.map, model, network.options, actions);
panes.map.append(bar.zoom);
makeTools(byId("tools"), () => ({ model, map, shown: now.shown }), onMap, () => render(store.state), model.served);
watchScheme(() => render(store.state));
keys();
render(store.state);
new ResizeObserver(() => { // charts are laid out for their room; the map itself keeps what it shows in view
  if (!panes.map.clientWidth) return;
  if (CHARTS.has(store.state.view) && now.room !== panes.map.clientWidth) render(store.state);
  if (map.keep) map.keep();
}).observe(panes.map);
byId("skip").addEventListener("click", (event) => { event.preventDefault(); store.go({ as: "list" }); panes.list.tabIndex = -1; panes.list.focus(); });
document.documentElement.dataset.ready = "1";

/** A promise that is kept once the map is seen: a picture is taken of what is drawn. */
function onMap() {
  if (store.state.as === "map") return Promise.resolve();
  store.go({ as: "map" });
  return new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
}

/** Ask for what a state needs and the page does not have, then show it. */
function ask(state, needs) {
  if (!needs.length) { put(byId("asking")); return; }
  document.documentElement.dataset.asking = "1";
  source.ask(needs).then(() => {
    delete document.documentElement.dataset.asking;
    put(byId("asking"));
    render(store.state);
  }, (error) => {
    delete document.documentElement.dataset.asking;
    put(byId("asking"), `The server can't be asked: ${error.message}. `,
      h("button", { type: "button", class: "quiet", on: { click: () => render(store.state) } }, "Try again"));
  });
}

function render(state) {
  if (!map) return;
  const needs = source.missing(state), backToFocus = holdFocus([panes.matrix, panes.list, byId("details")], byId("details"));
  if (state.view !== "around" && state.view !== "path") overview = state;
  const shown = select(model, state);
  const key = [state.view, state.view === "around" ? state.node + state.steps : "", state.path.join()].join("|");
  const room = { width: byId("panes").clientWidth || 800, height: byId("panes").clientHeight || 600 };
  const layoutKey = [shown.nodes.join(), shown.edges.length, key, [...state.types].join(), CHARTS.has(state.view) ? room.width : 0].join("|");
  const placed = layoutKey === now.layoutKey ? now.placed : place(model, state, shown, room);
  const refit = layoutKey !== now.layoutKey;
  const met = state.pair.join(), meets = met !== now.met && state.pair.length === 2, parts = now.met && !met;
  now = { shown, placed, layoutKey, room: room.width, met };
  const context = { model, state, actions, href: (change) => "#" + formatHash({ ...state, ...change }) };
  const node = findThing(model, state.node);
  const pair = state.pair.map((id) => findThing(model, id)).filter((n) => n >= 0);
  document.body.classList.toggle("grouped", state.view === "together");
  const nothing = !shown.nodes.length;
  for (const [name, pane] of Object.entries(panes)) pane.hidden = name !== state.as || (nothing && name !== "map");
  empty.hidden = !nothing;
  if (nothing) put(empty, emptyWords(model, state, node >= 0), " ", filtered(state) ? h("button", { type: "button", class: "quiet", on: { click: () => actions.reset() } }, "Reset filters") : null);
  const chosen = pair.length === 2 ? pair : node >= 0 && state.view !== "around" ? [node] : [];
  let fill, names = [], spans = null;
  const colours = palette();
  if (state.view === "together") {
    const found = communitiesShown(model, shown, colours);
    names = found.names;
    fill = (n) => colours.groups[found.groups.get(n)];
  } else if (state.colour === "year") {
    const found = ages(model, shown.nodes, colours.ages);
    spans = found.spans;
    fill = found.of;
  }
  document.body.classList.toggle("aged", spans !== null);
  if (state.as === "map") {
    drawMap(map, state, shown, placed, { chosen, pair, fill, names, refit });
  } else if (state.as === "list") showList(panes.list, context, shown);
  else {
    showMatrix(panes.matrix, context, shown);
    matrixCue();
  }
  panel(context, shown, node, pair, names);
  if (state.as === "map" && meets) framePair(map, pair);
  else if (state.as === "map" && parts && map.keep) fitMap(map, placed.fit);
  filters.update(state, shown, spans);
  showViews(state);
  const said = statusWords(model, state, shown, node >= 0);
  bar.update(state, said, shown.nodes.length < shown.total.nodes && state.top < 2000);
  panes.map.setAttribute("aria-label", `Map. ${said} Arrow keys move between things, plus and minus zoom; the list holds the same as a table.`);
  const named = node >= 0 ? model.label[node] : VIEWS[state.view].name;
  document.title = `${named} · kgraph`;
  backToFocus();
  tell(node, pair);
  ask(state, needs);
}

/** Say what was chosen, to those who don't see the panel change. */
function tell(node, pair) {
  const heading = byId("details").querySelector("h2"), tallies = byId("details").querySelector(".tallies, .section .tally");
  const words = node >= 0 || pair.length === 2 ? [heading, tallies].filter(Boolean).map((e) => e.textContent).join(": ") : "";
  if (byId("told").textContent !== words) byId("told").textContent = words;
}

function panel(context, shown, node, pair, names) {
  const box = byId("details");
  document.body.classList.toggle("sheet", pair.length === 2 || context.state.node !== "" || context.state.view === "path");
  const waiting = [...pair, ...(node >= 0 && pair.length < 2 ? [node] : [])].some((n) => !isWhole(model, n));
  if (waiting || source.missing(context.state).length) put(box, h("div", { class: "details-head" }, h("h2", {}, node >= 0 ? model.label[node] : "Details")), h("p", { class: "facts" }, "Asking the server…"));
  else if (pair.length === 2) showPair(box, context, ...pair);
  else if (context.state.view === "path" && node < 0) showPath(box, context, shown, context.state.path.map((id) => findThing(model, id)));
  else if (node >= 0) showThing(box, context, node);
  else if (context.state.node) unknown(box, context);
  else showOverview(box, context, shown, names);
}

/** Say that a link names nothing, and what it may have meant. */
async function unknown(box, context) {
  const name = context.state.node, near = h("ul", { class: "plain-list" });
  put(box, h("div", { class: "details-head" }, closeButton(context), h("h2", {}, "Nothing of that name")), h("p", { class: "facts" }, `“${name}” is not in this graph.`), near);
  try {
    const { matches } = await source.search(name);
    if (matches.length) put(near, h("li", { class: "facts" }, "Nearest names:"), matches.map((match) => h("li", {}, thingLink(context, match.thing))));
  } catch { /* a server that is gone is told of elsewhere */ }
}

function keys() {
  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (event.key === "/" && !typing) { event.preventDefault(); input.focus(); }
    else if (event.key === "Escape" && !typing) actions.leave();
  });
  panes.map.addEventListener("keydown", (event) => {
    if (event.target !== panes.map) return;
    const direction = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (direction) {
      event.preventDefault();
      const next = neighbourTowards(map, findThing(model, store.state.node), direction);
      if (next >= 0) { store.go({ node: model.id[next], pair: [] }, { quiet: true }); centreOn(map, next); }
    } else if (event.key === "+" || event.key === "=") actions.zoom(1.3);
    else if (event.key === "-") actions.zoom(1 / 1.3);
    else if (event.key === "0") actions.fit();
    else if (isChart(map) && (event.key === "PageDown" || event.key === "PageUp")) {
      event.preventDefault();
      scrollChart(map, (event.key === "PageDown" ? 0.8 : -0.8) * panes.map.clientHeight);
    }
    else if (event.key === "Enter" && store.state.node) actions.open(findThing(model, store.state.node));
  });
}

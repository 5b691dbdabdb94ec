// What the page shows, as a value that lives in the URL: every state is a link, back and forward work.

import { KINDS, TYPES, COMPARES, RUNS, BUILDS, INTRODUCES, MENTIONS, TOGETHER, CITES } from "./model.js";

/** The ways of seeing: which kinds and relations each starts with, and how many things. */
export const VIEWS = {
  comparisons: { name: "Comparisons", kinds: [1, 2, 3, 4], types: [COMPARES], top: 140 },
  hardware: { name: "Hardware", kinds: [0, 1, 2, 3], types: [RUNS], top: 250 },
  together: { name: "Co-mentions", kinds: [1, 2, 3, 4], types: [TOGETHER], top: 220 },
  papers: { name: "Papers", kinds: [0, 1, 3, 4], types: [INTRODUCES, CITES, BUILDS], top: 160 },
  around: { name: "Around one", kinds: [0, 1, 2, 3, 4], types: [COMPARES, RUNS, BUILDS, INTRODUCES, MENTIONS, CITES], top: 120 },
  path: { name: "Path", kinds: [0, 1, 2, 3, 4], types: [COMPARES, RUNS, BUILDS, INTRODUCES, MENTIONS, TOGETHER, CITES], top: 100 },
};

/** Whether the page is as narrow as on a phone. */
export function isNarrow() {
  return matchMedia("(max-width: 760px)").matches;
}

/** The state a view starts with. */
export function startOf(view) {
  const preset = VIEWS[view], narrow = isNarrow(); // a phone shows fewer things
  return { view, node: "", pair: [], kinds: new Set(preset.kinds), types: new Set(preset.types), from: 0, to: 0,
    top: narrow ? Math.round(preset.top * 0.045) * 10 : preset.top, min: 1, sure: 0, chance: -1, steps: 1, hidden: [], pinned: [], path: [], as: "map" };
}

const LISTS = { pair: "~", hidden: "~", pinned: "~", path: "~" };

/** Read a state from the part of the URL after "#". Unknown words are ignored. */
export function parseHash(hash) {
  const params = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) params.set(part.slice(0, at), decode(part.slice(at + 1)));
  }
  const named = params.get("n") || "";
  const wanted = params.get("view");
  const state = startOf(Object.hasOwn(VIEWS, wanted || "") ? wanted : named ? "around" : "comparisons");
  state.node = named;
  for (const [key, gap] of Object.entries(LISTS)) {
    if (params.has(key)) state[key] = params.get(key).split(gap).map(decode).filter(Boolean);
  }
  if (params.has("kinds")) state.kinds = new Set(words(params.get("kinds"), KINDS));
  if (params.has("links")) state.types = new Set(words(params.get("links"), TYPES));
  const years = /^(\d{1,4})?-(\d{1,4})?$/.exec(params.get("years") || "");
  if (years) { state.from = Number(years[1] || 0); state.to = Number(years[2] || 0); }
  for (const key of ["top", "min", "sure", "chance", "steps"]) {
    const value = Number(params.get(key));
    if (params.has(key) && Number.isFinite(value) && value >= 0) state[key] = value;
  }
  state.steps = Math.min(2, Math.max(1, Math.round(state.steps)));
  if (["map", "matrix", "list"].includes(params.get("as"))) state.as = params.get("as");
  state.colour = params.get("colour") === "year" ? "year" : "kind"; // stays, whatever is looked at
  return state;
}

/** Write a state as the part of the URL after "#", leaving out what the view starts with. */
export function formatHash(state) {
  const start = startOf(state.view), parts = [];
  const add = (key, value) => parts.push(key + "=" + encode(value));
  if (state.node) add("n", state.node);
  if (state.view !== (state.node ? "around" : "comparisons")) add("view", state.view);
  for (const [key, gap] of Object.entries(LISTS)) {
    if (state[key].length) parts.push(key + "=" + state[key].map((v) => encode(encode(v))).join(gap));
  }
  if (!same(state.kinds, start.kinds)) add("kinds", [...state.kinds].sort().map((k) => KINDS[k]).join(","));
  if (!same(state.types, start.types)) add("links", [...state.types].sort().map((t) => TYPES[t]).join(","));
  if (state.from || state.to) add("years", (state.from || "") + "-" + (state.to || ""));
  for (const key of ["top", "min", "sure", "chance", "steps"]) if (state[key] !== start[key]) add(key, String(state[key]));
  if (state.as !== "map") add("as", state.as);
  if (state.colour === "year") add("colour", "year");
  return parts.join("&");
}

function words(text, all) {
  return text.split(",").map((w) => all.indexOf(w)).filter((i) => i >= 0);
}

function same(a, b) {
  return a.size === b.size && [...a].every((x) => b.has(x));
}

function encode(text) {
  return encodeURIComponent(text.toWellFormed ? text.toWellFormed() : text).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/~/g, "%7E");
}

function decode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/** Keeps the state and the URL in step. `onChange(state)` runs after every change, whoever made it. */
export function makeStore(onChange) {
  const store = { state: parseHash(location.hash) };
  store.go = (change, { quiet = false } = {}) => {
    store.state = { ...store.state, ...change };
    const hash = "#" + formatHash(store.state);
    if (hash !== (location.hash || "#")) {
      try {
        if (quiet) history.replaceState(null, "", hash);
        else history.pushState(null, "", hash);
      } catch {
        // a frame without an address of its own: the state lives in the page only
      }
    }
    onChange(store.state);
  };
  const follow = () => {
    store.state = parseHash(location.hash);
    onChange(store.state);
  };
  window.addEventListener("popstate", follow);
  return store;
}

/** The question for the path of a state, which is also what its answer is kept under; empty where there is none. */
export function trailOf(state) {
  if (state.view !== "path" || state.path.length !== 2) return "";
  const question = new URLSearchParams({ from: state.path[0], to: state.path[1], kinds: [...state.kinds].sort().join(""), types: [...state.types].sort().join("") });
  for (const [key, value] of [["since", state.from], ["until", state.to], ["sure", state.sure], ["least", state.min > 1 ? state.min : 0]]) if (value) question.set(key, value);
  for (const id of state.hidden) question.append("hide", id);
  return question.toString();
}

// Colours, shapes and line patterns. The hues are those of Okabe and Ito (2008), told apart by all common kinds of
// colour vision; shape and pattern say the same again.

import { KINDS, COMPARES, RUNS, BUILDS, INTRODUCES, MENTIONS, TOGETHER, CITES } from "./model.js";

export const SHAPES = ["dot", "dot", "square", "triangle", "diamond"];
export const DASHES = { [COMPARES]: false, [RUNS]: [7, 5], [BUILDS]: [2, 4], [INTRODUCES]: [10, 3, 2, 3], [MENTIONS]: [1, 3],
  [TOGETHER]: false, [CITES]: [4, 2] };
const TYPE_KEYS = { [COMPARES]: "better", [RUNS]: "runs", [BUILDS]: "builds", [INTRODUCES]: "introduces",
  [MENTIONS]: "mentions", [TOGETHER]: "together", [CITES]: "cites" };

/** The colours in force, read from the style sheet, so that light and dark are decided in one place. */
export function palette() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue("--" + name).trim();
  return {
    kinds: KINDS.map((k) => get(k)), surface: get("surface"), text: get("text"), muted: get("muted"), line: get("line"),
    accent: get("accent"), band: get("band"),
    types: Object.fromEntries(Object.entries(TYPE_KEYS).map(([t, key]) => [t, get(key)])),
    polarity: { better: get("better"), worse: get("better"), similar: get("similar"), open: get("similar"), disputed: get("disputed") },
    ages: [0, 1, 2, 3, 4, 5].map((i) => get("age-" + i)),
    groups: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => get("group-" + i)),
  };
}

/** A function that runs `listener` when the system's light or dark setting changes. */
export function watchScheme(listener) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

/** Whether things may move on their own. */
export function mayMove() {
  return !matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Step through the themes: as the system says, light, dark. */
export function nextTheme() {
  const root = document.documentElement;
  const dark = getComputedStyle(root).getPropertyValue("--is-dark").trim() === "1";
  root.dataset.theme = dark ? "light" : "dark";
  return root.dataset.theme;
}

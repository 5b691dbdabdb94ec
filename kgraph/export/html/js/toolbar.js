// The controls above the map: ways of seeing, map or matrix or list, saving, theme.

import { h, put } from "./dom.js";
import { COMPARES } from "./model.js";
import { copy, makeNote } from "./copy.js";
import { VIEWS } from "./state.js";
import { scrollCue } from "./cue.js";
import { nextTheme } from "./theme.js";
import { save, savePng, mapSvg, nodesCsv, edgesCsv, bibtex, matrixCsv, matrixMarkdown, matrixLatex } from "./takeaway.js";

const PANES = [["map", "Map"], ["matrix", "Matrix"], ["list", "List"]];

/** The tabs of the views; returns update(state). */
export function makeViews(box, actions) {
  const links = Object.entries(VIEWS).filter(([key]) => key !== "path").map(([key, view]) => [key, h("a", { href: "#view=" + key, class: "view", on: {
    click: (event) => { event.preventDefault(); actions.view(key); } } }, view.name)]);
  put(box, links.map((l) => l[1]));
  scrollCue(box);
  return (state) => links.forEach(([key, link]) => {
    if (key === state.view) {
      link.setAttribute("aria-current", "page");
      const left = link.offsetLeft - box.offsetLeft; // clear of the fading edges
      box.scrollLeft = Math.min(Math.max(0, left - 44), Math.max(0, left + link.offsetWidth + 44 - box.clientWidth));
    } else link.removeAttribute("aria-current");
  });
}

/** Map, matrix or list; the sentence that says what is shown; zoom. Returns update(state, words). */
export function makeBar(box, actions) {
  const buttons = PANES.map(([key, name]) => [key, h("button", { type: "button", class: "as", on: { click: () => actions.go({ as: key }) } }, name)]);
  const words = h("p", { class: "shown", role: "status" });
  const more = h("button", { type: "button", class: "quiet", on: { click: () => actions.more() } }, "Show more");
  const zoom = h("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
    [["+", "Zoom in", () => actions.zoom(1.3)], ["−", "Zoom out", () => actions.zoom(1 / 1.3)], ["⤢", "Show everything", () => actions.fit()]]
      .map(([sign, name, go]) => h("button", { type: "button", "aria-label": name, title: name, on: { click: go } }, sign)));
  put(box, h("div", { class: "as-group", role: "group", "aria-label": "Shown as" }, buttons.map((b) => b[1])), words, more,
    h("button", { type: "button", class: "quiet open-overview", on: { click: () => actions.overview() } }, "Overview"));
  return { zoom, update(state, said, canGrow) {
    for (const [key, button] of buttons) {
      button.setAttribute("aria-pressed", String(state.as === key));
      button.hidden = key === "matrix" && state.view !== "comparisons" && state.view !== "around";
    }
    words.textContent = said;
    more.hidden = !canGrow;
  } };
}

/** Saving and theme. `now()` gives {model, map, shown}; `onMap()` a promise that is kept once the map is drawn; a server also has a page for queries. */
export function makeTools(box, now, onMap, redraw, served) {
  const menu = h("details", { class: "menu" }, h("summary", {}, "Save"));
  const item = (name, go) => h("button", { type: "button", on: { click: () => { menu.open = false; go(now()); } } }, name);
  const tables = [
    item("Matrix as CSV", ({ model, shown }) => save("matrix.csv", matrixCsv(model, shown), "text/csv")),
    item("Comparisons as Markdown table", ({ model, shown }) => save("matrix.md", matrixMarkdown(model, shown), "text/markdown")),
    item("Comparisons as LaTeX table", ({ model, shown }) => save("matrix.tex", matrixLatex(model, shown), "application/x-tex")),
  ];
  menu.addEventListener("toggle", () => { // nothing to put in these without comparisons
    for (const button of tables) button.hidden = !now().shown.edges.some((k) => k.edge.type === COMPARES);
  });
  menu.append(h("div", { class: "menu-list" },
    item("Map as PNG", ({ map }) => onMap().then(() => savePng(map, "kgraph.png"))),
    item("Map as SVG", ({ map }) => onMap().then(() => save("kgraph.svg", mapSvg(map), "image/svg+xml"))),
    item("Things shown as CSV", ({ model, shown }) => save("things.csv", nodesCsv(model, shown), "text/csv")),
    item("Relations shown as CSV", ({ model, shown }) => save("relations.csv", edgesCsv(model, shown), "text/csv")),
    item("Papers shown as BibTeX", ({ model, shown }) => save("papers.bib", bibtex(model, shown), "application/x-bibtex")),
    ...tables,
    item("Copy link to this view", () => copy(location.href, "Link copied", "the link is in the address bar"))));
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { event.stopPropagation(); menu.open = false; menu.firstChild.focus(); }
  });
  document.addEventListener("pointerdown", (event) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
  const theme = h("button", { type: "button", class: "icon", "aria-label": "Light or dark", title: "Light or dark", on: { click: () => { nextTheme(); redraw(); } } }, "◐");
  put(box, served ? h("a", { href: "query", class: "to-query" }, "Query") : null, menu, theme, makeNote());
}

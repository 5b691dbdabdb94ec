// The panel when nothing is chosen: what the view shows, how to read it, where to begin; and the panel of a path.

import { h, put, count, shorten } from "./dom.js";
import { CLAIM_TYPES, TYPE_NAMES, COMPARES, RUNS, fullLabel, verdict } from "./model.js";
import { thingLink, claimItems, pairSentences, closeButton } from "./details.js";
import { paperLine } from "./sentence.js";
import { families, claimYears, MOST_COLUMNS } from "./place-hardware.js";
import { matrixTable } from "./matrix.js";
import { scrollCue } from "./cue.js";
import { sortable } from "./sortable.js";
import { yearSpans, spanName } from "./years.js";

const STEP_WORDS = ["is compared with", "runs on", "builds on", "introduces", "mentions", "is named together with", "cites"];

const READING = {
  comparisons: ["Who is compared with whom", "A line stands for all claims that compare two things; its arrow runs from the winner to the loser, as the papers tell it; the wider, the more claims. Dashed: on par, or no winner named. Red: claims differ."],
  hardware: ["What ran on which hardware, and when", "Hardware stands at the left, under its family; what papers ran on it follows by the year of the paper. What ran on several stands beside the busiest; lines to all of it show once you choose it."],
  together: ["What is named together", "A line joins two things that papers name together more often than chance explains. Colours are communities, named by their strongest members (the smaller ones are grey); shapes are kinds."],
  papers: ["Papers over time", "Papers by date, the systems, models and datasets they introduce beside them. Turn on “Mentions” to see what else they name."],
  around: ["Everything around one thing", "The thing in the middle, all it is linked to around it."],
  path: ["How two things are linked", "The shortest chain of statements between two things, each step with its sentences."],
};

/** Fill the panel with an overview of the view. */
export function showOverview(panel, context, shown, groupNames) {
  const { model, state } = context;
  const [title, how] = READING[state.view];
  put(panel,
    h("div", { class: "details-head overview" }, h("p", { class: "kind" }, `${count(model.papers, "paper")} and the ${(model.total - model.papers).toLocaleString("en")} things that they name`), closeButton(context), h("h2", {}, title)),
    h("p", { class: "facts" }, how),
    h("p", { class: "facts" }, "Choose a thing on the map, in the list or by search to read every sentence about it."),
    state.view === "comparisons" ? [miniMatrix(context, shown), leaders(context, shown)] : null,
    state.view === "hardware" ? hardwareTable(context, shown) : null,
    state.view === "together" ? communityList(context, groupNames) : null,
    state.view === "papers" ? strongestList(context, shown.nodes) : null,
    state.view === "around" ? strongestList(context, [...model.drawn].filter((n) => n >= model.papers)) : null,
    about(model));
}

/** The head of the matrix, beside the map. */
function miniMatrix(context, shown) {
  const table = matrixTable(context, shown, { rows: 9, columns: 4, letters: 13, caption: "Who beats whom, by how much" });
  if (!table) return null;
  const wide = h("div", { class: "mini-matrix-scroll" }, table);
  scrollCue(wide);
  return h("div", { class: "mini-matrix" }, wide,
    h("button", { type: "button", class: "quiet", on: { click: () => context.actions.go({ as: "matrix" }) } }, "Whole matrix"));
}

function leaders(context, shown) {
  const { model } = context, score = new Map();
  for (const k of shown.edges) {
    if (k.edge.type !== COMPARES) continue;
    for (const i of k.claims) {
      const seen = verdict(model.claims[i]);
      for (const end of [k.edge.a, k.edge.b]) {
        if (!score.has(end)) score.set(end, { n: 0, won: 0, lost: 0 });
        const s = score.get(end);
        s.n += 1;
        if (seen) s[seen.winner === end ? "won" : "lost"] += 1;
      }
    }
  }
  const rows = [...score].sort((a, b) => b[1].n - a[1].n || model.score[b[0]] - model.score[a[0]] || a[0] - b[0]).slice(0, 15);
  return sortable(h("table", { class: "mini" }, h("caption", {}, "Most compared"),
    h("thead", {}, h("tr", {}, ["Name", "Claims", "Won", "Lost"].map((w) => h("th", { scope: "col" }, w)))),
    h("tbody", {}, rows.map(([thing, s]) => h("tr", {}, h("th", { scope: "row" }, thingLink(context, thing)),
      [s.n, s.won, s.lost].map((n) => h("td", {}, String(n))))))), "compared");
}

function hardwareTable(context, shown) {
  const { model } = context;
  const cells = new Map();
  for (const k of shown.edges) {
    if (k.edge.type !== RUNS) continue;
    for (const i of k.claims) {
      const year = model.paper.year[model.claims[i].paper] || 0;
      if (!cells.has(k.edge.b)) cells.set(k.edge.b, []);
      cells.get(k.edge.b).push(year);
    }
  }
  const columns = yearSpans(claimYears(model, shown), MOST_COLUMNS);
  const all = families(model, shown).flatMap((g) => g.rows).filter((r) => r.n).sort((a, b) => b.n - a.n || a.thing - b.thing);
  const rows = all.slice(0, 20);
  const within = (thing, { first, last }) => (cells.get(thing) || []).filter((y) => y >= first && y <= last).length;
  const table = sortable(h("table", { class: "mini spans" }, h("caption", {}, `Claims of running on, by year${rows.length < all.length ? `: the ${rows.length} busiest of ${all.length}` : ""}`),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Hardware"),
      columns.map((span) => h("th", { scope: "col", title: spanName(span) }, span.first ? spanName(span).replace(/–\d\d/, "–\u200b") : "?")))),
    h("tbody", {}, rows.map(({ thing }) => h("tr", {}, h("th", { scope: "row" }, thingLink(context, thing)),
      columns.map((span) => h("td", {}, String(within(thing, span) || ""))))))), "hardware");
  const wide = h("div", { class: "mini-scroll" }, table);
  scrollCue(wide);
  return wide;
}

function communityList(context, groupNames) {
  return h("div", {}, h("h3", { class: "plain" }, "Communities"), h("ol", { class: "communities" }, groupNames.map((g) => h("li", {},
    h("span", { class: "swatch group", style: { "--own": g.colour }, "aria-hidden": "true" }),
    g.strongest.map((thing, i) => [i ? ", " : "", thingLink(context, thing)]), g.size > g.strongest.length ? ` and ${g.size - g.strongest.length} more shown` : ""))));
}

function strongestList(context, things) {
  const { model } = context;
  const rows = [...things].sort((a, b) => model.score[b] - model.score[a] || a - b).slice(0, 12);
  return rows.length ? h("div", {}, h("h3", { class: "plain" }, "Most said about"), h("ul", { class: "plain-list" }, rows.map((n) => h("li", {}, thingLink(context, n, shorten(fullLabel(model, n), 110)))))) : null;
}

function about(model) {
  const claims = model.about.said.slice(0, CLAIM_TYPES);
  const skipped = model.about.sources.reduce((sum, s) => sum + s[2], 0);
  return h("details", { class: "section" }, h("summary", {}, h("h3", {}, "About this graph")),
    h("p", { class: "facts" }, `${count(model.papers, "paper")}, ${count(model.total - model.papers, "thing named", "things named")}, ${count(claims.reduce((sum, n) => sum + n, 0), "claim")} (${claims.map((n, t) => `${n.toLocaleString("en")} “${TYPE_NAMES[t]}”`).join(", ")}), each with its sentence. Made by kgraph ${model.about.version} from ${count(model.about.sources.length, "source")}${skipped ? `; ${count(skipped, "record")} could not be read` : ""}.`),
    model.of ? h("p", { class: "facts" }, `This page carries the ${count(model.papers, "paper")} with most to say of ${model.of.papers.toLocaleString("en")}, and ${count(model.claims.length, "claim")} of ${model.of.claims.toLocaleString("en")}; its counts are of these. “kgraph serve” shows the whole graph, and the tables and RDF hold it.`) : null,
    model.about.undrawn ? h("p", { class: "facts" }, `${count(model.about.undrawn, "thing has", "things have")} no place on the overview maps, being named least; search finds them and their neighbourhoods can be opened.`) : null,
    model.about.weak_comentions ? h("p", { class: "facts" }, `${count(model.about.weak_comentions, "weak co-mention is", "weak co-mentions are")} not drawn; the details of each thing list them.`) : null,
    h("p", { class: "facts" }, "Keys: / finds; on the map, arrows walk, Enter opens a neighbourhood, + − 0 zoom; Esc leads back. Every state of this page is a link."),
    model.about.notes.map((note) => h("p", { class: "facts" }, note)));
}

/** Fill the panel with the steps of a path and their sentences. */
export function showPath(panel, context, shown, ends) {
  const { model, state } = context;
  const steps = shown.edges;
  const title = ends.every((e) => e >= 0) ? [thingLink(context, ends[0]), " to ", thingLink(context, ends[1])] : "Path";
  put(panel,
    h("div", { class: "details-head" }, h("p", { class: "kind" }, "Shortest path"),
      closeButton(context),
      h("h2", {}, title)),
    steps.length ? h("p", { class: "facts" }, `${count(steps.length, "step")}. Claims count as shorter than being named together.`)
      : h("p", { class: "facts" }, state.path.length === 2 ? "No chain of statements that passes the filters links them." : "Choose both ends."),
    h("ol", { class: "claims steps" }, steps.map((k) => h("li", { class: "claim-group" },
      k.claims.length ? null : h("p", { class: "claim-head" }, thingLink(context, k.edge.a), ` ${STEP_WORDS[k.edge.type]} `, thingLink(context, k.edge.b)),
      k.claims.length ? h("ul", { class: "claims" }, claimItems(context, k.claims.slice(0, 8).map((i) => model.claims[i])))
        : stepSentences(context, k.edge)))));
}

function stepSentences(context, edge) {
  const { model } = context;
  if (edge.b < model.papers) {
    const found = model.citations.find((c) => c[0] === edge.a && c[1] === edge.b);
    return (found ? found[2] : []).map((text) => h("p", {}, h("q", { class: "sentence" }, text)));
  }
  const papers = edge.a < model.papers ? [edge.a] : model.papersOf[edge.a].filter((p) => model.papersOf[edge.b].includes(p));
  return papers.slice(0, 3).map((p) => [pairSentences(model, p, edge.a, edge.b).map((q) => h("p", {}, q)),
    h("p", { class: "source" }, paperLine(model, p, (x) => thingLink(context, x, model.label[x])))]);
}

/** The communities of the shown things: [{members, strongest, colour, group, size}], and thing → group. */
export function communitiesShown(model, shown, colours) {
  const groups = new Map(), names = [];
  const present = new Set(shown.nodes);
  model.communities.forEach((members) => {
    const here = members.filter((n) => present.has(n)).sort((a, b) => model.score[b] - model.score[a] || a - b);
    if (here.length < 3) return;
    const group = names.length < 7 ? names.length : 7;
    for (const n of here) groups.set(n, group);
    if (names.length < 12) names.push({ members: here, strongest: here.slice(0, 3), size: here.length, group, colour: colours.groups[group] });
  });
  for (const n of shown.nodes) if (!groups.has(n)) groups.set(n, 7);
  return { groups, names };
}

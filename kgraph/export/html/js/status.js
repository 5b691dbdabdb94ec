// What is shown and what is not, in words. A claim is what one paper states of two things; a line on the map stands
// for all claims of one kind between two things (or for all mentions, or for all papers that name both).

import { count } from "./dom.js";
import { CLAIM_TYPES, TOGETHER, TYPE_NAMES, KIND_NAMES, UNITS, occurs } from "./model.js";
import { claimsBehind } from "./select.js";

/** "117 claims, drawn as 108 lines": what the number beside a relation counts. */
export function tallyWords(type, edges) {
  const lines = count(edges.length, "line");
  return type < CLAIM_TYPES ? `${count(claimsBehind(edges), "claim")}, drawn as ${lines}` : `${lines}, each for one ${UNITS[type]} or more`;
}

/** What is shown, of how much, and what keeps the rest from being shown. */
export function statusWords(model, state, shown, found) {
  if (state.view === "around" && !found) return "Choose a thing to see what is around it.";
  return [shownWords(model, state, shown), ...leftOut(model, state, shown)].join(" ");
}

/** Why nothing is shown. */
export function emptyWords(model, state, found) {
  if (state.view === "around" && !found) return state.node ? "Nothing of that name." : "Choose a thing by search to see what is around it.";
  if (state.view === "path") return "No path to show.";
  if (!state.kinds.size) return "All kinds are turned off.";
  if (!state.types.size) return "All relations are turned off.";
  return "Nothing passes the filters.";
}

function shownWords(model, state, { nodes, edges, total }) {
  const part = nodes.length < total.nodes;
  const things = part ? `the ${nodes.length.toLocaleString("en")} strongest of ${count(total.nodes, "thing")}` : count(nodes.length, "thing");
  const lines = part ? `${edges.length.toLocaleString("en")} of ${count(total.lines, "line")}` : count(edges.length, "line");
  const types = [...state.types].filter((t) => t < CLAIM_TYPES && occurs(model, t));
  if (!types.length || !edges.length) return `Showing ${things} and ${lines}.`;
  const claims = claimsBehind(edges), all = types.reduce((sum, t) => sum + model.about.said[t], 0);
  const whole = state.view !== "around" && state.view !== "path" && claims < all;
  return `Showing ${things} and ${lines}, which stand for ${whole ? `${claims.toLocaleString("en")} of ${count(all, "claim")}` : count(claims, "claim")}.`;
}

function leftOut(model, state, shown) {
  const words = [], { about } = model;
  const kinds = KIND_NAMES.filter((_, k) => !state.kinds.has(k)).map((k) => k.toLowerCase());
  const types = TYPE_NAMES.filter((_, t) => !state.types.has(t) && occurs(model, t)).map((t) => `“${t}”`);
  const off = [...kinds, ...(types.length > 3 ? [`${types.length} ${state.types.size ? "other " : ""}relations`] : types)];
  if (off.length) words.push(`Turned off: ${off.join(", ")}.`);
  if (state.from || state.to) {
    const from = state.from || model.years[0], to = state.to || model.years[1];
    words.push(from === to ? `Year ${from}.` : `Years ${from}–${to}.`);
  }
  if (state.view === "together" && state.types.has(TOGETHER) && shown.total.lines < about.comentions) words.push(`The rest of ${count(about.comentions, "co-mention")} is weaker or filtered out.`);
  if (state.hidden.length) words.push(`Hidden by you: ${state.hidden.length}.`);
  if (model.of) words.push(`This page carries ${count(model.papers, "paper")} of ${model.of.papers.toLocaleString("en")}.`);
  if (about.undrawn && state.view !== "around" && state.view !== "path") words.push(`${count(about.undrawn, "thing named least is", "things named least are")} found only by search.`);
  return words;
}

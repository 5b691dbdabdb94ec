// The legend, which is also the filter: kinds, relations, years, and how much to show.

import { h, svg, put, count, percent } from "./dom.js";
import { KINDS, KIND_NAMES, TYPE_NAMES, CLAIM_TYPES, UNITS, COMPARES, occurs } from "./model.js";
import { DASHES } from "./theme.js";
import { VIEWS, startOf } from "./state.js";
import { chanceOf, claimsBehind } from "./select.js";
import { tallyWords } from "./status.js";
import { spanName } from "./years.js";

/** Make the filters once; `update(state, shown)` brings them in line with a state. */
export function makeFilters(box, model, actions) {
  const kinds = KIND_NAMES.map((name, k) => check(name, h("span", { class: "swatch " + KINDS[k], "aria-hidden": "true" }),
    (on) => actions.toggle("kinds", k, on)));
  const types = TYPE_NAMES.map((name, t) => check(name, lineSwatch(t), (on) => actions.toggle("types", t, on)));
  const says = h("ul", { class: "says" }, [["better", null, "winner to loser"], ["similar", "5 4", "on par, or no winner named"], ["disputed", null, "claims differ"]]
    .map(([key, dash, words]) => h("li", {}, line("line-" + key, dash, key === "better"), words)));
  const years = makeYears(model, actions);
  const top = slider("Things to show, at most", 10, 2000, 10, (v) => actions.go({ top: v }, { quiet: true }));
  const min = slider("Claims per line, at least", 1, 10, 1, (v) => actions.go({ min: v }, { quiet: true }));
  const sure = slider("Confidence, at least", 0, 1, 0.05, (v) => actions.go({ sure: v }, { quiet: true }), percent);
  const chance = slider("Backbone threshold", 0.01, 1, 0.01, (v) => actions.go({ chance: v }, { quiet: true }));
  chance.row.append(h("span", { class: "hint" }, "Lines that chance makes likelier than this are left out (disparity filter). Lower: fewer and stronger ones."));
  const steps = slider("Steps from the middle", 1, 2, 1, (v) => actions.go({ steps: v }, { quiet: true }));
  const byYear = check("Colour by year", null, (on) => actions.go({ colour: on ? "year" : "kind" }));
  const legend = h("ul", { class: "says" });
  const chips = h("div", {});
  const reset = h("button", { type: "button", class: "quiet", on: { click: () => actions.reset() } }, "Reset filters");
  const inner = h("div", { class: "filters-inner" },
    h("fieldset", {}, h("legend", {}, "Kinds"), kinds.map((c) => c.row), byYear.row, legend),
    h("fieldset", {}, h("legend", {}, "Relations"), types.filter((_, t) => occurs(model, t)).map((c) => c.row), says),
    years.row,
    h("fieldset", {}, h("legend", {}, "How much"), top.row, min.row, sure.row, chance.row, steps.row),
    chips, reset);
  const drawer = h("details", { class: "drawer", open: !matchMedia("(max-width: 980px)").matches },
    h("summary", {}, "Legend and filters"), inner);
  box.append(drawer);
  return {
    update(state, shown, spans) {
      byYear.input.checked = state.colour === "year";
      byYear.row.hidden = state.view === "together" || !model.years[1];
      put(legend, (spans || []).map((span) => h("li", {}, h("span", { class: "swatch", style: { "--own": span.colour }, "aria-hidden": "true" }), spanName(span))));
      kinds.forEach((c, k) => { c.input.checked = state.kinds.has(k); });
      types.forEach((c, t) => { c.input.checked = state.types.has(t); });
      kinds.forEach((c, k) => c.count(shown.nodes.filter((n) => model.kind[n] === k).length));
      types.forEach((c, t) => {
        const edges = shown.edges.filter((k) => k.edge.type === t);
        c.count(t < CLAIM_TYPES ? claimsBehind(edges) : edges.length, tallyWords(t, edges));
      });
      years.update(state);
      top.set(state.top); min.set(state.min); sure.set(state.sure); steps.set(state.steps); chance.set(chanceOf(model, state));
      says.hidden = !state.types.has(COMPARES);
      const claims = [...state.types].some((t) => t < CLAIM_TYPES && occurs(model, t)), units = new Set([...state.types].map((t) => UNITS[t]));
      sure.row.hidden = !claims; // nothing else has a confidence
      const unit = claims || units.size !== 1 ? "claim" : [...units][0];
      min.rename(`${unit[0].toUpperCase()}${unit.slice(1)}s per line, at least`);
      chance.row.hidden = state.view !== "together";
      steps.row.hidden = state.view !== "around";
      top.row.hidden = state.view === "path";
      put(chips, listed(model, "Pinned by you", "let go", state.pinned, (id) => actions.pin(model.byId.get(id))), listed(model, "Hidden by you", "show again", state.hidden, actions.unhide));
      reset.disabled = !filtered(state);
    },
  };
}

/** Whether a state lets through other than its view does at first. */
export function filtered(state) {
  const start = startOf(state.view);
  return ["from", "to", "top", "min", "sure", "chance", "steps"].some((k) => state[k] !== start[k]) || state.hidden.length > 0
    || VIEWS[state.view].kinds.length !== state.kinds.size || VIEWS[state.view].kinds.some((k) => !state.kinds.has(k))
    || VIEWS[state.view].types.length !== state.types.size || VIEWS[state.view].types.some((t) => !state.types.has(t));
}

function check(name, swatch, onToggle) {
  const input = h("input", { type: "checkbox", "aria-label": name, on: { change: () => onToggle(input.checked) } });
  const tally = h("span", { class: "tally", "aria-hidden": "true" });
  const counted = (n, words = "") => { tally.textContent = n ? n.toLocaleString("en") : ""; tally.title = n ? words : ""; };
  return { input, count: counted, row: h("label", { class: "check" }, input, swatch, h("span", { class: "check-name" }, name), tally) };
}

/** A short line in the colour and pattern of a relation. */
function lineSwatch(type) {
  const key = ["better", "runs", "builds", "introduces", "mentions", "together", "cites"][type];
  return line("line-" + key, DASHES[type] ? DASHES[type].map((d) => d * 0.7).join(" ") : null);
}

function line(look, dash, arrow = false) {
  return svg("svg", { width: 22, height: 10, class: "line-swatch", "aria-hidden": "true" },
    svg("line", { x1: 1, y1: 5, x2: arrow ? 16 : 21, y2: 5, class: look, "stroke-width": 2.5, "stroke-dasharray": dash }),
    arrow ? svg("path", { d: "M15 2.5L20 5L15 7.5Z", class: look, "stroke-width": 1.5 }) : null);
}

/** `words` says a value. */
function slider(name, low, high, step, onChange, words = String) {
  const output = h("output", {});
  const input = h("input", { type: "range", min: low, max: high, step, "aria-label": name, on: {
    input: () => { output.textContent = words(input.valueAsNumber); },
    change: () => onChange(Number(input.value)),
  } });
  const label = h("span", {}, name);
  return { row: h("label", { class: "slider" }, label, output, input),
    rename(to) { label.textContent = to; input.setAttribute("aria-label", to); },
    set(value) {
      input.value = value;
      output.textContent = words(value);
      input.setAttribute("aria-valuetext", words(value));
    } };
}

/** Two handles over a small histogram of papers by year. */
function makeYears(model, actions) {
  const [low, high] = model.years;
  const perYear = new Map();
  for (const y of model.paper.year) if (y > 0) perYear.set(y, (perYear.get(y) || 0) + 1);
  const most = Math.max(1, ...perYear.values());
  const bars = [];
  for (let y = low; y <= high && high > 0; y++) {
    bars.push(h("span", { class: "year-bar", title: `${y}: ${perYear.get(y) || 0}`, style: { height: `${4 + 30 * (perYear.get(y) || 0) / most}px` } }));
  }
  const output = h("output", {});
  const handle = (name) => h("input", { type: "range", min: low, max: high, step: 1, "aria-label": name, class: "year-handle" });
  const from = handle("From year"), to = handle("To year");
  const read = () => [Math.min(from.valueAsNumber, to.valueAsNumber), Math.max(from.valueAsNumber, to.valueAsNumber)];
  const paint = () => {
    const [a, b] = read();
    output.textContent = a === b ? String(a) : `${a}–${b}`;
    bars.forEach((bar, i) => bar.classList.toggle("on", low + i >= a && low + i <= b));
  };
  for (const input of [from, to]) {
    input.addEventListener("input", paint);
    input.addEventListener("change", () => {
      const [a, b] = read();
      actions.go(a === low && b === high ? { from: 0, to: 0 } : { from: a, to: b });
    });
  }
  const unknown = model.paper.year.filter((y) => !y).length;
  const row = h("fieldset", { class: "years", hidden: high === 0 || low === high },
    h("legend", {}, "Years ", output),
    h("div", { class: "year-bars", "aria-hidden": "true" }, bars), h("div", { class: "year-handles" }, from, to),
    unknown ? h("p", { class: "hint" }, `${count(unknown, "paper")} of unknown year: left out when you narrow this.`) : null);
  return { row, update(state) { from.value = state.from || low; to.value = state.to || high; paint(); } };
}

/** Things that a user set apart, as buttons that undo it; `undo` says what they do. */
function listed(model, title, undo, ids, go) {
  const known = ids.filter((id) => model.byId.has(id));
  return known.length ? h("fieldset", {}, h("legend", {}, title), known.map((id) => h("button", { type: "button", class: "chip", on: { click: () => go(id) } },
    model.label[model.byId.get(id)], h("span", { "aria-hidden": "true" }, " ×"), h("span", { class: "unseen" }, ` ${undo}`)))) : null;
}

// Finding things by name: a search box over labels, aliases and titles with a list of matches.

import { h, put, fold, shorten } from "./dom.js";
import { KINDS, KIND_ONE, fullLabel } from "./model.js";

/** Return up to `limit` {thing, via} for a query: equal, then prefix, then word prefix, then anywhere. */
export function findMatches(model, query, limit = 12) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  if (!model.names) model.names = namesOf(model);
  const best = new Map();
  for (const [thing, folded, name] of model.names) {
    const at = folded.indexOf(wanted);
    if (at < 0) continue;
    const rank = folded === wanted ? 0 : at === 0 ? 1 : /[\p{L}\p{N}]/u.test(folded[at - 1]) ? 3 : 2;
    const price = rank * 10 + (thing < model.papers ? 5 : 0) - Math.min(4.9, Math.log2(1 + model.score[thing]) * 0.7);
    if (!best.has(thing) || price < best.get(thing).price) best.set(thing, { thing, price, via: name });
  }
  return [...best.values()].sort((a, b) => a.price - b.price || a.thing - b.thing).slice(0, limit);
}

function namesOf(model) {
  const names = [];
  for (let i = 0; i < model.total; i++) {
    names.push([i, fold(model.label[i]), model.label[i]]);
    if (i >= model.papers) for (const alias of model.entity.aliases[i - model.papers]) names.push([i, fold(alias), alias]);
  }
  return names;
}

let boxes = 0;

/** Make a search box in `box`; `find(query)` gives matches or a promise of them; `onChoose(thing)` runs when one is chosen. */
export function makeSearch(box, model, { label, placeholder, find, onChoose, clearAfter = false }) {
  const id = "matches-" + ++boxes;
  let matches = [], at = -1;
  const list = h("ul", { id, role: "listbox", "aria-label": "Matches", class: "matches", hidden: true });
  const said = h("div", { class: "unseen", role: "status" });
  const input = h("input", { type: "search", "aria-label": label, placeholder,
    "aria-controls": id, "aria-haspopup": "listbox", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const show = () => {
    put(list, matches.map((match, i) => h("li", { role: "option", id: `${id}-${i}`, "aria-selected": String(i === at),
      class: i === at ? "match on" : "match", on: { pointerdown: (event) => { event.preventDefault(); choose(i); } } },
      h("span", { class: "swatch " + KINDS[model.kind[match.thing]], "aria-hidden": "true" }),
      h("span", { class: "match-name" }, shorten(fullLabel(model, match.thing), 90),
        match.via !== model.label[match.thing] ? h("small", {}, ` ${match.via}`) : null),
      h("small", { class: "match-kind" }, " " + KIND_ONE[model.kind[match.thing]]))));
    list.hidden = !matches.length;
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { matches = []; at = -1; show(); };
  const choose = (i) => {
    const { thing } = matches[i];
    input.value = clearAfter ? "" : model.label[thing];
    close();
    onChoose(thing);
  };
  let waiting = false; // for an answer; Enter then means its first match
  const offer = (found) => {
    matches = found;
    at = matches.length ? 0 : -1;
    show();
    said.textContent = input.value.trim() ? (matches.length ? `${matches.length} matches` : "Nothing of that name") : "";
  };
  input.addEventListener("input", async () => {
    const query = input.value, found = find(query);
    if (Array.isArray(found)) { offer(found); return; }
    waiting = "input";
    try {
      const answer = await found;
      if (input.value !== query) return; // typed on meanwhile
      const enter = waiting === "Enter";
      waiting = false;
      offer(answer);
      if (enter && at >= 0) choose(at);
    } catch (error) {
      if (input.value !== query) return;
      waiting = false;
      offer([]);
      said.textContent = `The server can't be asked: ${error.message}`;
    }
  });
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && matches.length) {
      event.preventDefault();
      at = (at + step + matches.length) % matches.length;
      show();
    } else if (event.key === "Enter" && waiting) {
      waiting = "Enter";
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape") {
      if (matches.length) event.stopPropagation();
      close();
    }
  });
  input.addEventListener("blur", () => { waiting = false; close(); });
  input.addEventListener("focus", () => input.select());
  box.append(h("div", { class: "combo" }, input, list, said));
  return input;
}

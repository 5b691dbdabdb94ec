// The search box: what is typed, and a list of what it names or nearly names.

import { h, put, count, shorten } from "./dom.js";
import { KINDS, KIND_ONE, fullLabel } from "./model.js";

let boxes = 0;

/** Make a search box in `box`; `find(query)` gives {matches, near} or a promise of it; `onChoose(thing)` runs when one is chosen. */
export function makeSearch(box, model, { label, placeholder, find, onChoose, clearAfter = false }) {
  const id = "matches-" + ++boxes;
  let matches = [], at = -1;
  const list = h("ul", { id, role: "listbox", "aria-label": "Matches" });
  const note = h("p", { class: "matches-note", "aria-hidden": "true" }); // said by `said`
  const drop = h("div", { class: "matches", hidden: true }, note, list);
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
    drop.hidden = !matches.length && !note.textContent;
    if (at >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => { matches = []; at = -1; note.textContent = ""; show(); };
  const choose = (i) => {
    const { thing } = matches[i];
    input.value = clearAfter ? "" : model.label[thing];
    close();
    onChoose(thing);
  };
  let waiting = false; // for an answer; Enter then means its first match
  const offer = (found) => {
    matches = found.matches;
    at = matches.length ? 0 : -1;
    const missed = input.value.trim() && (found.near || !matches.length);
    note.textContent = missed ? (found.near ? "Nothing of that name. Nearest:" : "Nothing of that name.") : "";
    show();
    said.textContent = [note.textContent, matches.length ? count(matches.length, "match", "matches") : ""].filter(Boolean).join(" ");
  };
  input.addEventListener("input", async () => {
    const query = input.value, found = find(query);
    if (!(found instanceof Promise)) { offer(found); return; }
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
      offer({ matches: [], near: false });
      note.textContent = "";
      drop.hidden = true;
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
      if (!drop.hidden) event.stopPropagation();
      close();
    }
  });
  input.addEventListener("blur", () => { waiting = false; close(); });
  input.addEventListener("focus", () => input.select());
  box.append(h("div", { class: "combo" }, input, drop, said));
  return input;
}

// Copying words, and a note that says whether it worked.

import { h } from "./dom.js";
import { paperLinks } from "./sentence.js";
import { quoteOf } from "./model.js";

const STAYS = 4000; // milliseconds

const note = h("span", { class: "toast", role: "status" });

/** The note, to be put into the page once. */
export function makeNote() {
  return note;
}

/** Put `text` on the clipboard and say so, or say what else to do. */
export async function copy(text, done, otherwise) {
  try {
    await navigator.clipboard.writeText(text);
    note.textContent = done;
  } catch {
    note.textContent = `The browser does not allow copying; ${otherwise}`;
  }
  setTimeout(() => { note.textContent = ""; }, STAYS);
}

/** What a paper says, with where it stands: “...” — title (year). address */
export function citedQuote(model, claim) {
  const year = model.paper.year[claim.paper], [[url]] = paperLinks(model, claim.paper);
  return `“${quoteOf(model, claim)}” — ${model.label[claim.paper]}${year ? ` (${year})` : ""}. ${url}`;
}

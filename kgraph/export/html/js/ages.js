// How old things are, as colours: from the oldest to the newest, by the year of the paper that introduces a thing or first names it.

import { origins } from "./citing.js";

const STOPS = 5;

/** The year of a thing: of a paper its own, else of the first that introduces it, else of the first that names it; 0 if unknown. */
export function bornIn(model, thing) {
  const years = (papers) => papers.map((p) => model.paper.year[p]).filter((y) => y > 0);
  const by = years(origins(model, thing)), known = by.length || thing < model.papers ? by : years(model.papersOf[thing]);
  return known.length ? Math.min(...known) : 0;
}

/**
 * Colours of things by their years: {of(thing), spans}, where `spans` = [{first, last, colour}] are the legend, about as
 * many things in each, unknown years last. `palette` runs from old to new, its last colour is for unknown years.
 */
export function ages(model, things, palette) {
  const year = new Map(things.map((n) => [n, bornIn(model, n)])), spans = [];
  const known = [...year.values()].filter((y) => y).sort((a, b) => a - b);
  for (const y of new Set(known)) {
    const share = known.lastIndexOf(y) / known.length, last = spans[spans.length - 1], step = Math.min(STOPS - 1, Math.floor(share * STOPS));
    if (last && last.step === step) last.last = y; else spans.push({ first: y, last: y, step });
  }
  spans.forEach((span, i) => { span.colour = palette[spans.length > 1 ? Math.round(i * (STOPS - 1) / (spans.length - 1)) : STOPS - 1]; });
  const unknown = { first: 0, last: 0, colour: palette[STOPS] };
  const spanOf = (y) => spans.find((s) => y >= s.first && y <= s.last) || unknown;
  return { of: (thing) => spanOf(year.get(thing)).colour, spans: [...year.values()].some((y) => !y) ? [...spans, unknown] : spans };
}

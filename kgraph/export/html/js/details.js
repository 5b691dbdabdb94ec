// The panel beside the map: what is known about one thing, a pair, a path, or about the whole.

import { h, put, outside, count, percent, fold, shorten } from "./dom.js";
import { KINDS, KIND_ONE, COMPARES, RUNS, BUILDS, INTRODUCES, CITES, fullLabel, findThing, mentionsIn, papersTold, togetherWith, verdict, amountOf } from "./model.js";
import { citedNotCompared, citingByYear, comparedNotCited } from "./citing.js";
import { copy, citedQuote } from "./copy.js";
import { ratioChart } from "./ratios.js";
import { marked, claimSentence, paperLine, paperLinks } from "./sentence.js";

const FIRST = 60;

/** Links and buttons that the panel needs: `context` = {model, state, actions, href(change)}. */
export function thingLink(context, thing, words) {
  const { model } = context;
  return h("a", { href: context.href({ node: model.id[thing], pair: [] }), class: "thing", on: { click: (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    context.actions.choose(thing);
  } } }, h("span", { class: "swatch " + KINDS[model.kind[thing]], "aria-hidden": "true" }), words || (thing === context.self ? model.label[thing] : fullLabel(model, thing)));
}

function paperCite(context, paper) {
  return paperLine(context.model, paper, (p) => thingLink(context, p, shorten(context.model.label[p], 140)));
}

/** Claims of one sentence about the same two things as one item: [[claim, ...], ...] in the order of the first. */
function bySentence(claims) {
  const groups = new Map();
  for (const c of claims) {
    const key = [c.type, c.subject, c.object, c.paper, c.sentence, c.polarity].join();
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(c);
  }
  return [...groups.values()];
}

/** List items of claims. */
export function claimItems(context, claims, how) {
  return bySentence(claims).map((group) => claimItem(context, group, how));
}

/** What one sentence claims: who, against whom, by how much, where it says so. */
function claimItem(context, group, { names = true } = {}) {
  const { model } = context, claim = group[0];
  const words = claim.type === COMPARES ? direction(context, claim) : [thingLink(context, claim.subject), " ",
    h("b", {}, { [RUNS]: "runs on", [BUILDS]: "builds on", [INTRODUCES]: "introduces" }[claim.type]), " ", thingLink(context, claim.object)];
  return h("li", { class: "claim" },
    names ? h("p", { class: "claim-head" }, words, [...group].sort((a, b) => !a.metric - !b.metric).map((c) => [" ", amount(c)])) : null,
    h("p", {}, claimSentence(model, claim)),
    h("p", { class: "source" }, paperCite(context, claim.paper),
      hardwareIn(context, claim),
      claim.own ? h("span", { class: "own", title: "The paper also introduces the subject: its authors speak of their own work" }, "authors’ own claim") : null,
      comparedNotCited(model, claim) ? h("span", { class: "own", title: "By the citations known, this paper does not cite the paper that introduces what it compares against" }, "compared, not cited") : null,
      confidence(group),
      h("button", { type: "button", class: "quiet copy", title: "Copy the quote with its source", on: { click: () => copy(citedQuote(model, claim), "Quote copied", "select the words instead") } }, "Copy")));
}

/** How sure kgraph is of claims, beside each, as the filter counts it. */
function confidence(group) {
  const all = group.map((c) => c.confidence), low = percent(Math.min(...all)), high = percent(Math.max(...all));
  return h("span", { class: "sure", title: "Confidence: how likely it is that the sentence claims this, as kgraph reads it" },
    `${low === high ? low : `${low} to ${high}`} sure`);
}

/** The hardware that the sentence of a comparison names besides the compared things: where the number was measured. */
function hardwareIn(context, claim) {
  const { model } = context;
  if (claim.type !== COMPARES) return null;
  const named = mentionsIn(model, claim.paper).filter((row) => row[1] === claim.sentence && model.kind[row[0]] === 2
    && row[0] !== claim.subject && row[0] !== claim.object).map((row) => row[0]);
  const things = [...new Set(named)];
  return things.length ? h("span", { class: "with" }, " Hardware named: ", things.map((n, i) => [i ? ", " : "", thingLink(context, n)])) : null;
}

function direction(context, claim) {
  const seen = verdict(claim);
  const [first, second] = seen ? [seen.winner, seen.loser] : [claim.subject, claim.object];
  const word = seen ? "beats" : claim.polarity === 3 ? "is on par with" : "is compared with";
  return [thingLink(context, first), " ", h("b", {}, word), " ", thingLink(context, second)];
}

function amount(claim) {
  const parts = [claim.value ? amountOf(claim.value) : "", claim.metric].filter(Boolean);
  return parts.length ? h("span", { class: "amount", title: claim.value ? claim.value.text : null }, parts.join(" · ")) : null;
}

/** A part of the panel under its title; `tally` says how much of what it tells. */
function section(title, tally, items, { open = true } = {}) {
  if (!items.length) return null;
  const list = h("ul", { class: "claims" }, items.slice(0, FIRST).map((make) => make()));
  const more = items.length > FIRST ? h("button", { type: "button", class: "more", on: { click: (event) => {
    list.append(...items.slice(FIRST).map((make) => make()));
    event.target.remove();
  } } }, `Show the other ${items.length - FIRST}`) : null;
  return h("details", { class: "section", open },
    h("summary", {}, h("h3", {}, title), h("span", { class: "tally" }, tally)), list, more);
}

/** Functions that make the items, so that long sections are made only when asked for. */
function makers(context, claims, how) {
  return bySentence(claims).map((group) => () => claimItem(context, group, how));
}

/** Fill the panel with what is known about `thing`. */
export function showThing(panel, around, thing) {
  const context = { ...around, self: thing }; // in its own panel a thing needs no qualifier
  const { model } = context;
  const isPaper = thing < model.papers;
  const claims = model.claimsOf[thing].map((i) => model.claims[i]);
  put(panel,
    head(context, thing, isPaper),
    isPaper ? paperFacts(model, thing) : entityFacts(context, thing),
    h("p", { class: "tallies" }, tallies(model, thing, claims)),
    cutShort(context, thing, claims),
    buttons(context, thing),
    isPaper ? null : introducedBy(context, thing, claims),
    isPaper ? null : ratioChart(context, thing, (other) => thingLink(context, other, shorten(fullLabel(model, other), 30))),
    comparisonSections(context, thing, claims),
    relationSection(context, thing, claims, RUNS, "Runs on", "Runs on it"),
    relationSection(context, thing, claims, BUILDS, "Builds on", "Builds on it"),
    isPaper ? section("Introduces", count(claims.filter((c) => c.type === INTRODUCES).length, "claim"),
      makers(context, claims.filter((c) => c.type === INTRODUCES))) : null,
    isPaper ? paperClaims(context, thing, claims) : null,
    citedByYear(model, thing),
    silent(context, thing),
    citations(context, thing),
    isPaper ? namesIn(context, thing) : [mentionedIn(context, thing), together(context, thing)]);
  panel.scrollTop = 0;
}

/** Leads back to what was shown before. */
export function closeButton(context) {
  return h("button", { type: "button", class: "close", "aria-label": "Close details", on: { click: () => context.actions.leave() } }, "×");
}

function head(context, thing, isPaper) {
  const { model } = context;
  const qualifier = isPaper ? "" : model.entity.qualifier[thing - model.papers];
  const e = thing - model.papers;
  const kind = !isPaper && model.entity.class[e] ? "Class of hardware" : KIND_ONE[model.kind[thing]];
  return h("div", { class: "details-head" },
    h("p", { class: "kind" }, h("span", { class: "swatch " + KINDS[model.kind[thing]], "aria-hidden": "true" }), kind,
      qualifier ? ` · ${qualifier}` : "", !isPaper && model.entity.maker[e] ? ` · ${model.entity.maker[e]}` : ""),
    closeButton(context),
    h("h2", { class: isPaper ? "long" : "", dir: "auto" }, model.label[thing]));
}

function paperFacts(model, paper) {
  const authors = model.paper.authors[paper], many = model.paper.author_count[paper];
  const named = authors.slice(0, 8).join(", ") + (authors.length > 8 ? ` and ${authors.length - 8} more` : "");
  const date = model.paper.date[paper] || (model.paper.year[paper] ? String(model.paper.year[paper]) : "date unknown");
  return [
    h("p", { class: "facts" }, [date.startsWith("--") ? `${date.slice(2)}, year unknown` : date, model.paper.venue[paper],
      named || (many ? count(many, "author") : "")].filter(Boolean).join(" · ")),
    h("p", { class: "facts" }, paperLinks(model, paper).map(([url, words], i) => [i ? " · " : "", outside(url, words)])),
  ];
}

function entityFacts(context, thing) {
  const { model } = context, e = thing - model.papers;
  const aliases = model.entity.aliases[e].filter((a) => fold(a) !== fold(model.label[thing])); // another case is no other name
  const above = model.entity.broader[e];
  const below = model.entity.broader.map((b, i) => (b === thing ? i + model.papers : -1)).filter((i) => i >= 0);
  const years = model.papersOf[thing].map((p) => model.paper.year[p]).filter((y) => y > 0);
  const span = years.length ? [Math.min(...years), Math.max(...years)] : null;
  return [
    aliases.length ? h("p", { class: "facts" }, "Also written ", aliases.slice(0, 12).map((a, i) => [i ? ", " : "", h("bdi", {}, a)]),
      aliases.length > 12 ? ` and ${aliases.length - 12} more` : "") : null,
    above >= 0 ? h("p", { class: "facts" }, "A variant of ", thingLink(context, above)) : null,
    below.length ? h("p", { class: "facts" }, "Variants: ", below.map((b, i) => [i ? ", " : "", thingLink(context, b)])) : null,
    namesakes(context, thing),
    span ? h("p", { class: "facts" }, `Named by papers of ${span[0] === span[1] ? span[0] : `${span[0]}–${span[1]}`}`) : null,
    model.entity.match[e].length ? h("p", { class: "facts" }, "Same as ", model.entity.match[e].map((m, i) => [i ? ", " : "",
      outside(m, m.replace(/^https?:\/\/(www\.)?/, ""))])) : null,
  ];
}

/** Other things of the same name. */
function namesakes(context, thing) {
  const { model } = context, wanted = fold(model.label[thing]);
  const others = [];
  for (let i = model.papers; i < model.total; i++) if (i !== thing && fold(model.label[i]) === wanted) others.push(i);
  return others.length ? h("p", { class: "facts" }, "Not the same as ", others.map((n, i) => [i ? ", " : "", thingLink(context, n)])) : null;
}

function tallies(model, thing, claims) {
  const sentences = thing < model.papers ? model.texts[thing].length : null;
  const number = (type) => claims.filter((c) => c.type === type && (thing >= model.papers || c.paper === thing)).length;
  const parts = [];
  if (thing >= model.papers) parts.push(count(model.papersOf[thing].length, "paper"));
  else parts.push(count(new Set(mentionsIn(model, thing).map((r) => r[0])).size, "thing named", "things named"), count(sentences, "sentence kept", "sentences kept"));
  if (number(COMPARES)) parts.push(count(number(COMPARES), "comparison claim"));
  if (number(RUNS)) parts.push(count(number(RUNS), "runs-on claim"));
  if (number(BUILDS)) parts.push(count(number(BUILDS), "builds-on claim"));
  return parts.join(" · ");
}

/** Of a thing with more to say than a server tells at once: how much of it is here, and where the rest is. */
function cutShort({ model }, thing, claims) {
  const all = model.totals.get(thing);
  if (!all) return null;
  const part = (here, total, word) => (here < total ? `${here.toLocaleString("en")} of ${count(total, word)}` : null);
  const parts = [part(papersTold(model, thing).length, all.papers, "paper"), part(claims.length, all.claims, "claim")].filter(Boolean);
  return parts.length ? h("p", { class: "facts" }, `Told here: ${parts.join(", ")}, those with most to say; `,
    h("a", { href: "query" }, "query the rest")) : null;
}

function buttons(context, thing) {
  const { model, state, actions } = context;
  const id = model.id[thing], pinned = state.pinned.includes(id);
  const button = (words, go, extra) => h("button", { type: "button", on: { click: go }, ...extra }, words);
  return h("div", { class: "row" },
    state.view === "around" && findThing(model, state.node) === thing ? null : button("Neighbourhood", () => actions.open(thing), { title: "Show all that it is linked to" }),
    button("Path to…", () => actions.pathFrom(thing), { title: "Find the shortest chain of statements to another thing" }),
    button(pinned ? "Unpin" : "Pin", () => actions.pin(thing), { "aria-pressed": String(pinned), title: "Keep it on the map, whatever is shown" }),
    button("Hide", () => actions.hide(thing), { title: "Leave it out, until you show it again" }));
}

function introducedBy(context, thing, claims) {
  const said = claims.filter((c) => c.type === INTRODUCES && c.object === thing);
  return section("Introduced by", count(said.length, "claim"), makers(context, said, { names: false }));
}

/** Comparisons grouped by the other side; a group in which both are said to win is marked as disputed. */
function comparisonSections(context, thing, claims) {
  const { model } = context;
  const groups = new Map();
  for (const c of claims) {
    if (c.type !== COMPARES || (c.subject !== thing && c.object !== thing)) continue;
    const other = c.subject === thing ? c.object : c.subject;
    if (!groups.has(other)) groups.set(other, []);
    groups.get(other).push(c);
  }
  const total = [...groups.values()].reduce((sum, g) => sum + g.length, 0);
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || model.score[b[0]] - model.score[a[0]]);
  return section("Compares against", count(total, "claim"), order.map(([other, group]) => () => {
    const wins = group.filter((c) => verdict(c) && verdict(c).winner === thing).length;
    const losses = group.filter((c) => verdict(c) && verdict(c).loser === thing).length;
    return h("li", { class: "claim-group" }, wins && losses ? h("p", { class: "disputed" },
      `Claims differ: ${wins} to ${losses}`) : null, h("ul", { class: "claims" }, claimItems(context, group)));
  }));
}

function relationSection(context, thing, claims, type, forth, back) {
  const made = claims.filter((c) => c.type === type);
  const from = made.filter((c) => c.subject === thing), to = made.filter((c) => c.object === thing);
  return [section(forth, count(from.length, "claim"), makers(context, from)),
    section(back, count(to.length, "claim"), makers(context, to))];
}

function paperClaims(context, paper, claims) {
  const made = claims.filter((c) => c.type !== INTRODUCES && c.paper === paper && c.subject !== paper && c.object !== paper);
  return section("Claims in this paper", count(made.length, "claim"), makers(context, made));
}

/** How many papers cite a thing's paper, year by year, as bars with their numbers. */
function citedByYear(model, thing) {
  const rows = citingByYear(model, thing);
  if (!rows.length) return null;
  const most = Math.max(...rows.map((r) => r[1])), total = rows.reduce((sum, r) => sum + r[1], 0);
  return h("details", { class: "section", open: true },
    h("summary", {}, h("h3", {}, thing < model.papers ? "Citing papers by year" : "Papers citing its paper, by year"), h("span", { class: "tally" }, count(total, "paper"))),
    h("table", { class: "mini by-year" }, h("tbody", {}, rows.map(([year, n]) => h("tr", {}, h("th", { scope: "row" }, year ? String(year) : "unknown"),
      h("td", {}, h("span", { class: "by-year-bar", "aria-hidden": "true", style: { "--share": n / most } }), String(n)))))));
}

/** The papers that cite a thing's paper and say nothing of how they compare. */
function silent(context, thing) {
  const papers = citedNotCompared(context.model, thing);
  return section("Cite its paper, never compare", count(papers.length, "paper"), papers.map((p) => () => h("li", { class: "claim" }, h("p", {}, paperCite(context, p)))), { open: false });
}

function citations(context, thing) {
  const { model } = context;
  const cites = model.citations.filter((c) => c[0] === thing), cited = model.citations.filter((c) => c[1] === thing);
  const item = (other, contexts) => () => h("li", { class: "claim" }, h("p", {}, paperCite(context, other)),
    contexts.map((text) => h("p", {}, h("q", { class: "sentence" }, text))));
  return [section("Cites", count(cites.length, "paper"), cites.map((c) => item(c[1], c[2]))),
    section("Cited by", count(cited.length, "paper"), cited.map((c) => item(c[0], c[2])))];
}

/** Everything a paper names, each with its sentences. */
function namesIn(context, paper) {
  const { model } = context, groups = new Map();
  for (const row of mentionsIn(model, paper)) {
    if (!groups.has(row[0])) groups.set(row[0], []);
    groups.get(row[0]).push(row);
  }
  const order = [...groups].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  return section("Mentions", count(order.length, "thing"), order.map(([entity, rows]) => () => h("li", { class: "claim" },
    h("p", { class: "claim-head" }, thingLink(context, entity)), sentencesOf(model, paper, rows).map((q) => h("p", {}, q)))));
}

function sentencesOf(model, paper, rows) {
  const bySentence = new Map();
  for (const [, sentence, start, end] of rows) {
    if (!bySentence.has(sentence)) bySentence.set(sentence, []);
    bySentence.get(sentence).push([start, end, "subject"]);
  }
  return [...bySentence].sort((a, b) => a[0] - b[0]).map(([sentence, marks]) => marked(model.texts[paper][sentence], marks));
}

/** Every sentence that names the thing, by paper, newest first. */
function mentionedIn(context, thing) {
  const { model } = context;
  const papers = [...papersTold(model, thing)].sort((a, b) => model.paper.year[b] - model.paper.year[a] || a - b);
  return section("Mentioned in", count(papers.length, "paper"), papers.map((p) => () => h("li", { class: "claim" },
    sentencesOf(model, p, mentionsIn(model, p).filter((row) => row[0] === thing)).map((q) => h("p", {}, q)),
    h("p", { class: "source" }, paperCite(context, p)))));
}

function together(context, thing) {
  const { model } = context;
  const rows = [...togetherWith(model, thing)].sort((a, b) => b[1].papers.length - a[1].papers.length
    || model.score[b[0]] - model.score[a[0]] || a[0] - b[0]);
  return section("Co-mentioned with", count(rows.length, "thing"), rows.map(([other, row]) => () => h("li", { class: "claim" },
    h("p", { class: "claim-head" }, thingLink(context, other), " ", h("button", { type: "button", class: "quiet", on: { click: () => context.actions.pair(thing, other) } },
      count(row.papers.length, "paper"))))), { open: false });
}

/** Fill the panel with what is said about two things: claims both ways, then where they are named together. */
export function showPair(panel, context, a, b) {
  const { model } = context;
  const both = model.claimsOf[a].map((i) => model.claims[i])
    .filter((c) => (c.subject === a && c.object === b) || (c.subject === b && c.object === a));
  const rest = pairPapers(model, a, b).filter((p) => pairSentences(model, p, a, b, both).length);
  const wins = (x) => both.filter((c) => verdict(c) && verdict(c).winner === x).length;
  put(panel,
    h("div", { class: "details-head" }, h("p", { class: "kind" }, "Two things"),
      closeButton(context),
      h("h2", {}, thingLink(context, a), " and ", thingLink(context, b))),
    wins(a) && wins(b) ? h("p", { class: "disputed" }, `Claims differ: ${wins(a)} for ${model.label[a]}, ${wins(b)} for ${model.label[b]}`) : null,
    section("What papers claim", count(both.length, "claim"), makers(context, both)),
    section(both.length ? "Also named together" : "Named together", count(rest.length, "paper"), rest.map((p) => () => h("li", { class: "claim" },
      pairSentences(model, p, a, b, both).map((q) => h("p", {}, q)), h("p", { class: "source" }, paperCite(context, p))))),
    between(context, a, b));
  panel.scrollTop = 0;
}

/** Citations between two papers, with their contexts. */
function between(context, a, b) {
  const found = context.model.citations.filter((c) => (c[0] === a && c[1] === b) || (c[0] === b && c[1] === a));
  return section("Cites", count(found.length, "citation"), found.map((c) => () => h("li", { class: "claim" },
    h("p", { class: "claim-head" }, thingLink(context, c[0]), " cites ", thingLink(context, c[1])),
    c[2].map((text) => h("p", {}, h("q", { class: "sentence" }, text))))));
}

function pairPapers(model, a, b) {
  if (a < model.papers) return b < model.papers ? [] : model.papersOf[b].filter((p) => p === a);
  if (b < model.papers) return model.papersOf[a].filter((p) => p === b);
  const other = new Set(model.papersOf[b]);
  return model.papersOf[a].filter((p) => other.has(p));
}

/** The sentences that name both, but for those that `claims` show; where no sentence names both, those that name either. */
export function pairSentences(model, paper, a, b, claims = []) {
  const rows = mentionsIn(model, paper).filter((row) => row[0] === a || row[0] === b);
  const has = (thing) => new Set(rows.filter((row) => row[0] === thing).map((row) => row[1]));
  const first = has(a), second = has(b);
  const both = rows.filter((row) => first.has(row[1]) && second.has(row[1]));
  const shown = claims.filter((c) => c.paper === paper).map((c) => model.texts[paper][c.sentence]);
  if (shown.length && !both.length) return []; // the claim tells more than sentences that name one
  return sentencesOf(model, paper, (both.length ? both : rows).filter((row) => !shown.some((text) => text.includes(model.texts[paper][row[1]]))));
}

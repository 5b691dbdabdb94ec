// The graph as the page holds it: things, claims, mentions, edges; read once, never changed.

import { fold, keyOfText, shorten } from "./dom.js";
import { unfolded, file } from "./parcel.js";

export const KINDS = ["paper", "system", "hardware", "model", "dataset"];
export const KIND_NAMES = ["Papers", "Systems", "Hardware", "Models", "Datasets"];
export const KIND_ONE = ["Paper", "System", "Hardware", "Model", "Dataset"];
export const TYPES = ["compares_against", "runs_on", "builds_on", "introduces", "mentions", "comention", "cites"];
export const TYPE_NAMES = ["Compares against", "Runs on", "Builds on", "Introduces", "Mentions", "Co-mentioned", "Cites"];
export const CLAIM_TYPES = 4; // the first types are claims; of the others a line stands for mentions, papers, citations
export const UNITS = ["claim", "claim", "claim", "claim", "mention", "paper", "citation"];
export const COMPARES = 0;
export const RUNS = 1;
export const BUILDS = 2;
export const INTRODUCES = 3;
export const MENTIONS = 4;
export const TOGETHER = 5;
export const CITES = 6;
export const BETTER = 1;
export const WORSE = 2;
export const SIMILAR = 3;

/**
 * Build the model from the page's two data blocks.
 * Things are numbered: papers 0 .. papers - 1, then entities. An edge {i, a, b, type, n, claims, s, npmi, p} stands for
 * all statements of one type between two things.
 */
export function readModel(given, network) {
  const data = given.served ? unfolded(given) : given;
  const papers = data.papers.year.length;
  const total = data.things.id.length;
  const model = {
    about: data.about, of: data.whole || null, papers, total,
    id: data.things.id, kind: data.things.kind, label: data.things.label, score: data.things.score,
    paper: data.papers, entity: data.entities, texts: data.texts, mentionRows: data.mentions,
    citations: data.citations, communities: data.communities,
    byId: new Map(data.things.id.map((id, i) => [id, i]).filter(([id]) => id)),
    served: !!given.served, whole: new Set(), totals: new Map(), steps: new Set(), trails: new Map(), asked: new Map(), claimAt: new Map((data.claimNumbers || []).map((n, i) => [n, i])),
    claims: data.claims.map(readClaim),
    claimsOf: Array.from({ length: total }, () => []),
    papersOf: Array.from({ length: total }, () => []),
    drawn: new Set(), spots: new Map(), comentionSpots: new Map(),
    edges: [], keys: new Map(), finished: new Set(), edgesOf: Array.from({ length: total }, () => []),
  };
  model.claims.forEach((claim, i) => {
    for (const end of new Set([claim.subject, claim.object, claim.paper])) model.claimsOf[end].push(i);
  });
  model.mentionRows.forEach((row, p) => {
    const named = new Set();
    for (let i = 0; i < row.length; i += 4) named.add(row[i]);
    for (const entity of named) model.papersOf[entity].push(p);
  });
  for (const [entity, list] of data.named || []) model.papersOf[entity] = list;
  for (const node of network.nodes) {
    model.drawn.add(node.id);
    if (node.x !== undefined) model.spots.set(node.id, [node.x, node.y]);
  }
  const flat = data.comention_places;
  for (let i = 0; i < flat.length; i += 3) model.comentionSpots.set(flat[i], [flat[i + 1], flat[i + 2]]);
  const byKey = new Map();
  model.claims.forEach((claim, i) => {
    const key = claim.type + " " + claim.subject + " " + claim.object;
    if (!byKey.has(key)) byKey.set(key, []);
    byKey.get(key).push(i);
  });
  const compared = new Map();
  for (const e of network.edges) {
    const claims = byKey.get(e.type + " " + e.from + " " + e.to) || [];
    const other = compared.get(e.to + " " + e.from);
    if (e.type === COMPARES && other) { // both directions are one edge, so that a dispute is seen as one
      other.claims = [...other.claims, ...claims].sort((x, y) => x - y);
      other.n += e.n;
      continue;
    }
    const edge = { a: e.from, b: e.to, type: e.type, n: e.n, s: e.s || 0, npmi: e.npmi || 0,
      p: e.p === undefined ? 1 : e.p, claims };
    if (e.type === COMPARES) compared.set(e.from + " " + e.to, edge);
    addEdge(model, edge);
  }
  model.overview = model.edges.length;
  model.cited = new Set(model.citations.map(([a, b]) => keyOf(CITES, a, b)));
  model.years = yearsOf(model);
  return model;
}

function readClaim(row) {
  const [type, subject, object, paper, sentence, quote, marks, polarity, metric, value, own, confidence] = row;
  return { type, subject, object, paper, sentence, quote, marks, polarity, metric,
    value: value ? { text: value[0], low: value[1], high: value[2], kind: value[3], upTo: !!value[4] } : null,
    own: !!own, confidence };
}

function addEdge(model, edge) {
  edge.i = model.edges.length;
  model.keys.set(keyOf(edge.type, edge.a, edge.b), edge);
  model.edges.push(edge);
  model.edgesOf[edge.a].push(edge.i);
  model.edgesOf[edge.b].push(edge.i);
}

function yearsOf(model) {
  const known = model.paper.year.filter((y) => y > 0);
  return known.length ? minmax(known) : [0, 0];
}

function minmax(values) {
  let low = values[0], high = values[0];
  for (const v of values) { if (v < low) low = v; if (v > high) high = v; }
  return [low, high];
}

/**
 * Make sure that all claims, mentions and citations of a thing are edges, those to things without a place on the
 * overview maps included. Edges past `model.overview` are such additions; overviews don't use them.
 */
export function complete(model, thing) {
  if (!isWhole(model, thing) || (!model.about.undrawn && !model.served) || model.finished.has(thing)) return;
  model.finished.add(thing);
  const found = new Map();
  const note = (type, a, b, claim) => {
    const key = keyOf(type, a, b);
    if (model.keys.has(key)) return;
    if (!found.has(key)) found.set(key, { a, b, type, n: 0, s: 0, npmi: 0, p: 1, claims: [] });
    found.get(key).n += 1;
    if (claim !== undefined) found.get(key).claims.push(claim);
  };
  for (const i of model.claimsOf[thing]) {
    const c = model.claims[i];
    if (c.subject === thing || c.object === thing) note(c.type, c.subject, c.object, i);
  }
  if (thing < model.papers) for (const [entity] of mentionsIn(model, thing)) note(MENTIONS, thing, entity);
  else for (const p of papersTold(model, thing)) note(MENTIONS, p, thing);
  for (const [citing, cited] of model.citations) if (citing === thing || cited === thing) note(CITES, citing, cited);
  for (const edge of found.values()) addEdge(model, edge);
}

/** Whether the graph holds any relation of a type. */
export function occurs(model, type) {
  return model.about.said[type] > 0;
}

/** Whether the page holds all that is said about a thing; one that asks a server has it after asking. */
export function isWhole(model, thing) {
  return !model.served || model.whole.has(thing);
}

/** The papers that name a thing and whose sentences the page holds: of a hub a server tells the foremost alone. */
export function papersTold(model, thing) {
  return model.served ? model.papersOf[thing].filter((p) => model.mentionRows[p].length) : model.papersOf[thing];
}

/** Take in what a server gave: things, their claims, sentences, mentions, citations, and edges that claims don't make. */
export function absorb(model, parcel) {
  file({ things: model, papers: model.paper, entities: model.entity, texts: model.texts, mentions: model.mentionRows }, parcel, model.papers);
  for (const n of parcel.things.n) model.byId.set(model.id[n], n);
  for (const [entity, list] of parcel.named) model.papersOf[entity] = list;
  for (const n of parcel.whole) model.whole.add(n);
  for (const [thing, , papers, , claims] of parcel.told) model.totals.set(thing, { papers, claims });
  for (const row of parcel.citations) {
    const key = keyOf(CITES, row[0], row[1]);
    if (!model.cited.has(key)) { model.cited.add(key); model.citations.push(row); }
  }
  for (const [number, row] of parcel.claims) {
    if (model.claimAt.has(number)) continue;
    const claim = readClaim(row), i = model.claims.push(claim) - 1;
    model.claimAt.set(number, i);
    for (const end of new Set([claim.subject, claim.object, claim.paper])) model.claimsOf[end].push(i);
    if (claim.subject !== claim.object) grow(model, claim.type, claim.subject, claim.object, 1, i);
  }
  for (const [type, a, b, n] of parcel.edges) if (!model.keys.has(keyOf(type, a, b))) grow(model, type, a, b, n);
}

function grow(model, type, a, b, n, claim) {
  let edge = model.keys.get(keyOf(type, a, b));
  if (!edge) addEdge(model, edge = { a, b, type, n: 0, s: 0, npmi: 0, p: 1, claims: [] });
  edge.n += n;
  if (claim !== undefined) edge.claims.push(claim);
}

/** Edges, not kept, to all that is named with a thing and that the model holds no co-mention edge for. */
export function looseTogether(model, thing) {
  if (!(model.about.weak_comentions || model.served) || thing < model.papers) return [];
  const loose = [];
  for (const [other, row] of togetherWith(model, thing)) {
    if (model.keys.has(keyOf(TOGETHER, thing, other))) continue;
    loose.push({ i: Infinity, a: thing, b: other, type: TOGETHER, n: row.papers.length, s: 0, npmi: 0, p: 1, claims: [] });
  }
  return loose;
}

/** What an edge is known by; comparisons and co-mentions are the same both ways. */
export function keyOf(type, a, b) {
  return (type === COMPARES || type === TOGETHER) && b < a ? `${type} ${b} ${a}` : `${type} ${a} ${b}`;
}

/** Rows [entity, sentence, start, end] of the mentions in a paper. */
export function mentionsIn(model, paper) {
  const flat = model.mentionRows[paper], rows = [];
  for (let i = 0; i < flat.length; i += 4) rows.push([flat[i], flat[i + 1], flat[i + 2], flat[i + 3]]);
  return rows;
}

/** Map from each entity named in the same papers as `thing` to {papers}. */
export function togetherWith(model, thing) {
  const found = new Map();
  for (const p of model.papersOf[thing]) {
    for (const other of new Set(mentionsIn(model, p).map((row) => row[0]))) {
      if (other === thing) continue;
      if (!found.has(other)) found.set(other, { papers: [] });
      found.get(other).papers.push(p);
    }
  }
  return found;
}

/** The label with what tells it from others of the same name. */
export function fullLabel(model, i) {
  const qualifier = i >= model.papers ? model.entity.qualifier[i - model.papers] : "";
  return qualifier && qualifier !== model.label[i] ? `${model.label[i]} (${qualifier})` : model.label[i];
}

/** The label with a short form of what tells it apart, for the map. */
export function mapLabel(model, i) {
  const qualifier = i >= model.papers ? model.entity.qualifier[i - model.papers] : "";
  const label = shorten(model.label[i], 28);
  return qualifier && qualifier !== model.label[i] ? `${label} (${shorten(qualifier.replace(`${model.label[i]}: `, ""), 18)})` : label;
}

/** A thing by id, label, alias, arXiv id or DOI, in any spelling (the strongest where several share it), or -1. */
export function findThing(model, name) {
  if (!name) return -1;
  if (model.byId.has(name)) return model.byId.get(name);
  if (model.served) return model.asked.has(name) ? model.asked.get(name) : -1; // the server knows all names
  if (!model.asked.has(name)) model.asked.set(name, byName(model, name));
  return model.asked.get(name);
}

function byName(model, name) {
  const others = (i) => (i < model.papers ? [model.paper.arxiv[i], model.paper.doi[i]] : model.entity.aliases[i - model.papers]);
  for (const form of [String, fold, keyOfText]) {
    const wanted = form(name);
    for (const names of [(i) => [model.label[i]], others]) {
      let best = -1;
      for (let i = 0; i < model.total && wanted; i++) {
        if (names(i).some((n) => form(n) === wanted) && (best < 0 || model.score[i] > model.score[best])) best = i;
      }
      if (best >= 0) return best;
    }
  }
  return -1;
}

/** A claim's number as people write it ("2–4×", "up to 30%"); as the paper wrote it where it was not understood. */
export function amountOf(value) {
  const number = (x) => String(Math.round(x * 1000) / 1000);
  const range = value.low === value.high ? number(value.high) : `${number(value.low)}–${number(value.high)}`;
  const unit = { ratio: "×", percent: "%", points: " points" }[value.kind];
  if (!unit || !(value.high > 0)) return value.text;
  return (value.upTo ? "up to " : "") + range + unit;
}

/** The words of the paper that a claim rests on. */
export function quoteOf(model, claim) {
  return model.texts[claim.paper][claim.sentence].slice(claim.quote[0], claim.quote[1]);
}

/** The claim seen so that the winner stands first: {winner, loser}, or null where there is none. */
export function verdict(claim) {
  if (claim.polarity === BETTER) return { winner: claim.subject, loser: claim.object };
  if (claim.polarity === WORSE) return { winner: claim.object, loser: claim.subject };
  return null;
}

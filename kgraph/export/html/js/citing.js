// What text and citations tell together: who cites a thing's paper, when, and who compares with it without citing it.

import { COMPARES } from "./model.js";

/** The papers that introduce a thing; a paper stands for itself. */
export function origins(model, thing) {
  return thing < model.papers ? [thing] : model.entity.by[thing - model.papers];
}

/** Rows [year, number of papers] of the papers that cite what introduces a thing; year 0 is unknown and comes last. */
export function citingByYear(model, thing) {
  const from = new Set(origins(model, thing)), years = new Map();
  const citing = new Set(model.citations.filter((c) => from.has(c[1])).map((c) => c[0]));
  for (const p of citing) years.set(model.paper.year[p], (years.get(model.paper.year[p]) || 0) + 1);
  return [...years].sort((a, b) => (a[0] || 1e9) - (b[0] || 1e9));
}

/**
 * Whether a comparison's paper cites none of the papers that introduce what it compares against. Said only where its
 * citations are known at all, and where the compared thing has a paper of its own, another than this.
 */
export function comparedNotCited(model, claim) {
  if (claim.type !== COMPARES) return false;
  const from = origins(model, claim.object);
  if (!from.length || from.includes(claim.paper)) return false;
  const cited = model.citations.filter((c) => c[0] === claim.paper).map((c) => c[1]);
  return cited.length > 0 && !from.some((p) => cited.includes(p));
}

/** The papers of the collection that cite what introduces a thing and never compare against it, in order. */
export function citedNotCompared(model, thing) {
  if (thing < model.papers) return [];
  const from = new Set(origins(model, thing));
  const comparing = new Set(model.claimsOf[thing].map((i) => model.claims[i]).filter((c) => c.type === COMPARES && c.object === thing).map((c) => c.paper));
  const citing = new Set(model.citations.filter((c) => from.has(c[1])).map((c) => c[0]));
  return [...citing].filter((p) => !model.paper.outside[p] && !from.has(p) && !comparing.has(p)).sort((a, b) => a - b);
}

// Finding things by what people type: names in any spelling, titles, identifiers, authors; else the nearest names.
// A server does the same for its pages, in find.py.

import { fold, keyOfText } from "./dom.js";

const NEAREST = 5;
const NO_WORD = /[^\p{L}\p{N}]+/gu;

/** {matches: up to `limit` {thing, via}, near}: what a query names, best first; `near` where nothing does, only nearly. */
export function findMatches(model, query, limit = 12) {
  const text = bare(query), key = keyOfText(text);
  if (!key) return { matches: [], near: false };
  if (!model.names) model.names = namesOf(model);
  const words = wordsOf(text), best = new Map();
  const offer = (row, price) => {
    for (const thing of row.things) {
      const cost = price + (thing < model.papers ? 5 : 0) - strength(model, thing);
      if (!best.has(thing) || cost < best.get(thing).cost) best.set(thing, { thing, cost, via: row.name });
    }
  };
  const order = (most) => [...best.values()].sort((a, b) => a.cost - b.cost || a.thing - b.thing).slice(0, most);
  for (const row of model.names) {
    const rank = rankOf(row, text, key, words);
    if (rank >= 0) offer(row, rank * 10);
  }
  if (best.size) return { matches: order(limit), near: false };
  for (const row of model.names) {
    const far = row.by === "name" ? distance(row, key, words) : -1;
    if (far >= 0) offer(row, far * 40);
  }
  return { matches: order(NEAREST), near: best.size > 0 };
}

/** A query without what stands around an identifier. */
function bare(query) {
  return fold(query.trim().replace(/^(https?:\/\/)?(www\.)?(arxiv\.org\/(abs|pdf)\/|(dx\.)?doi\.org\/|arxiv:\s*|doi:\s*)/i, "").replace(/^(\d{4}\.\d{4,5})v\d+$/, "$1"));
}

function wordsOf(text) {
  return text.match(/[\p{L}\p{N}]+/gu) || [];
}

function strength(model, thing) {
  return Math.min(4.9, Math.log2(1 + model.score[thing]) * 0.7);
}

function namesOf(model) {
  const names = [], authors = new Map();
  const add = (things, name, by) => {
    const text = fold(name);
    names.push({ things, name, by, text, key: text.replace(NO_WORD, "") });
  };
  for (let i = 0; i < model.total; i++) {
    add([i], model.label[i], "name");
    if (i >= model.papers) {
      for (const alias of model.entity.aliases[i - model.papers]) add([i], alias, "name");
      continue;
    }
    if (model.paper.arxiv[i]) add([i], model.paper.arxiv[i], "id");
    if (model.paper.doi[i]) add([i], model.paper.doi[i], "id");
    for (const author of model.paper.authors[i]) {
      if (!authors.has(author)) authors.set(author, []);
      authors.get(author).push(i);
    }
  }
  for (const [author, papers] of authors) add(papers, author, "author");
  return names;
}

/** How a name matches: 0 as a whole, 1 its head, 2 from a word on, 3 all words somewhere, 4 within; -1 not. */
function rankOf(row, text, key, words) {
  if (row.key === key) return 0;
  if (row.key.startsWith(key)) return 1;
  if (row.by === "id") return -1;
  const at = row.text.indexOf(text);
  if (at > 0 && !/[\p{L}\p{N}]/u.test(row.text[at - 1])) return 2;
  if (words.length > 1 && words.every((w) => row.text.includes(w)) && share(words, wordsOf(row.text)) === 1) return 3;
  return row.by === "name" && row.key.includes(key) ? 4 : -1;
}

/** The share of a query, by letters, whose words begin a word of a name. */
function share(words, own) {
  return words.filter((w) => own.some((o) => o.startsWith(w))).join("").length / words.join("").length;
}

/** How far a name is from a query, 0 to 1: named in it, its letters in order, a slip of spelling, most of its words; -1 too far. */
function distance(row, key, words) {
  const found = [];
  if (key.includes(row.key) && isPart(row.key, words)) found.push((1 - row.key.length / key.length) / 2);
  if (row.key[0] === key[0] && key.length > 2 && key.length >= row.key.length * 0.4 && inOrder(key, row.key)) found.push((1 - key.length / row.key.length) / 2);
  const slips = key.length > 3 ? Math.max(1, key.length >> 2) : 0;
  if (slips && Math.abs(key.length - row.key.length) <= slips) {
    const n = edits(key, row.key);
    if (n <= slips) found.push(n / key.length);
  }
  if (words.length > 1) {
    const part = share(words, wordsOf(row.text));
    if (part >= 0.5) found.push(0.5 + (1 - part) / 2);
  }
  return found.length ? Math.min(...found) : -1;
}

/** Whether neighbouring words of a query make up a name. */
function isPart(key, words) {
  return words.some((_, i) => {
    let joined = "";
    for (let j = i; j < words.length && joined.length < key.length; j++) joined += words[j];
    return joined === key;
  });
}

function inOrder(letters, name) {
  let at = 0;
  for (const c of name) if (c === letters[at]) at++;
  return at === letters.length;
}

/** Insertions, deletions, substitutions and swaps of neighbours between two texts (optimal string alignment). */
function edits(a, b) {
  let before = [], row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}

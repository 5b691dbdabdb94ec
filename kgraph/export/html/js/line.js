// A line in words: from what to what, by how much, and how many statements it stands for.

import { count } from "./dom.js";
import { TYPE_NAMES, UNITS, COMPARES, fullLabel, verdict, amountOf } from "./model.js";

const VERBS = ["is compared with", "runs on", "builds on", "introduces", "mentions", "is named together with", "cites"];

/** What a kept edge says: {from, to, word, disputed, values}; a comparison with a winner goes from winner to loser. */
export function lineOf(model, k) {
  const { edge } = k;
  let from = edge.a, to = edge.b, word = TYPE_NAMES[edge.type].toLowerCase(), disputed = false, values = [];
  if (edge.type === COMPARES && k.claims.length) {
    const claims = k.claims.map((i) => model.claims[i]), seen = claims.map(verdict).filter(Boolean);
    if (seen.length) { from = seen[0].winner; to = seen[0].loser; word = "beats"; }
    disputed = new Set(seen.map((v) => v.winner)).size === 2;
    values = [...new Set(claims.map((c) => [c.value ? amountOf(c.value) : "", c.metric].filter(Boolean).join(" ")).filter(Boolean))];
  }
  return { from, to, word, disputed, values };
}

/** "A beats B: 2× throughput · 3 claims". */
export function lineWords(model, k) {
  const { from, to, word, disputed, values } = lineOf(model, k);
  const verb = word === "beats" ? word : VERBS[k.edge.type];
  const more = values.length > 3 ? "; …" : "";
  const said = disputed ? ": claims differ" : values.length ? `: ${values.slice(0, 3).join("; ")}${more}` : "";
  return `${fullLabel(model, from)} ${verb} ${fullLabel(model, to)}${said} · ${count(k.n, UNITS[k.edge.type])}`;
}

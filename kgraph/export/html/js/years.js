// Years side by side: each has a column of its own while there is room, then the emptiest neighbours share one.

/** Years with how much there is of each (Map year → n, 0 for unknown) as at most `most` spans {first, last, n}, oldest first, unknown last. */
export function yearSpans(counts, most) {
  const spans = [...counts.keys()].filter((y) => y).sort((a, b) => a - b).map((y) => ({ first: y, last: y, n: counts.get(y) }));
  const unknown = counts.has(0) ? [{ first: 0, last: 0, n: counts.get(0) }] : [];
  while (spans.length > Math.max(1, most - unknown.length)) {
    let at = 0;
    for (let i = 1; i < spans.length - 1; i++) if (spans[i].n + spans[i + 1].n < spans[at].n + spans[at + 1].n) at = i;
    const [a, b] = spans.slice(at, at + 2);
    spans.splice(at, 2, { first: a.first, last: b.last, n: a.n + b.n });
  }
  return [...spans, ...unknown];
}

/** "2023", "2013–2019", "year unknown". */
export function spanName({ first, last }) {
  return !first ? "year unknown" : first === last ? String(first) : `${first}–${last}`;
}

/** Share `room` whole columns among spans of these loads: one each, the rest where the load is greatest and above one. */
export function sharesOf(loads, room) {
  const shares = loads.map(() => 1);
  for (let left = room - loads.length; left > 0; left--) {
    let at = 0;
    for (let i = 1; i < loads.length; i++) if (loads[i] / shares[i] > loads[at] / shares[at]) at = i;
    if (!(loads[at] / shares[at] > 1)) break;
    shares[at] += 1;
  }
  return shares;
}

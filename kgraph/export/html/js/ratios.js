// By how much a thing beats others and is beaten, as bars: the ratios that papers claim, on a logarithmic scale.

import { h, count } from "./dom.js";
import { COMPARES, verdict, amountOf } from "./model.js";

const LEAST_BARS = 2; // with fewer numbers there is nothing to compare
const MOST_BARS = 8; // until the others are asked for

/** {rows, rest}: the ratios claimed of a thing, {other, won, low, high, claim}, the greatest first, and how many claims with a winner give none. */
export function ratiosOf(model, thing) {
  const rows = [];
  let rest = 0;
  for (const i of model.claimsOf[thing]) {
    const claim = model.claims[i], seen = claim.type === COMPARES ? verdict(claim) : null;
    if (!seen || (seen.winner !== thing && seen.loser !== thing)) continue;
    const won = seen.winner === thing, { value } = claim;
    if (!value || value.kind !== "ratio" || !(value.high > 1)) { rest += 1; continue; }
    rows.push({ other: won ? seen.loser : seen.winner, won, low: value.upTo ? 1 : Math.max(1, value.low), high: value.high, claim });
  }
  return { rows: rows.sort((a, b) => a.won - b.won || b.high - a.high || a.other - b.other), rest };
}

/** The ratios of a thing as tables with bars, those it loses and those it wins, or null where they are few; `link` makes the link to a thing. */
export function ratioChart(context, thing, link) {
  const { rows, rest } = ratiosOf(context.model, thing);
  if (rows.length < LEAST_BARS) return null;
  const most = Math.max(...rows.map((r) => r.high));
  const lost = rows.filter((r) => !r.won), won = rows.filter((r) => r.won);
  return h("details", { class: "section", open: true },
    h("summary", {}, h("h3", {}, "By how much"), h("span", { class: "tally" }, count(rows.length, "ratio"))),
    h("p", { class: "facts" }, `From 1× to ${times(most)}, logarithmic; paler from the least to the most claimed. Metrics and machines differ: no ranking.${rest ? ` ${count(rest, "claim gives", "claims give")} no ratio.` : ""}`),
    lost.length ? ratioBars(context, thing, "Beaten by", "lost", lost, most, link) : null,
    won.length ? ratioBars(context, thing, "Beats", "won", won, most, link) : null);
}

function ratioBars(context, thing, caption, look, rows, most, link) {
  const share = (x) => Math.log(x) / Math.log(most);
  const row = ({ other, low, high, claim }) => h("tr", {}, h("th", { scope: "row" }, link(other)),
    h("td", { "aria-hidden": "true" }, h("span", { class: "ratio-bar " + look, style: { "--high": share(high), "--low": share(low) / share(high) } })),
    h("td", {}, h("button", { type: "button", class: "quiet", on: { click: () => context.actions.pair(thing, other) } }, [amountOf(claim.value), claim.metric].filter(Boolean).join(" "))));
  const body = h("tbody", {}, rows.slice(0, MOST_BARS).map(row));
  const more = rows.length > MOST_BARS ? h("button", { type: "button", class: "more", on: { click: () => { body.append(...rows.slice(MOST_BARS).map(row)); more.remove(); } } }, `Show the other ${rows.length - MOST_BARS}`) : null;
  return h("div", {}, h("table", { class: "mini ratios" }, h("caption", {}, caption), body), more);
}

function times(ratio) {
  return amountOf({ kind: "ratio", low: ratio, high: ratio });
}

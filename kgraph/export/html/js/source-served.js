// Where the page's knowledge comes from where it carries only a part: the server that gave it.

import { absorb, findThing, isWhole } from "./model.js";
import { trailOf } from "./state.js";

/** {search(query): {matches, near} or a promise of it, missing(state): what a state needs, ask(needs): promise}. */
export function makeSource(model) {
  const asking = new Map();
  const get = (need) => {
    if (!asking.has(need.key)) asking.set(need.key, fetched(need.url).then((answer) => need.take(answer)).finally(() => asking.delete(need.key)));
    return asking.get(need.key);
  };
  return {
    async search(query) {
      if (!query.trim()) return { matches: [], near: false };
      const { matches, near, parcel } = await fetched("api/search?" + new URLSearchParams({ q: query }));
      absorb(model, parcel);
      return { near, matches: matches.map(([thing, via]) => ({ thing, via })) };
    },
    missing: (state) => needsOf(model, state),
    ask: (needs) => Promise.all(needs.map(get)),
  };
}

async function fetched(url) {
  const answer = await fetch(url, { headers: { accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.text()).trim() || `the server answered ${answer.status}`);
  return answer.json();
}

function needsOf(model, state) {
  const needs = [];
  const wide = state.view === "around" && state.steps > 1;
  for (const name of new Set([state.node, ...state.pair, ...state.path, ...state.pinned, ...state.hidden])) {
    const steps = wide && name === state.node ? 2 : 1;
    if (!name || known(model, name, steps)) continue;
    needs.push({ key: `${steps} ${name}`, url: "api/thing?" + new URLSearchParams({ name, steps }), take({ thing, parcel }) {
      model.asked.set(name, thing);
      if (thing < 0) return;
      absorb(model, parcel);
      if (steps > 1) model.steps.add(thing);
    } });
  }
  const trail = trailOf(state);
  if (trail && !model.trails.has(trail)) {
    needs.push({ key: trail, url: "api/path?" + trail, take({ ends, parcel }) {
      model.trails.set(trail, parcel ? parcel.steps : []);
      ends.forEach((end, i) => model.asked.set(state.path[i], end));
      if (parcel) absorb(model, parcel);
    } });
  }
  return needs;
}

function known(model, name, steps) {
  const thing = findThing(model, name);
  if (thing < 0) return model.asked.has(name);
  return isWhole(model, thing) && (steps < 2 || model.steps.has(thing));
}

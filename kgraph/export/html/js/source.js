// Where the page's knowledge comes from: itself. A page that a server shows has source-served.js in this one's place.

import { findMatches } from "./search.js";

/** {search(query): matches or a promise of them, missing(state): what a state needs, ask(needs): promise}. */
export function makeSource(model) {
  return { search: (query) => findMatches(model, query), missing: () => [], ask: async () => {} };
}

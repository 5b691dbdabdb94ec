// Where the page's knowledge comes from: itself. A page that a server shows has source-served.js in this one's place.

import { findMatches } from "./find.js";

/** {search(query): {matches, near} or a promise of it, missing(state): what a state needs, ask(needs): promise}. */
export function makeSource(model) {
  return { search: (query) => findMatches(model, query), missing: () => [], ask: async () => {} };
}

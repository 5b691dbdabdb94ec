// Parcels: parts of a graph that a server holds whole, filed where a page that carries all would have them.

/** The page's data as if it carried all: columns of full length, in which what was not given is empty. */
export function unfolded(data) {
  const { papers, total, parcel } = data.served;
  const empty = (n, value) => Array.from({ length: n }, () => (Array.isArray(value) ? [] : value));
  const full = {
    about: data.about, communities: data.communities, comention_places: data.comention_places,
    things: { id: empty(total, ""), kind: empty(total, -1), label: empty(total, ""), score: empty(total, 0) },
    papers: blank(parcel.papers, papers), entities: blank(parcel.entities, total - papers),
    texts: empty(papers, []), mentions: empty(papers, []), citations: parcel.citations,
    claims: parcel.claims.map((c) => c[1]), claimNumbers: parcel.claims.map((c) => c[0]), named: parcel.named,
  };
  full.entities.broader.fill(-1);
  file(full, parcel, papers);
  full.papers.year = parcel.years;
  return full;
}

const EMPTY = { year: 0, author_count: 0, class: 0, authors: [], aliases: [], by: [], match: [] };

function blank(columns, length) {
  return Object.fromEntries(Object.keys(columns).filter((key) => key !== "n").map((key) => {
    const value = Object.hasOwn(EMPTY, key) ? EMPTY[key] : "";
    return [key, Array.from({ length }, () => (Array.isArray(value) ? [] : value))];
  }));
}

/** File the things, mentions and sentences of a parcel in `place` = {things, papers, entities, texts, mentions}. */
export function file(place, parcel, papers) {
  for (const [part, from] of [["things", 0], ["papers", 0], ["entities", papers]]) {
    const columns = parcel[part];
    for (const key of Object.keys(columns)) {
      if (key !== "n") columns.n.forEach((n, i) => { place[part][key][n - from] = columns[key][i]; });
    }
  }
  for (const [paper, rows] of parcel.mentions) place.mentions[paper] = rows;
  for (const [paper, sentence, text] of parcel.texts) place.texts[paper][sentence] = text;
}

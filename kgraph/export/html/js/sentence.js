// A sentence with the names in it marked, and the paper it stands in.

import { h, outside } from "./dom.js";

/** The sentence as nodes, `marks` being [start, end, class] in any order; overlapping marks keep the first. */
export function marked(text, marks) {
  const parts = [];
  let at = 0;
  for (const [start, end, kind] of [...marks].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (start < at || end <= start) continue;
    if (start > at) parts.push(text.slice(at, start));
    parts.push(h("mark", { class: kind || "" }, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return h("q", { class: "sentence", dir: "auto" }, parts);
}

/** The sentence of a claim, its subject and object marked. */
export function claimSentence(model, claim) {
  const marks = [];
  for (let i = 0; i < claim.marks.length; i += 3) {
    marks.push([claim.marks[i], claim.marks[i + 1], claim.marks[i + 2] ? "object" : "subject"]);
  }
  return marked(model.texts[claim.paper][claim.sentence], marks);
}

/** Where a paper can be read: [url, words]. */
export function paperLinks(model, paper) {
  const { arxiv, doi, url } = model.paper;
  const links = [];
  if (arxiv[paper]) links.push(["https://arxiv.org/abs/" + encodeURI(arxiv[paper]), "arXiv " + arxiv[paper]]);
  if (doi[paper]) links.push(["https://doi.org/" + encodeURIComponent(doi[paper]).replace(/%2F/g, "/"), "DOI " + doi[paper]]);
  if (url[paper] && !links.some(([other]) => other === url[paper])) links.push([url[paper], "Page"]);
  if (!links.length) {
    const title = encodeURIComponent(model.label[paper].replace(/[\ud800-\udfff]/g, ""));
    links.push(["https://arxiv.org/search/?searchtype=title&query=" + title, "Look up on arXiv"]);
  }
  return links;
}

/** A line that names a paper, with its year, and links to its place in the graph and outside. */
export function paperLine(model, paper, link) {
  const year = model.paper.year[paper];
  return h("cite", { class: "paper-line" }, link(paper), year ? ` (${year}) ` : " ",
    paperLinks(model, paper).slice(0, 1).map(([url, words]) => outside(url, words)));
}

// Taking things away: pictures, tables, references. Everything is made in the page and saved by the browser.

import { h, svg } from "./dom.js";
import { KINDS, TYPES, COMPARES, fullLabel, verdict } from "./model.js";
import { matrixOf } from "./matrix.js";
import { SHAPES } from "./theme.js";
import { bounds } from "./place.js";
import { edgeStyle } from "./style.js";

/** Offer `text` (or a blob) as a file. */
export function save(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: type + ";charset=utf-8" }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** A CSV cell; one that a spreadsheet would run as a formula gets a leading apostrophe. */
export function csvCell(value) {
  let text = String(value === null || value === undefined ? "" : value);
  if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}

function csv(rows) {
  return "\ufeff" + rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

export function nodesCsv(model, shown) {
  return csv([["id", "kind", "label", "papers", "year"], ...shown.nodes.map((n) => [model.id[n], KINDS[model.kind[n]], model.label[n],
    n < model.papers ? "" : model.papersOf[n].length, n < model.papers ? model.paper.year[n] || "" : ""])]);
}

export function edgesCsv(model, shown) {
  const rows = [["type", "from", "from_label", "to", "to_label", "statements", "polarity", "metric", "value", "paper", "quote"]];
  for (const k of shown.edges) {
    const { edge } = k;
    if (!k.claims.length) rows.push([TYPES[edge.type], model.id[edge.a], model.label[edge.a], model.id[edge.b], model.label[edge.b], k.n, "", "", "", "", ""]);
    for (const i of k.claims) {
      const c = model.claims[i];
      rows.push([TYPES[c.type], model.id[c.subject], model.label[c.subject], model.id[c.object], model.label[c.object], 1,
        ["", "better", "worse", "similar", "unspecified"][c.polarity], c.metric, c.value ? c.value.text : "", model.id[c.paper], quoteOf(model, c)]);
    }
  }
  return csv(rows);
}

/** The words of the paper that a claim rests on. */
export function quoteOf(model, claim) {
  return model.texts[claim.paper][claim.sentence].slice(claim.quote[0], claim.quote[1]);
}

/** The shown papers, and those behind the shown claims, as BibTeX. */
export function bibtex(model, shown) {
  const papers = new Set(shown.nodes.filter((n) => n < model.papers));
  for (const k of shown.edges) for (const i of k.claims) papers.add(model.claims[i].paper);
  return [...papers].sort((a, b) => a - b).map((p) => {
    const fields = [["title", `{${tex(model.label[p])}}`], ["author", model.paper.authors[p].map(tex).join(" and ")],
      ["year", model.paper.year[p] || ""], ["journal", tex(model.paper.venue[p])], ["doi", tex(model.paper.doi[p])],
      ["eprint", tex(model.paper.arxiv[p])], ["archivePrefix", model.paper.arxiv[p] ? "arXiv" : ""], ["url", model.paper.url[p]]];
    const key = model.id[p].replace(/^paper\//, "").replace(/[^A-Za-z0-9:-]/g, "");
    return `@${model.paper.venue[p] ? "article" : "misc"}{${key},\n` + fields.filter((f) => f[1]).map(([k, v]) => `  ${k} = {${v}}`).join(",\n") + "\n}\n";
  }).join("\n");
}

const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "×": "$\\times$", "▲": "$\\uparrow$", "▽": "$\\downarrow$", "±": "$\\pm$" };

/** A text for LaTeX. */
export function tex(text) {
  return text.replace(/[\\{}$&#%_~^×▲▽±]/g, (c) => TEX[c]).replace(/[\u0000-\u001f\u007f]/g, " ");
}

/** The matrix as rows of texts, and its quotes as numbered notes. */
function matrixRows(model, shown) {
  const { rows: winners, columns: losers, cells } = matrixOf(model, shown, 40);
  const notes = [], numbers = new Map();
  const rows = winners.map((row) => losers.map((column) => {
    const cell = cells.get(row + " " + column);
    if (!cell) return { text: "", notes: [] };
    const marks = cell.claims.map((i) => {
      if (!numbers.has(i)) { numbers.set(i, notes.length + 1); notes.push(i); }
      return numbers.get(i);
    });
    return { text: cell.text, notes: marks };
  }));
  const names = (list) => list.map((n) => fullLabel(model, n));
  return { winners: names(winners), losers: names(losers), rows, notes };
}

export function matrixCsv(model, shown) {
  const { winners, losers, rows } = matrixRows(model, shown);
  return csv([["", ...losers], ...rows.map((row, i) => [winners[i], ...row.map((c) => c.text)])]);
}

export function matrixMarkdown(model, shown) {
  const { winners, losers, rows, notes } = matrixRows(model, shown);
  const safe = (t) => t.replace(/[\\|`*_<>[\]]/g, (c) => "\\" + c).replace(/\s+/g, " ");
  const line = (cells) => "| " + cells.join(" | ") + " |";
  return [line(["", ...losers.map(safe)]), line(["---", ...losers.map(() => "---")]),
    ...rows.map((row, i) => line([safe(winners[i]), ...row.map((c) => (c.text ? safe(c.text) + " " + c.notes.map((n) => `[^${n}]`).join("") : ""))])),
    "", ...notes.map((i, n) => `[^${n + 1}]: “${safe(quoteOf(model, model.claims[i]))}” ${safe(sourceWords(model, model.claims[i]))}`), ""].join("\n");
}

export function matrixLatex(model, shown) {
  const { winners, losers, rows, notes } = matrixRows(model, shown);
  const line = (cells) => "  " + cells.join(" & ") + " \\\\";
  return ["% needs \\usepackage{booktabs,threeparttable,graphicx}", "\\begin{table}", "\\centering\\small", "\\begin{threeparttable}",
    `\\begin{tabular}{l${"c".repeat(losers.length)}}`, "\\toprule", line(["", ...losers.map((n) => `\\rotatebox{90}{${tex(n)}}`)]), "\\midrule",
    ...rows.map((row, i) => line([tex(winners[i]), ...row.map((c) => (c.text ? tex(c.text) + `\\tnote{${c.notes.join(",")}}` : ""))])),
    "\\bottomrule", "\\end{tabular}", "\\begin{tablenotes}\\footnotesize",
    ...notes.map((i, n) => `\\item[${n + 1}] ` + "``" + tex(quoteOf(model, model.claims[i])) + "'' " + tex(sourceWords(model, model.claims[i]))),
    "\\end{tablenotes}", "\\end{threeparttable}", "\\caption{Who beats whom: the row against the column, as papers claim.}", "\\end{table}", ""].join("\n");
}

function sourceWords(model, claim) {
  const seen = verdict(claim);
  const who = seen ? `${fullLabel(model, seen.winner)} over ${fullLabel(model, seen.loser)}` : `${fullLabel(model, claim.subject)} and ${fullLabel(model, claim.object)}`;
  const year = model.paper.year[claim.paper];
  return `(${who}; ${model.label[claim.paper]}${year ? ", " + year : ""})`;
}

/** The map as it stands, as a picture on the colour of the page. */
export function savePng(map, name) {
  const { canvas } = map.net.canvas.frame;
  const copy = document.createElement("canvas");
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext("2d");
  context.fillStyle = map.colours.surface;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => save(name, blob, "image/png"), "image/png");
}

/** Everything shown on the map as SVG, with all names that are in view now. */
export function mapSvg(map) {
  const { model, shown, spots, colours } = map;
  const box = bounds(shown.nodes.map((n) => spots.get(n)));
  const view = map.net.canvas.body.view;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [box.left - 80, box.top - 60, box.right - box.left + 160, box.bottom - box.top + 120].map(Math.round).join(" "), "font-family": "system-ui, sans-serif" },
    svg("rect", { x: box.left - 80, y: box.top - 60, width: box.right - box.left + 160, height: box.bottom - box.top + 120, fill: colours.surface }));
  shown.edges.forEach((kept, i) => {
    const style = edgeStyle(model, kept, i, colours, {});
    const [x1, y1] = spots.get(style.from), [x2, y2] = spots.get(style.to);
    const colour = style.color.color, end = map.sizes.get(style.to) + 2;
    const long = Math.hypot(x2 - x1, y2 - y1) || 1, ux = (x2 - x1) / long, uy = (y2 - y1) / long;
    const tip = [x2 - ux * end, y2 - uy * end];
    root.append(svg("line", { x1, y1, x2: tip[0].toFixed(1), y2: tip[1].toFixed(1), stroke: colour, "stroke-width": style.width.toFixed(1), "stroke-opacity": style.color.opacity,
      "stroke-dasharray": style.dashes ? style.dashes.join(" ") : null }));
    if (style.arrows) root.append(svg("path", { fill: colour, d: `M${tip[0].toFixed(1)} ${tip[1].toFixed(1)}L${(tip[0] - 9 * ux - 4 * uy).toFixed(1)} ${(tip[1] - 9 * uy + 4 * ux).toFixed(1)}L${(tip[0] - 9 * ux + 4 * uy).toFixed(1)} ${(tip[1] - 9 * uy - 4 * ux).toFixed(1)}Z` }));
  });
  for (const n of shown.nodes) root.append(nodeShape(model, n, spots.get(n), map.sizes.get(n), colours));
  for (const label of map.drawnLabels) {
    root.append(svg("text", { x: ((label.x - view.translation.x) / view.scale).toFixed(1), y: ((label.y - view.translation.y) / view.scale + 4).toFixed(1), "font-size": (12 / view.scale).toFixed(1),
      "text-anchor": { left: "start", right: "end", center: "middle" }[label.align], fill: colours.text, stroke: colours.surface, "stroke-width": (3 / view.scale).toFixed(1), "paint-order": "stroke" }, label.text));
  }
  return new XMLSerializer().serializeToString(root).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}

function nodeShape(model, n, [x, y], r, colours) {
  const look = model.kind[n] === 0 ? { fill: colours.surface, stroke: colours.kinds[0], "stroke-width": 2 } : { fill: colours.kinds[model.kind[n]], stroke: colours.surface };
  const shape = SHAPES[model.kind[n]];
  if (shape === "square") return svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look });
  if (shape === "triangle") return svg("path", { d: `M${x} ${y - r}L${x + r} ${y + r * 0.8}L${x - r} ${y + r * 0.8}Z`, ...look });
  if (shape === "diamond") return svg("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, ...look });
  return svg("circle", { cx: x, cy: y, r, ...look });
}

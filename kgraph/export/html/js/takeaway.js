// Taking things away: pictures, tables, references. Everything is made in the page and saved by the browser.

import { h, svg } from "./dom.js";
import { KINDS, TYPES, fullLabel, amountOf, quoteOf } from "./model.js";
import { matrixOf } from "./matrix.js";
import { SHAPES } from "./theme.js";
import { bounds } from "./place.js";
import { namesOnMap } from "./map.js";

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
  const rows = [["type", "from", "from_label", "to", "to_label", "statements", "polarity", "metric", "value", "confidence", "paper", "quote"]];
  for (const k of shown.edges) {
    const { edge } = k;
    if (!k.claims.length) rows.push([TYPES[edge.type], model.id[edge.a], model.label[edge.a], model.id[edge.b], model.label[edge.b], k.n, "", "", "", "", "", ""]);
    for (const i of k.claims) {
      const c = model.claims[i];
      rows.push([TYPES[c.type], model.id[c.subject], model.label[c.subject], model.id[c.object], model.label[c.object], 1,
        ["", "better", "worse", "similar", "unspecified"][c.polarity], c.metric, c.value ? c.value.text : "", c.confidence, model.id[c.paper], quoteOf(model, c)]);
    }
  }
  return csv(rows);
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

const TEX = { "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "×": "$\\times$", "≤": "$\\le$", "±": "$\\pm$", "–": "--" };

/** A text for LaTeX. */
export function tex(text) {
  return text.replace(/[\\{}$&#%_~^×≤±–]/g, (c) => TEX[c]).replace(/[\u0000-\u001f\u007f]/g, " ");
}

/** The matrix as it is seen: winners in rows, losers in columns. */
export function matrixCsv(model, shown) {
  const { rows, columns, cells } = matrixOf(model, shown, 200);
  const cell = (row, column) => (cells.has(row + " " + column) ? cells.get(row + " " + column).text : "");
  return csv([["", ...columns.map((n) => fullLabel(model, n))], ...rows.map((row) => [fullLabel(model, row), ...columns.map((c) => cell(row, c))])]);
}

/** The cells of the matrix as rows of a related-work table, and their quotes as numbered notes, each once. */
function relatedWork(model, shown) {
  const { rows, columns, cells } = matrixOf(model, shown, 200);
  const notes = [], numbers = new Map(), lines = [];
  const note = (claim) => {
    const key = claim.paper + quoteOf(model, claim);
    if (!numbers.has(key)) numbers.set(key, notes.push(claim));
    return numbers.get(key);
  };
  for (const row of rows) {
    for (const column of columns) {
      const cell = cells.get(row + " " + column);
      if (!cell) continue;
      const claims = cell.claims.map((i) => model.claims[i]);
      const by = [...new Set(claims.map((c) => [c.value ? amountOf(c.value) : "", c.metric].filter(Boolean).join(" ")).filter(Boolean))];
      lines.push({ first: fullLabel(model, row), word: cell.won && cell.lost ? "beats (disputed)" : cell.won ? "beats" : "compared with",
        second: fullLabel(model, column), by: by.join("; "), notes: [...new Set(claims.map(note))] });
    }
  }
  return { lines, notes };
}

const COLUMNS = ["System", "", "Against", "By"];

export function matrixMarkdown(model, shown) {
  const { lines, notes } = relatedWork(model, shown);
  const safe = (t) => t.replace(/[\\|`*_<>[\]]/g, (c) => "\\" + c).replace(/\s+/g, " ");
  const line = (cells) => "| " + cells.join(" | ") + " |";
  return [line(COLUMNS), line(COLUMNS.map(() => "---")),
    ...lines.map((l) => line([safe(l.first), l.word, safe(l.second), safe(l.by) + l.notes.map((n) => `[^${n}]`).join("")])),
    "", ...notes.map((c, n) => `[^${n + 1}]: “${safe(quoteOf(model, c))}” ${safe(sourceWords(model, c))}`), ""].join("\n");
}

export function matrixLatex(model, shown) {
  const { lines, notes } = relatedWork(model, shown);
  const line = (cells) => "  " + cells.join(" & ") + " \\\\";
  return ["% needs \\usepackage{booktabs,threeparttable}", "\\begin{table}", "\\centering\\small", "\\begin{threeparttable}",
    "\\caption{Who beats whom, as papers claim.}", "\\begin{tabular}{llll}", "\\toprule", line(COLUMNS), "\\midrule",
    ...lines.map((l) => line([tex(l.first), l.word, tex(l.second), tex(l.by) + `\\tnote{${l.notes.join(",")}}`])),
    "\\bottomrule", "\\end{tabular}", "\\begin{tablenotes}\\footnotesize",
    ...notes.map((c, n) => `\\item[${n + 1}] ` + "``" + tex(quoteOf(model, c)) + "'' " + tex(sourceWords(model, c))),
    "\\end{tablenotes}", "\\end{threeparttable}", "\\end{table}", ""].join("\n");
}

function sourceWords(model, claim) {
  const year = model.paper.year[claim.paper];
  return `(${model.label[claim.paper]}${year ? ", " + year : ""})`;
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

/** Everything shown on the map as SVG, in view or not, with the names that have room at the zoom of now. */
export function mapSvg(map) {
  const { model, shown, spots, colours } = map, { scale } = map.net.canvas.body.view;
  const box = shown.nodes.length ? bounds(shown.nodes.map((n) => spots.get(n))) : { left: 0, right: 0, top: 0, bottom: 0 };
  if (map.decor.right) Object.assign(box, { left: 80, right: Math.max(box.right, map.decor.right) - 80 });
  const left = box.left - 80, top = box.top - 60, width = box.right - box.left + 160, height = box.bottom - box.top + 120;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [left, top, width, height].map(Math.round).join(" "), "font-family": "system-ui, sans-serif" },
    svg("rect", { x: left, y: top, width, height, fill: colours.surface }), headings(map, top, height));
  for (const style of map.edges) {
    const [x1, y1] = spots.get(style.from), [x2, y2] = spots.get(style.to);
    const colour = style.color.color, end = map.sizes.get(style.to) + 2;
    const long = Math.hypot(x2 - x1, y2 - y1) || 1, ux = (x2 - x1) / long, uy = (y2 - y1) / long;
    const tip = [x2 - ux * end, y2 - uy * end];
    root.append(svg("line", { x1, y1, x2: tip[0].toFixed(1), y2: tip[1].toFixed(1), stroke: colour, "stroke-width": style.width.toFixed(1), "stroke-opacity": style.color.opacity,
      "stroke-dasharray": style.dashes ? style.dashes.join(" ") : null }));
    if (style.arrows) root.append(svg("path", { fill: colour, d: `M${tip[0].toFixed(1)} ${tip[1].toFixed(1)}L${(tip[0] - 9 * ux - 4 * uy).toFixed(1)} ${(tip[1] - 9 * uy + 4 * ux).toFixed(1)}L${(tip[0] - 9 * ux + 4 * uy).toFixed(1)} ${(tip[1] - 9 * uy - 4 * ux).toFixed(1)}Z` }));
  }
  for (const n of shown.nodes) root.append(nodeShape(model.kind[n], map.fill(n), spots.get(n), map.sizes.get(n), colours));
  const names = namesOnMap(map, { width: width * scale, height: height * scale, most: Infinity, spot: (n) => ({ x: (spots.get(n)[0] - left) * scale, y: (spots.get(n)[1] - top) * scale }),
    context: document.createElement("canvas").getContext("2d") });
  for (const name of names) {
    root.append(svg("text", { x: (name.x / scale + left).toFixed(1), y: (name.y / scale + top + 4).toFixed(1), "font-size": (12 / scale).toFixed(1),
      "text-anchor": { left: "start", right: "end", center: "middle" }[name.align], fill: colours.text, stroke: colours.surface, "stroke-width": (3 / scale).toFixed(1), "paint-order": "stroke" },
      name.lines.length > 1 ? name.lines.map((line, i) => svg("tspan", { x: (name.x / scale + left).toFixed(1), dy: i ? "1.17em" : null }, line)) : name.lines));
  }
  return new XMLSerializer().serializeToString(root).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
}

/** The years above a chart and the families at its left, as drawHeadings sets them on the canvas. */
function headings({ decor, colours }, top, height) {
  const words = (x, y, anchor, fill, label) => svg("text", { x: Math.round(x), y: Math.round(y), class: "heading", "font-size": 13, "font-weight": 600, "text-anchor": anchor, fill }, label);
  return [
    decor.rows.map((row, i) => svg("rect", { x: 0, y: row.top, width: decor.right, height: row.bottom - row.top, fill: colours.band, "fill-opacity": i % 2 ? 0.35 : 1 })),
    decor.columns.map((column) => [svg("rect", { x: column.from, y: top, width: 1, height, fill: colours.line }), words(column.x, top + 18, "middle", colours.muted, column.label)]),
    decor.rows.map((row) => words(10, row.top + 20, "start", colours.text, row.label))];
}

function nodeShape(kind, own, [x, y], r, colours) {
  const look = kind === 0 ? { fill: colours.surface, stroke: own, "stroke-width": 2 } : { fill: own, stroke: colours.surface };
  const shape = SHAPES[kind];
  if (shape === "square") return svg("rect", { x: x - r, y: y - r, width: 2 * r, height: 2 * r, ...look });
  if (shape === "triangle") return svg("path", { d: `M${x} ${y - r}L${x + r} ${y + r * 0.8}L${x - r} ${y + r * 0.8}Z`, ...look });
  if (shape === "diamond") return svg("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, ...look });
  return svg("circle", { cx: x, cy: y, r, ...look });
}

// What stands behind and above the things: year columns, family rows, names of communities.

const IN_MOTION = 2500; // lines that are drawn while the map moves

/** Behind everything, in the coordinates of the map. */
export function drawBackdrop(context, map) {
  const { columns, rows } = map.decor;
  if (!columns.length && !rows.length) return;
  const ys = [...map.spots.values()].map((s) => s[1]);
  let top = Infinity, bottom = -Infinity;
  for (const y of ys) { if (y < top) top = y; if (y > bottom) bottom = y; }
  context.save();
  const right = map.decor.right === undefined ? 0 : map.decor.right;
  rows.forEach((row, i) => {
    context.fillStyle = map.colours.band;
    context.globalAlpha = i % 2 ? 0.35 : 1;
    context.fillRect(0, row.top, right, row.bottom - row.top);
  });
  context.globalAlpha = 1;
  columns.forEach((column, i) => {
    const next = columns[i + 1] ? columns[i + 1].from : right;
    if (!rows.length && i % 2 === 0) {
      context.fillStyle = map.colours.band;
      context.fillRect(column.from, top - 60, next - column.from, bottom - top + 120);
    }
    context.strokeStyle = map.colours.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(column.from, top - 60);
    context.lineTo(column.from, bottom + 60);
    context.stroke();
  });
  context.restore();
}

/** Edges that look alike, so that each look is one stroke: [{colour, width, dashes, ends: [[from, to], ...]}]. */
export function linesOf(edges) {
  const looks = new Map();
  for (const edge of edges) {
    const width = Math.round(edge.width), key = [edge.color.color, edge.color.opacity, width, edge.dashes].join();
    if (!looks.has(key)) looks.set(key, { colour: edge.color.color, opacity: edge.color.opacity * 0.7, width, dashes: edge.dashes, ends: [] });
    looks.get(key).ends.push([edge.from, edge.to]);
  }
  return [...looks.values()].sort((a, b) => a.opacity - b.opacity);
}

/** Draw the lines of a heavy map; while it moves, only a share of them. */
export function drawLines(context, map) {
  if (!map.lines) return;
  const share = map.moving ? Math.min(1, IN_MOTION / map.shown.edges.length) : 1;
  context.save();
  for (const { colour, opacity, width, dashes, ends } of map.lines) {
    context.strokeStyle = colour;
    context.globalAlpha = opacity;
    context.lineWidth = Math.max(0.5, width * 0.7);
    context.setLineDash(dashes && ends.length < 400 ? dashes : []);
    context.beginPath();
    for (const [from, to] of ends.slice(0, Math.ceil(ends.length * share))) {
      const a = map.spots.get(from), b = map.spots.get(to);
      context.moveTo(a[0], a[1]);
      context.lineTo(b[0], b[1]);
    }
    context.stroke();
  }
  context.restore();
}

/** Above everything, in pixels: the names of columns stick to the upper edge, those of rows to the left one. */
export function drawHeadings(context, map, { width, ratio, view }) {
  const { columns, rows, notes = [] } = map.decor;
  if (!columns.length && !rows.length && !notes.length) return;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textBaseline = "middle";
  for (const row of rows) {
    const y = (row.top + 16) * view.scale + view.translation.y;
    const x = Math.max(10, 10 * view.scale + view.translation.x);
    text(context, map, row.label, x, y, "left", "600 13px system-ui, sans-serif", map.colours.text);
  }
  for (const note of notes) {
    const x = note.x * view.scale + view.translation.x, y = note.y * view.scale + view.translation.y;
    text(context, map, note.label, x, y, "center", "600 14px system-ui, sans-serif", note.colour || map.colours.muted);
  }
  if (columns.length) {
    context.fillStyle = map.colours.surface;
    context.globalAlpha = 0.92;
    context.fillRect(0, 0, width, 28);
    context.globalAlpha = 1;
    let last = -1e9;
    for (const column of columns) {
      const x = column.x * view.scale + view.translation.x;
      if (x - last < 44) continue;
      last = x;
      text(context, map, column.label, x, 15, "center", "600 12px system-ui, sans-serif", map.colours.muted);
    }
  }
  context.restore();
}

function text(context, map, label, x, y, align, font, colour) {
  context.font = font;
  context.textAlign = align;
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = map.colours.surface;
  context.strokeText(label, x, y);
  context.fillStyle = colour;
  context.fillText(label, x, y);
}

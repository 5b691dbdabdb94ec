// Names on the map: the important ones first, none over another, more of them as one zooms in.

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const MOST_LABELS = 170;
const LINE_HEIGHT = 14; // pixels
const HUBS = 12; // so many hubs are named even over the marks of others: a map whose hubs have no name says nothing
const CLEAR = 400; // up to so many things, names keep off the things themselves; with more there would be none left

/** Draws labels in screen pixels after the network has drawn itself. */
export class Labels {
  constructor() {
    this.items = [];
    this.widths = new Map();
  }

  /** `items`: {id, text, rank (higher is drawn first), size, strong, hub, lines (it may take)}, any order. */
  set(items) {
    this.items = [...items].sort((a, b) => b.rank - a.rank || a.id - b.id);
  }

  /**
   * Draw at most `most` names on `context`; `spot(id)` gives {x, y} in pixels; `focus` ids come before all others.
   * Returns what it drew.
   */
  draw(context, { width, height, ratio, spot, colours, focus, scale, sideways, most = MOST_LABELS }) {
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const names = new Boxes(), marks = new Boxes(), drawn = [];
    if (!sideways && this.items.length <= CLEAR) for (const item of this.items) { // no name over another thing
      const at = spot(item.id), r = item.size * scale * 0.8;
      if (at) marks.add([at.x - r, at.y - r, at.x + r, at.y + r]);
    }
    const hubs = new Set(sideways ? [] : this.items.slice(0, HUBS).filter((item) => item.hub).map((item) => item.id));
    const first = this.items.filter((item) => focus.has(item.id));
    for (const item of [...first, ...this.items.filter((i) => !focus.has(i.id))]) {
      if (drawn.length >= most) break;
      const at = spot(item.id), chosen = focus.has(item.id);
      if (!at || at.x < -40 || at.y < -10 || at.x > width + 40 || at.y > height + 10) continue;
      const strong = chosen || item.strong;
      context.font = `${strong ? 600 : 400} ${strong ? 13 : 12}px ${FONT}`;
      const lines = sideways && !chosen ? this.lines(context, item.text, (item.room || sideways) * scale, strong, item.lines || 1) : [item.text];
      const wide = Math.max(...lines.map((line) => this.width(context, line, strong)));
      const places = (sideways ? [[at.x + item.size * scale + 4, at.y, "left"]] : around(at, item.size * scale)).map((place) => boxed(place, wide, lines.length));
      const free = ({ box }) => names.free(box) && (sideways || (box[0] >= -6 && box[2] <= width + 6));
      const place = places.find((p) => free(p) && marks.free(p.box)) || (chosen || hubs.has(item.id) ? places.find(free) : null) || (chosen ? places[0] : null);
      if (!place) continue;
      const { x, y, align, box } = place;
      names.add(box);
      context.textAlign = align;
      context.strokeStyle = colours.surface;
      context.lineWidth = 3.5;
      context.globalAlpha = item.faint && !chosen ? 0.35 : 1;
      context.fillStyle = item.colour || colours.text;
      const first = y - (lines.length - 1) * LINE_HEIGHT / 2;
      lines.forEach((line, i) => context.strokeText(line, x, first + i * LINE_HEIGHT));
      lines.forEach((line, i) => context.fillText(line, x, first + i * LINE_HEIGHT));
      drawn.push({ id: item.id, lines, x, y: first, align, strong, box });
    }
    context.restore();
    return drawn;
  }

  /** The text in at most `most` lines of `room` pixels, the last of them cut. */
  lines(context, text, room, strong, most) {
    const words = text.split(" ");
    let n = 0;
    while (most > 1 && n < words.length && this.width(context, words.slice(0, n + 1).join(" "), strong) <= room) n++;
    const rest = words.slice(n).join(" ");
    return n && rest ? [words.slice(0, n).join(" "), ...this.lines(context, rest, room, strong, most - 1)] : [this.cut(context, text, room, strong)];
  }

  /** The text, cut to `room` pixels. */
  cut(context, text, room, strong) {
    if (this.width(context, text, strong) <= room) return text;
    const short = (letters) => text.slice(0, letters).trimEnd() + "…";
    let fits = 1, least = text.length; // letters that fit, letters that don't
    while (least - fits > 1) {
      const middle = (fits + least) >> 1;
      if (this.width(context, short(middle), strong) <= room) fits = middle; else least = middle;
    }
    return short(fits);
  }

  width(context, text, strong) {
    const key = (strong ? "!" : ".") + text;
    if (!this.widths.has(key)) this.widths.set(key, context.measureText(text).width);
    return this.widths.get(key);
  }
}

/** Where a name may stand beside a mark of radius `r`, best first: [x, y, align]. */
function around({ x, y }, r) {
  const gap = r + 4, slant = r * 0.7 + 4;
  return [[x, y + gap + 6, "center"], [x + gap, y, "left"], [x, y - gap - 6, "center"], [x - gap, y, "right"],
    [x + slant, y + slant + 4, "left"], [x + slant, y - slant - 4, "left"], [x - slant, y + slant + 4, "right"], [x - slant, y - slant - 4, "right"]];
}

function boxed([x, y, align], wide, lines) {
  const left = align === "left" ? x : align === "right" ? x - wide : x - wide / 2, half = lines * LINE_HEIGHT / 2;
  return { x, y, align, box: [left - 3, y - half, left + wide + 3, y + half] };
}

/** Boxes on a grid, so that asking whether a place is free is quick. */
class Boxes {
  constructor() { this.cells = new Map(); }

  keys([left, top, right, bottom]) {
    const keys = [];
    for (let x = Math.floor(left / 80); x <= Math.floor(right / 80); x++) {
      for (let y = Math.floor(top / 24); y <= Math.floor(bottom / 24); y++) keys.push(x * 4096 + y);
    }
    return keys;
  }

  free(box) {
    return this.keys(box).every((key) => (this.cells.get(key) || [])
      .every((b) => box[2] <= b[0] || b[2] <= box[0] || box[3] <= b[1] || b[3] <= box[1]));
  }

  add(box) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
    }
  }
}

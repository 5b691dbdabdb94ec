// The hardware view: products in rows under their families, what ran on them in columns by year.

import { RUNS } from "./model.js";
import { yearSpans, spanName, sharesOf } from "./years.js";

const MARK = 20, SLOT = 118, LINE = 22; // pixels; a slot holds a name
export const MOST_COLUMNS = 5; // of years, here and in the table beside
const OTHERS = "Other hardware";

/** The name of the highest thing above a piece of hardware; of its maker, where it stands alone. */
export function familyOf(model, thing) {
  let top = thing;
  for (let i = 0; i < 12; i++) {
    const above = model.entity.broader[top - model.papers];
    if (above === undefined || above < 0) break;
    top = above;
  }
  if (top !== thing || model.entity.class[thing - model.papers]) return model.label[top];
  return model.entity.maker[thing - model.papers] || OTHERS;
}

/** Return the families of the shown hardware, busiest first: [{name, rows: [{thing, n}]}]; lone things share one. */
export function families(model, shown) {
  const load = new Map();
  for (const k of shown.edges) if (k.edge.type === RUNS) load.set(k.edge.b, (load.get(k.edge.b) || 0) + k.n);
  const groups = new Map();
  const add = (name, row) => {
    if (!groups.has(name)) groups.set(name, { name, rows: [], n: 0 });
    groups.get(name).rows.push(row);
    groups.get(name).n += row.n;
  };
  for (const thing of shown.nodes) if (model.kind[thing] === 2) add(familyOf(model, thing), { thing, n: load.get(thing) || 0 });
  for (const group of [...groups.values()]) {
    if (group.rows.length > 1 || group.name === OTHERS || group.n > 5) continue;
    groups.delete(group.name);
    add(OTHERS, group.rows[0]);
  }
  return [...groups.values()]
    .sort((x, y) => (x.name === OTHERS) - (y.name === OTHERS) || y.n - x.n || (x.name < y.name ? -1 : 1))
    .map((g) => ({ ...g, rows: g.rows.sort((x, y) => y.n - x.n || x.thing - y.thing) }));
}

/** The year in which a thing is said to run on a piece of hardware: of the first paper that says so; 0 if unknown. */
export function yearOf(model, kept) {
  const years = kept.claims.map((i) => model.paper.year[model.claims[i].paper]).filter((y) => y > 0);
  return years.length ? Math.min(...years) : 0;
}

/** How many of the shown claims of running on are of which year (0: unknown). */
export function claimYears(model, shown) {
  const counts = new Map();
  for (const k of shown.edges) {
    if (k.edge.type !== RUNS) continue;
    for (const i of k.claims) {
      const year = model.paper.year[model.claims[i].paper] || 0;
      counts.set(year, (counts.get(year) || 0) + 1);
    }
  }
  return counts;
}

/** `room` is {width, height} in pixels: the chart is as wide, so that its names stand at their size. */
export function hardwarePlaces(model, shown, room) {
  const spots = new Map(), rooms = new Map(), rows = [];
  const groups = families(model, shown);
  const homes = homeOf(model, shown, groups);
  const left = Math.max(104, Math.min(140, room.width * 0.2));
  const { columns, columnOf, slot } = yearColumns(claimYears(model, shown), homes, left, room.width);
  const inRow = new Map();
  for (const [thing, home] of homes) {
    if (!inRow.has(home.hardware)) inRow.set(home.hardware, new Map());
    const cells = inRow.get(home.hardware), column = columnOf(home.year);
    if (!cells.has(column)) cells.set(column, []);
    cells.get(column).push(thing);
  }
  let y = 0;
  const grid = (list, x, across) => list.forEach((n, i) => {
    spots.set(n, [x + 12 + (i % across) * slot, y + LINE / 2 + Math.floor(i / across) * LINE]);
  });
  for (const group of groups) {
    const top = y;
    y += 30;
    for (const { thing } of group.rows) {
      const cells = inRow.get(thing) || new Map();
      const high = Math.max(1, ...[...cells].map(([column, list]) => Math.ceil(list.length / column.slots)));
      spots.set(thing, [MARK, y + LINE / 2]);
      rooms.set(thing, left - MARK - 16);
      for (const [column, list] of cells) grid(list.sort((p, q) => model.score[q] - model.score[p] || p - q), column.from, column.slots);
      y += high * LINE + 4;
    }
    y += 6;
    rows.push({ top, bottom: y, label: group.name });
  }
  const spare = shown.nodes.filter((n) => !spots.has(n)), across = Math.max(1, Math.floor((room.width - left) / slot));
  if (spare.length) {
    const top = y;
    y += 30;
    grid(spare, left, across);
    y += Math.ceil(spare.length / across) * LINE + 6;
    rows.push({ top, bottom: y, label: "Linked otherwise" });
  }
  return { spots, decor: { columns, rows, notes: [], right: room.width, sideways: slot - 30, rooms, quietEdges: true, told: RUNS, small: true }, fit: "width" };
}

/** Columns of years over the room beside the hardware, as many names wide as they need to be and it holds. */
function yearColumns(counts, homes, left, width) {
  const all = Math.max(2, Math.floor((width - left) / SLOT));
  const spans = yearSpans(counts, Math.min(MOST_COLUMNS, all));
  const crowd = spans.map(({ first, last }) => {
    const cells = new Map();
    for (const { hardware, year } of homes.values()) if (year >= first && year <= last) cells.set(hardware, (cells.get(hardware) || 0) + 1);
    return Math.max(0, ...cells.values());
  });
  const slots = sharesOf(crowd, all), used = slots.reduce((sum, n) => sum + n, 0);
  const slot = (width - left) / Math.max(1, used);
  let x = left;
  const columns = spans.map((span, i) => {
    const column = { ...span, from: x, slots: slots[i], x: x + slots[i] * slot / 2, label: spanName(span) };
    x += slots[i] * slot;
    return column;
  });
  return { columns, slot, columnOf: (year) => columns.find((c) => year >= c.first && year <= c.last) };
}

/** For each thing that runs on something: the piece of hardware in whose row it stands, and the year. */
function homeOf(model, shown, groups) {
  const rank = new Map();
  groups.flatMap((g) => g.rows).forEach(({ thing }, i) => rank.set(thing, i));
  const homes = new Map();
  for (const k of shown.edges) {
    const { a, b } = k.edge;
    if (k.edge.type !== RUNS || model.kind[a] === 2 || !rank.has(b)) continue;
    const general = model.entity.class[b - model.papers];
    const before = homes.get(a);
    if (!before || general < before.general || (general === before.general && rank.get(b) < rank.get(before.hardware))) {
      homes.set(a, { hardware: b, general, year: yearOf(model, k) });
    }
  }
  return homes;
}

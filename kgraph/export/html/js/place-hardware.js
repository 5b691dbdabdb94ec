// The hardware view: products in rows under their families, what ran on them in columns by year.

import { RUNS } from "./model.js";

const LEFT_EDGE = 210, SLOT = 122, LINE = 27, MOST_COLUMNS = 5;
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

export function hardwarePlaces(model, shown) {
  const spots = new Map(), rooms = new Map(), rows = [];
  const groups = families(model, shown);
  const homes = homeOf(model, shown, groups);
  const { columns, columnOf, right } = yearColumns(homes);
  const inRow = new Map();
  for (const [thing, home] of homes) {
    if (!inRow.has(home.hardware)) inRow.set(home.hardware, new Map());
    const cells = inRow.get(home.hardware), column = columnOf(home.year);
    if (!cells.has(column)) cells.set(column, []);
    cells.get(column).push(thing);
  }
  let y = 0;
  for (const group of groups) {
    const top = y;
    y += 30;
    for (const { thing } of group.rows) {
      const cells = inRow.get(thing) || new Map();
      const high = Math.max(1, ...[...cells].map(([column, list]) => Math.ceil(list.length / column.slots)));
      spots.set(thing, [10, y + LINE / 2]);
      rooms.set(thing, LEFT_EDGE - 40);
      for (const [column, list] of cells) {
        list.sort((p, q) => model.score[q] - model.score[p] || p - q).forEach((other, i) => {
          spots.set(other, [column.from + 14 + (i % column.slots) * SLOT, y + LINE / 2 + Math.floor(i / column.slots) * LINE]);
        });
      }
      y += high * LINE + 2;
    }
    y += 6;
    rows.push({ top, bottom: y, label: group.name });
  }
  let spare = 0;
  for (const n of shown.nodes) if (!spots.has(n)) spots.set(n, [right + 60 + (spare % 2) * SLOT, (spare++ >> 1) * LINE + 40]);
  return { spots, decor: { columns, rows, notes: [], right, sideways: SLOT - 24, rooms, quietEdges: true, small: true }, fit: "width" };
}

/** Columns by year, as wide as they need to be; the earliest share one where there are many. */
function yearColumns(homes) {
  const cells = new Map();
  for (const { hardware, year } of homes.values()) cells.set(year + " " + hardware, (cells.get(year + " " + hardware) || 0) + 1);
  const years = [...new Set([...homes.values()].map((home) => home.year))].filter((y) => y).sort((x, y) => x - y);
  const first = years.length > MOST_COLUMNS ? years[years.length - MOST_COLUMNS + 1] : years[0];
  const groups = years.length > MOST_COLUMNS ? [years.filter((y) => y < first)] : [];
  for (const y of years) if (y >= first) groups.push([y]);
  if ([...homes.values()].some((home) => !home.year)) groups.push([0]);
  const columns = [], byYear = new Map();
  let x = LEFT_EDGE;
  for (const group of groups) {
    const crowd = Math.max(0, ...[...cells].filter(([key]) => group.includes(Number(key.split(" ")[0]))).map((c) => c[1]));
    const slots = crowd > 3 ? 2 : 1;
    const column = { from: x, slots, x: x + slots * SLOT / 2, label: !group[0] ? "year unknown" : group.length > 1 ? `to ${group[group.length - 1]}` : String(group[0]) };
    for (const y of group) byYear.set(y, column);
    columns.push(column);
    x += slots * SLOT + 14;
  }
  return { columns, columnOf: (year) => byYear.get(year), right: x };
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

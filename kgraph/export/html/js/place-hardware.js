// The hardware view: products in rows under their families, what ran on them in columns by year.

import { RUNS } from "./model.js";

const LEFT_EDGE = 230, COLUMN = 250, LINE = 30;

/** The highest thing above a piece of hardware, or -1 - (a number for its maker) where it stands alone. */
export function familyOf(model, thing) {
  let top = thing;
  for (let i = 0; i < 12; i++) {
    const above = model.entity.broader[top - model.papers];
    if (above === undefined || above < 0) break;
    top = above;
  }
  if (top !== thing || model.entity.class[thing - model.papers]) return { name: model.label[top], top };
  return { name: model.entity.maker[thing - model.papers] || "Other hardware", top: -1 };
}

/** Return the families of the shown hardware, busiest first: [{name, rows: [{thing, n}]}]. */
export function families(model, shown) {
  const load = new Map();
  for (const k of shown.edges) if (k.edge.type === RUNS) load.set(k.edge.b, (load.get(k.edge.b) || 0) + k.n);
  const groups = new Map();
  for (const thing of shown.nodes) {
    if (model.kind[thing] !== 2) continue;
    const { name } = familyOf(model, thing);
    if (!groups.has(name)) groups.set(name, { name, rows: [], n: 0 });
    const n = load.get(thing) || 0;
    groups.get(name).rows.push({ thing, n });
    groups.get(name).n += n;
  }
  const byLoad = (x, y) => y.n - x.n || (x.name < y.name ? -1 : 1);
  return [...groups.values()].sort((x, y) => (x.name === "Other hardware") - (y.name === "Other hardware") || byLoad(x, y))
    .map((g) => ({ ...g, rows: g.rows.sort((x, y) => y.n - x.n || x.thing - y.thing) }));
}

/** The year in which a thing is said to run on a piece of hardware: of the first paper that says so; 0 if unknown. */
export function yearOf(model, kept) {
  const years = kept.claims.map((i) => model.paper.year[model.claims[i].paper]).filter((y) => y > 0);
  return years.length ? Math.min(...years) : 0;
}

export function hardwarePlaces(model, shown) {
  const spots = new Map(), decor = { columns: [], rows: [], notes: [] };
  const groups = families(model, shown);
  const homes = homeOf(model, shown, groups);
  const years = [...new Set([...homes.values()].map((home) => home.year))].sort((x, y) => (x || 1e9) - (y || 1e9));
  const column = new Map(years.map((year, i) => [year, LEFT_EDGE + i * COLUMN]));
  years.forEach((year) => decor.columns.push({ x: column.get(year) + COLUMN / 2 - 20, label: year ? String(year) : "year unknown", from: column.get(year) - 20 }));
  const inRow = new Map();
  for (const [thing, home] of homes) {
    if (!inRow.has(home.hardware)) inRow.set(home.hardware, new Map());
    const cells = inRow.get(home.hardware);
    if (!cells.has(home.year)) cells.set(home.year, []);
    cells.get(home.year).push(thing);
  }
  let y = 0;
  for (const group of groups) {
    const top = y;
    y += 34;
    for (const { thing } of group.rows) {
      const cells = inRow.get(thing) || new Map();
      const high = Math.max(1, ...[...cells.values()].map((list) => Math.ceil(list.length / 2)));
      spots.set(thing, [30, y + LINE / 2]);
      for (const [year, list] of cells) {
        list.sort((p, q) => model.score[q] - model.score[p] || p - q).forEach((other, i) => {
          spots.set(other, [column.get(year) + (i % 2) * (COLUMN / 2 - 8), y + LINE / 2 + (i >> 1) * LINE]);
        });
      }
      y += high * LINE + 8;
    }
    decor.rows.push({ top, bottom: y, label: group.name });
    y += 10;
  }
  const right = LEFT_EDGE + years.length * COLUMN;
  let spare = 0;
  for (const n of shown.nodes) if (!spots.has(n)) spots.set(n, [right + 60 + (spare % 2) * 130, (spare++ >> 1) * LINE]);
  return { spots, decor: { ...decor, left: -20, right, sideways: true }, fit: "width" };
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
    const better = !homes.has(a) || general - homes.get(a).general < 0
      || (general === homes.get(a).general && rank.get(b) < rank.get(homes.get(a).hardware));
    if (better) homes.set(a, { hardware: b, general, year: yearOf(model, k) });
  }
  return homes;
}

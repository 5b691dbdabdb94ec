// Putting the parts of a network side by side: each connected part keeps its shape and moves to a free place.

/** The connected parts of `nodes` under `pairs`, each a list of nodes, in the order of `nodes`. */
export function partsOf(nodes, pairs) {
  const near = new Map(nodes.map((n) => [n, []]));
  for (const [a, b] of pairs) {
    near.get(a).push(b);
    near.get(b).push(a);
  }
  const seen = new Set(), parts = [];
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    const part = [start];
    for (let i = 0; i < part.length; i++) {
      for (const other of near.get(part[i])) {
        if (!seen.has(other)) { seen.add(other); part.push(other); }
      }
    }
    parts.push(part);
  }
  return parts;
}

/** Move nodes that stand too close apart, a few rounds; `gap(n)` is half the room a node wants. Changes `spots`. */
export function spread(nodes, spots, gap, rounds = 12) {
  if (nodes.length > 1500) return;
  for (let round = 0; round < rounds; round++) {
    const order = [...nodes].sort((a, b) => spots.get(a)[0] - spots.get(b)[0] || a - b);
    let moved = false;
    for (let i = 0; i < order.length; i++) {
      const a = spots.get(order[i]);
      for (let j = i + 1; j < order.length; j++) {
        const b = spots.get(order[j]);
        const want = gap(order[i]) + gap(order[j]);
        let dx = b[0] - a[0];
        if (dx > 130) break;
        let dy = b[1] - a[1];
        const far = Math.hypot(dx, dy * 1.6);
        if (far >= want) continue;
        if (far < 0.01) { dx = Math.cos(i + j); dy = Math.sin(i + j); }
        const push = (want - far) / 2 / Math.max(far, 1) * 0.8;
        a[0] -= dx * push; a[1] -= dy * push; b[0] += dx * push; b[1] += dy * push;
        moved = true;
      }
    }
    if (!moved) return;
  }
}

/**
 * Pack `parts` (lists of nodes, most important first) around the origin into a shape `aspect` times as wide as high.
 * Each part covers cells of `cell` units under its nodes and edges. Changes `spots`.
 */
export function pack(parts, pairs, spots, aspect, cell = 42) {
  const taken = new Set(), home = new Map();
  parts.forEach((part, i) => { for (const n of part) home.set(n, i); });
  const lines = parts.map(() => []);
  for (const pair of pairs) lines[home.get(pair[0])].push(pair);
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  const reach = 10 + Math.ceil(Math.sqrt(total * 24));
  const spiral = spiralCells(reach, aspect);
  parts.forEach((part, i) => {
    const { own, wide } = covered(part, lines[i], spots, cell);
    for (const [x, y] of spiral) {
      const shift = x * 65536 + y;
      if (wide.some((c) => taken.has(c + shift))) continue;
      for (const c of own) taken.add(c + shift);
      for (const n of part) { const s = spots.get(n); s[0] += x * cell; s[1] += y * cell; }
      return;
    }
  });
}

function spiralCells(reach, aspect) {
  const cells = [];
  for (let x = -Math.ceil(reach * aspect); x <= reach * aspect; x++) {
    for (let y = -reach; y <= reach; y++) cells.push([x, y, (x / aspect) ** 4 + y ** 4]); // rounder than a box, fuller than an ellipse
  }
  return cells.sort((p, q) => p[2] - q[2] || p[0] - q[0] || p[1] - q[1]);
}

function covered(part, lines, spots, cell) {
  const cells = new Set(), wide = new Set();
  const add = (x, y) => cells.add(Math.round(x / cell) * 65536 + Math.round(y / cell));
  for (const n of part) {
    const [x, y] = spots.get(n);
    add(x, y); add(x + cell, y + cell * 0.5); add(x - cell, y + cell * 0.5); // room for the label below
  }
  for (const [a, b] of lines) {
    const [x, y] = spots.get(a), [u, v] = spots.get(b);
    const steps = Math.ceil(Math.max(Math.abs(u - x), Math.abs(v - y)) / cell) + 1;
    for (let i = 0; i <= steps; i++) add(x + (u - x) * i / steps, y + (v - y) * i / steps);
  }
  for (const c of cells) for (const dx of [-1, 0, 1]) for (const dy of [-1, 0, 1]) wide.add(c + dx * 65536 + dy);
  return { own: [...cells], wide: [...wide] };
}

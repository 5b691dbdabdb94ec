// What of the graph a state shows: pure functions from model and state to nodes and edges.

import { CLAIM_TYPES, COMPARES, TOGETHER, RUNS, MENTIONS, INTRODUCES, CITES, verdict, findThing, complete, looseTogether, keyOf } from "./model.js";
import { trailOf } from "./state.js";

/**
 * Return {nodes, edges, total, left}: the things and edges to draw, each edge {edge, n, claims} with the claims that
 * pass the filters; `total` counts what passes the filters, before the strongest are taken.
 */
export function select(model, state) {
  const focus = findThing(model, state.node);
  const hidden = new Set(state.hidden.map((id) => model.byId.get(id)));
  const passes = (i) => state.kinds.has(model.kind[i]) && !hidden.has(i);
  let edges = [];
  const candidates = state.view === "around" ? edgesNear(model, state, focus, passes)
    : state.view === "path" ? [] : model.edges.slice(0, model.overview);
  for (const edge of candidates) {
    if (!state.types.has(edge.type)) continue;
    if (!(passes(edge.a) || edge.a === focus) || !(passes(edge.b) || edge.b === focus)) continue;
    const kept = narrow(model, state, edge);
    if (kept) edges.push(kept);
  }
  if (state.view === "path") edges = pathEdges(model, state);
  const all = new Set(edges.flatMap((k) => [k.edge.a, k.edge.b]));
  const lone = state.view === "papers" && passesAny(state) ? lonePapers(model, state, all, hidden) : [];
  const total = { nodes: all.size + lone.length, lines: edges.length };
  const nodes = state.view === "path" ? all : state.view === "papers" && passesAny(state)
    ? chronicle(model, state, edges, lone) : strongest(model, state, edges, lone, focus);
  for (const id of state.pinned) if (model.byId.has(id)) nodes.add(model.byId.get(id));
  if (focus >= 0 && state.view === "around") nodes.add(focus);
  const shown = edges.filter((k) => nodes.has(k.edge.a) && nodes.has(k.edge.b));
  return { nodes: [...nodes].sort((a, b) => a - b), edges: shown, total, focus };
}

function passesAny(state) {
  return state.kinds.has(0);
}

/** The edge with only those claims and papers that pass the year, confidence and weight filters, or null. */
function narrow(model, state, edge) {
  const yearly = state.from || state.to;
  let claims = edge.claims, n = edge.n;
  if (claims.length && (yearly || state.sure > 0)) {
    claims = claims.filter((i) => inYears(model, state, model.claims[i].paper) && model.claims[i].confidence >= state.sure);
    n = claims.length;
  } else if (yearly && edge.type === TOGETHER) {
    n = commonPapers(model, edge.a, edge.b).filter((p) => inYears(model, state, p)).length;
  } else if (yearly && (edge.type === MENTIONS || edge.type === CITES)) {
    n = inYears(model, state, edge.a) ? n : 0;
  }
  if (edge.type === TOGETHER && state.view === "together" && edge.p > chanceOf(model, state)) return null;
  return n >= state.min && n > 0 ? { edge, n, claims } : null;
}

/** Whether a paper's year passes; unknown years pass only while the range is open on both sides. */
export function inYears(model, state, paper) {
  if (!state.from && !state.to) return true;
  const year = model.paper.year[paper];
  return year > 0 && year >= (state.from || 0) && year <= (state.to || 9999);
}

/** The papers that name both things, ascending. */
export function commonPapers(model, a, b) {
  const other = new Set(model.papersOf[b]);
  return model.papersOf[a].filter((p) => other.has(p));
}

/** The threshold of the backbone: as chosen, or so that about 260 co-mentions pass. */
export function chanceOf(model, state) {
  if (state.chance >= 0) return state.chance;
  if (model.defaultChance === undefined) {
    const all = model.edges.filter((e) => e.type === TOGETHER).map((e) => e.p).sort((x, y) => x - y);
    const at = all.length ? all[Math.min(260, all.length) - 1] : 1;
    model.defaultChance = Math.min(1, Math.max(0.01, Math.round(at * 100) / 100));
  }
  return model.defaultChance;
}

/** Take the strongest things with their neighbours, until there are enough; none is taken without an edge. */
function strongest(model, state, edges, lone, focus) {
  const near = new Map(), weight = new Map();
  for (const { edge, n } of edges) {
    for (const [end, other] of [[edge.a, edge.b], [edge.b, edge.a]]) {
      weight.set(end, (weight.get(end) || 0) + n);
      if (!near.has(end)) near.set(end, []);
      near.get(end).push(other);
    }
  }
  const rank = (x, y) => weight.get(y) - weight.get(x) || model.score[y] - model.score[x] || x - y;
  const limit = state.top, chosen = new Set();
  if (focus >= 0 && near.has(focus)) {
    chosen.add(focus);
    const tie = new Map(); // claims about the thing in the middle come before mere mentions of it
    for (const { edge } of edges) {
      const other = edge.a === focus ? edge.b : edge.b === focus ? edge.a : -1;
      if (other >= 0) tie.set(other, Math.min(edge.type, tie.has(other) ? tie.get(other) : 9));
    }
    for (const other of [...tie.keys()].sort((x, y) => tie.get(x) - tie.get(y) || rank(x, y))) if (chosen.size < limit) chosen.add(other);
  }
  const order = [...weight.keys()].sort(rank);
  for (const share of [9, Infinity]) { // no hub takes all the room with its neighbours while others have none
    for (const thing of order) {
      if (chosen.size >= limit) break;
      chosen.add(thing);
      for (const other of [...near.get(thing)].sort(rank).slice(0, share)) if (chosen.size < limit) chosen.add(other);
    }
  }
  for (const paper of lone) if (chosen.size < state.top) chosen.add(paper);
  return chosen;
}

/** For the papers view: the papers with most to say, what they introduce, and what several of them are linked to. */
function chronicle(model, state, edges, lone) {
  const said = new Map(lone.map((p) => [p, model.score[p]]));
  for (const { edge } of edges) for (const end of [edge.a, edge.b]) if (end < model.papers) said.set(end, model.score[end]);
  const papers = [...said.keys()].sort((x, y) => said.get(y) - said.get(x) || x - y).slice(0, Math.ceil(state.top * 0.55));
  const chosen = new Set(papers), links = new Map();
  for (const { edge } of edges) if (edge.type === INTRODUCES && chosen.has(edge.a) && chosen.size < state.top) chosen.add(edge.b);
  for (const { edge } of edges) {
    for (const [n, m] of [[edge.a, edge.b], [edge.b, edge.a]]) if (!chosen.has(n) && chosen.has(m)) links.set(n, (links.get(n) || 0) + 1);
  }
  const rest = [...links].filter(([, n]) => n > 1).sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, 40);
  for (const [n] of rest) if (chosen.size < state.top) chosen.add(n);
  return chosen;
}

function lonePapers(model, state, all, hidden) {
  const rest = [];
  for (let p = 0; p < model.papers; p++) {
    if (!all.has(p) && !hidden.has(p) && model.drawn.has(p) && inYears(model, state, p)) rest.push(p);
  }
  return rest.sort((x, y) => model.score[y] - model.score[x] || x - y);
}

/** Edges within `state.steps` of the focus. */
function edgesNear(model, state, focus, passes) {
  if (focus < 0) return [];
  const loose = state.types.has(TOGETHER) ? looseTogether(model, focus) : [];
  const level = new Map([[focus, 0]]);
  let rim = [focus];
  for (let step = 1; step <= state.steps; step++) {
    const next = [];
    for (const thing of rim) {
      complete(model, thing);
      for (const edge of [...model.edgesOf[thing].map((i) => model.edges[i]), ...(step === 1 ? loose : [])]) {
        const other = edge.a === thing ? edge.b : edge.a;
        if (!state.types.has(edge.type) || !passes(other) || level.has(other) || !narrow(model, state, edge)) continue;
        level.set(other, step);
        next.push(other);
      }
    }
    rim = next;
  }
  const found = new Set();
  for (const thing of level.keys()) {
    for (const i of model.edgesOf[thing]) {
      if (level.has(model.edges[i].a) && level.has(model.edges[i].b)) found.add(i);
    }
  }
  return [...[...found].sort((x, y) => x - y).map((i) => model.edges[i]), ...loose];
}

// How dear a step over an edge is: claims say more than being named together.
const COST = { [COMPARES]: 1, [RUNS]: 1.2, 2: 1, [INTRODUCES]: 1.1, [MENTIONS]: 1.6, [TOGETHER]: 2.2, [CITES]: 1.1 };

/** The cheapest path between two things (Dijkstra 1959) as a list of edges, or null where none is; over things that pass and edges that may be walked. */
export function shortestPath(model, from, to, passes = () => true, walks = () => true) {
  const cost = new Map([[from, 0]]), by = new Map(), done = new Set();
  const heap = [[0, from]];
  while (heap.length) {
    const [, thing] = popLeast(heap);
    if (done.has(thing)) continue;
    if (thing === to) break;
    done.add(thing);
    complete(model, thing);
    for (const i of model.edgesOf[thing]) {
      const edge = model.edges[i], other = edge.a === thing ? edge.b : edge.a;
      if ((!passes(other) && other !== to) || !walks(edge)) continue;
      const price = cost.get(thing) + COST[edge.type];
      if (price < (cost.has(other) ? cost.get(other) : Infinity)) {
        cost.set(other, price);
        by.set(other, edge);
        pushHeap(heap, [price, other]);
      }
    }
  }
  if (!by.has(to)) return null;
  const steps = [];
  for (let at = to; at !== from;) {
    const edge = by.get(at);
    steps.unshift(edge);
    at = edge.a === at ? edge.b : edge.a;
  }
  return steps;
}

function pushHeap(heap, item) {
  let i = heap.push(item) - 1;
  while (i > 0) {
    const up = (i - 1) >> 1;
    if (heap[up][0] <= heap[i][0]) break;
    [heap[up], heap[i]] = [heap[i], heap[up]];
    i = up;
  }
}

function popLeast(heap) {
  const least = heap[0], last = heap.pop();
  if (heap.length) {
    heap[0] = last;
    for (let i = 0; ;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1][0] < heap[child][0]) child++;
      if (heap[i][0] <= heap[child][0]) break;
      [heap[i], heap[child]] = [heap[child], heap[i]];
      i = child;
    }
  }
  return least;
}

function pathEdges(model, state) {
  const [from, to] = state.path.map((id) => findThing(model, id));
  if (!(from >= 0 && to >= 0)) return [];
  if (model.served) return (model.trails.get(trailOf(state)) || []).map(([type, a, b]) => {
    complete(model, a);
    complete(model, b);
    const edge = model.keys.get(keyOf(type, a, b));
    return narrow(model, state, edge) || { edge, n: edge.n, claims: edge.claims };
  });
  const hidden = new Set(state.hidden.map((id) => model.byId.get(id)));
  const steps = shortestPath(model, from, to, (i) => state.kinds.has(model.kind[i]) && !hidden.has(i),
    (edge) => state.types.has(edge.type) && narrow(model, state, edge)) || [];
  return steps.map((edge) => narrow(model, state, edge));
}

/** What the comparisons behind an edge say: "better" (a wins), "worse", "similar", "open" or "disputed". */
export function polarityOf(model, kept) {
  let a = 0, b = 0, even = 0;
  for (const i of kept.claims) {
    const seen = verdict(model.claims[i]);
    if (!seen) even += model.claims[i].polarity === 3 ? 1 : 0;
    else if (seen.winner === kept.edge.a) a++;
    else b++;
  }
  if (a && b) return "disputed";
  return a ? "better" : b ? "worse" : even ? "similar" : "open";
}

/** How many claims stand behind edges. */
export function claimsBehind(edges) {
  return edges.reduce((sum, k) => sum + (k.edge.type < CLAIM_TYPES ? k.n : 0), 0);
}

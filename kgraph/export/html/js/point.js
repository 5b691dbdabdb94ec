// What is under the pointer: a thing, by its mark or its name, else a line; and the words shown beside it.

import { h } from "./dom.js";
import { fullLabel } from "./model.js";
import { lineWords } from "./line.js";

const NEAR = { mouse: { mark: 4, line: 5 }, touch: { mark: 16, line: 10 } }; // pixels around a mark or a line; a finger covers more
const SEEN = 0.1; // lines fainter than this are background

/** The shown thing whose mark or name is at a point of the canvas, or -1. */
export function thingAt(map, x, y, touch = false) {
  if (!map.shown) return -1;
  const { mark } = NEAR[touch ? "touch" : "mouse"];
  const { scale, translation } = map.net.canvas.body.view;
  const u = (x - translation.x) / scale, v = (y - translation.y) / scale;
  let best = -1, least = Infinity;
  for (const n of map.shown.nodes) {
    const [sx, sy] = map.spots.get(n);
    const far = Math.hypot(sx - u, sy - v) - map.sizes.get(n);
    if (far < mark / scale && far < least) { least = far; best = n; }
  }
  if (best >= 0 && least < 4 / scale) return best;
  const named = map.drawnLabels.find(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  return named ? named.id : best;
}

/** The shown edge whose line is at a point of the canvas, or null. */
export function lineAt(map, x, y, touch = false) {
  if (!map.shown) return null;
  const { scale, translation } = map.net.canvas.body.view;
  const u = (x - translation.x) / scale, v = (y - translation.y) / scale;
  let best = null, least = NEAR[touch ? "touch" : "mouse"].line / scale;
  for (const style of map.edges) {
    if (style.color.opacity < SEEN) continue;
    const a = map.spots.get(style.from), b = map.spots.get(style.to);
    const dx = b[0] - a[0], dy = b[1] - a[1];
    const along = Math.max(0, Math.min(1, ((u - a[0]) * dx + (v - a[1]) * dy) / (dx * dx + dy * dy || 1)));
    const far = Math.hypot(a[0] + along * dx - u, a[1] + along * dy - v);
    if (far < least) { least = far; best = map.shown.edges[style.id]; }
  }
  return best;
}

/** Show the full name of the thing under the pointer, or what its line says. An element of its own: pointing never redraws the map. */
export function hovering(map, box) {
  const tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
  box.append(tip);
  let waiting = false;
  box.addEventListener("pointermove", (event) => {
    if (waiting || event.buttons) { if (event.buttons) tip.hidden = true; return; }
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const frame = map.canvasBox.getBoundingClientRect();
      const x = event.clientX - frame.left, y = event.clientY - frame.top;
      const thing = thingAt(map, x, y), line = thing < 0 ? lineAt(map, x, y) : null;
      map.canvasBox.style.cursor = thing >= 0 || line ? "pointer" : "";
      tip.hidden = thing < 0 && !line;
      if (tip.hidden) return;
      tip.textContent = line ? lineWords(map.model, line) : fullLabel(map.model, thing);
      tip.style.left = `${Math.min(x + 14, frame.width - 40)}px`;
      tip.style.maxWidth = `${Math.max(120, Math.min(360, frame.width - x - 24))}px`;
      tip.style.top = `${y + 16 + tip.offsetHeight < frame.height ? y + 16 : y - 8 - tip.offsetHeight}px`;
    });
  });
  box.addEventListener("pointerleave", () => { tip.hidden = true; });
}

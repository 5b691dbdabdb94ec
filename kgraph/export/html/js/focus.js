// Where the keyboard is while parts of the page are made anew: it stays on what was chosen, or goes to what that opened.

/** Note what has the focus inside one of `boxes`; returns a function that brings it back, once they were filled anew, if it was lost. */
export function holdFocus(boxes, panel) {
  const had = document.activeElement, box = boxes.find((b) => b !== had && b.contains(had));
  if (!box) return () => {};
  const words = had.textContent, at = reachable(box).indexOf(had), told = titleOf(panel);
  return () => {
    if (had.isConnected && document.activeElement === had) return;
    const heading = panel.querySelector("h2"), now = reachable(box);
    const same = now[at] && now[at].textContent === words ? now[at] : now.find((e) => e.textContent === words);
    const stays = box !== panel ? same : told === titleOf(panel) ? same || now[at] : null;
    const next = stays || heading;
    if (!next) return;
    if (next === heading) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };
}

function titleOf(panel) {
  const heading = panel.querySelector("h2");
  return heading ? heading.textContent : "";
}

function reachable(box) {
  return [...box.querySelectorAll("a, button, summary")];
}

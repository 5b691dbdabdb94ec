// A sign that a box goes on to the side: its edge fades where there is more to scroll to.

/** Keep the sign of `box` true while it is scrolled and resized; returns a function to call when what it holds changed. */
export function scrollCue(box) {
  const tell = () => {
    box.classList.toggle("more-left", box.scrollLeft > 2);
    box.classList.toggle("more-right", box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
  };
  box.addEventListener("scroll", tell, { passive: true });
  new ResizeObserver(tell).observe(box);
  return tell;
}

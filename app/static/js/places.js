// Where one is after a swap: no scrolling while the answer's beginning is in sight, and Back leads to the row one left.
const left = new Map();
let going = false;

const hidden = (element) => element.getBoundingClientRect().top < parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop);

document.addEventListener("htmx:before:history:update", () => {
  left.set(location.href, { row: document.querySelector('[data-rows] [aria-selected="true"]')?.id, y: scrollY });
});

document.addEventListener("htmx:before:history:restore", () => { going = true; });

document.addEventListener("htmx:before:swap", (event) => {
  for (const { target, swapSpec } of event.detail.tasks) {
    if (swapSpec?.show === "top" && target !== document.body && target?.getBoundingClientRect && !hidden(target)) swapSpec.show = "none";
  }
});

/** After Back: the row from which one went on, with the page scrolled as it was. */
export function rowLeft() {
  const place = going ? left.get(location.href) : null;
  going = false;
  if (place) scrollTo(0, place.y);
  return place?.row ? document.getElementById(place.row) : null;
}

/** Brings the focus to a place that takes none by itself, in sight. */
export function arrive(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

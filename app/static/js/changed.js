// Marks for a moment what an answer changed: anything with an id and data-watch whose text is another than before.
const SHOWN = 1400;
let texts = new Map();
let path = "";

const watched = () => document.querySelectorAll("[data-watch][id]");
const said = (element) => element.textContent.trim();

document.addEventListener("htmx:before:swap", () => {
  path = location.pathname;
  texts = new Map([...watched()].map((element) => [element.id, said(element)]));
});

document.addEventListener("htmx:after:swap", () => {
  for (const element of watched()) {
    const inPage = element.closest("#content");
    if (!texts.has(element.id) || texts.get(element.id) === said(element) || (inPage && path !== location.pathname)) continue;
    element.dataset.changed = "";
    setTimeout(() => delete element.dataset.changed, SHOWN);
  }
});

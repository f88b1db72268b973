// Turns an input with data-suggest="/address" into a combobox: the address answers ?q= with links, one a suggestion.
import htmx from "../vendor/htmx-4.0.1.esm.min.js";
import { listOf, mark, marked, open, options, prepare } from "./combobox.js";

const WAIT = 120;
let timer = 0;
let asked = null;

const at = (event) => event.target.closest?.("input[data-suggest]");

async function ask(input) {
  asked?.abort();
  asked = new AbortController();
  const words = input.value.trim();
  if (words.length < 2) return open(input, false);
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
  const address = `${input.dataset.suggest}?q=${encodeURIComponent(words)}`;
  const answer = await fetch(address, { headers, signal: asked.signal }).catch(() => null);
  if (!answer?.ok || document.activeElement !== input) return;
  const list = listOf(input);
  list.innerHTML = await answer.text();
  list.querySelectorAll("a[href]").forEach((link, n) => Object.assign(link, { role: "option", id: `${list.id}-${n}`, tabIndex: -1 }));
  htmx.process(list);
  mark(input, -1);
  open(input, options(input).length > 0);
}

document.addEventListener("focusin", (event) => at(event) && prepare(at(event)));
document.addEventListener("focusout", (event) => at(event) && open(at(event), false));
// Pressing a suggestion leaves the focus in the field, or the list would close under the finger.
document.addEventListener("mousedown", (event) => event.target.closest?.("[data-suggestions]") && event.preventDefault());
document.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (at(event)) timer = setTimeout(() => ask(event.target), WAIT);
});
document.addEventListener("keydown", (event) => {
  const input = at(event);
  if (!input || listOf(input).hidden) return;
  const [now, count] = [marked(input), options(input).length];
  if (event.key === "ArrowDown") mark(input, (now + 1) % count);
  else if (event.key === "ArrowUp") mark(input, (now <= 0 ? count : now) - 1);
  else if (event.key === "Enter" && now >= 0) options(input)[now].click();
  else if (event.key === "Escape") open(input, false);
  else return;
  event.preventDefault();
});

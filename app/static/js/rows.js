// Walks the rows of [data-rows] with j, k and the arrows; Enter opens, x selects, and any other key presses what carries it in the row.
import { keysPressed, off, press, typing } from "./keys.js";

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
const selected = () => document.querySelector('[data-rows] [aria-selected="true"]');
const rowsOf = (row) => [...(row?.closest("[data-rows]") ?? document).querySelectorAll("[data-rows] tbody > tr:not(.group)")];

export function choose(row, { focus = true } = {}) {
  selected()?.removeAttribute("aria-selected");
  row.setAttribute("aria-selected", "true");
  row.tabIndex = -1;
  if (!focus) return;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const row = selected();
  const rows = rowsOf(row);
  if (!rows.length) return;
  const next = row ? rows.indexOf(row) + by : by > 0 ? 0 : rows.length - 1;
  choose(rows[Math.max(0, Math.min(next, rows.length - 1))]);
}

let last = null;
function tick(row, toHere) {
  const box = (one) => one.querySelector(".tick input[type=checkbox]");
  if (!box(row)) return;
  box(row).click();
  if (toHere && last?.isConnected) {
    const rows = rowsOf(row);
    const [from, to] = [rows.indexOf(last), rows.indexOf(row)].sort((a, b) => a - b);
    for (const between of rows.slice(from, to + 1)) if (box(between) && box(between).checked !== box(row).checked) box(between).click();
  }
  last = row;
}

document.addEventListener("keydown", (event) => {
  if (off() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || !document.querySelector("[data-rows]")) return;
  const row = selected();
  const act = row?.querySelector(`[data-row-key="${CSS.escape(keysPressed(event))}"]`);
  if (STEPS[event.key]) step(STEPS[event.key]);
  else if (!row) return;
  else if (act) press(act);
  else if (event.key.toLowerCase() === "x") tick(row, event.shiftKey);
  else if (event.key === "Enter" && event.target === row) row.querySelector("[data-open]")?.click();
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-rows] tbody > tr:not(.group)");
  if (row && row !== selected()) choose(row, { focus: false });
});

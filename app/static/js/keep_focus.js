// After a swap the focus is where a keyboard user expects it: the same control, its neighbour in the next row, or the new page's heading.
import { arrive, rowLeft } from "./places.js";
import { choose } from "./rows.js";

const ROW = "[data-rows] tbody > tr:not(.group)";
const content = () => document.getElementById("content");
let before = null;

function remember() {
  const active = document.activeElement;
  const row = active?.closest?.(ROW) ?? document.querySelector('[data-rows] [aria-selected="true"]');
  before = {
    active,
    id: active?.id,
    name: active?.name,
    form: active?.form?.getAttribute("action"),
    inRow: Boolean(active?.closest?.(ROW)),
    onRow: active === row,
    caret: typeof active?.selectionStart === "number" ? [active.selectionStart, active.selectionEnd] : null,
    rowId: row?.id,
    rowAt: row ? [...document.querySelectorAll(ROW)].indexOf(row) : -1,
    path: location.pathname,
  };
}

const sameRow = () => (before.rowId && document.getElementById(before.rowId)) || [...document.querySelectorAll(ROW)].at(Math.min(before.rowAt, document.querySelectorAll(ROW).length - 1));

const named = (root) => before.name && [...root.querySelectorAll(`[name="${CSS.escape(before.name)}"]`)].find((one) => !before.form || one.form?.getAttribute("action") === before.form);

function place(element) {
  element.focus({ preventScroll: true });
  if (before.caret && element.name === before.name) {
    try { element.setSelectionRange(...before.caret); } catch { /* a number field has no caret to set */ }
  }
}

function restore(event) {
  if (!before || document.querySelector("dialog[open]")) return;
  const back = rowLeft();
  if (back) return choose(back);
  const wrong = content().querySelector("[aria-invalid=true]");
  if (event.detail.ctx.response?.status === 422 && wrong) return wrong.focus();
  const whole = event.detail.ctx.target === document.body;
  if (whole && location.pathname !== before.path) return begin(content());
  const row = before.rowAt >= 0 && document.querySelector(ROW) ? sameRow() : null;
  if (row) choose(row, { focus: before.onRow && !before.active.isConnected });
  if (before.active?.isConnected && before.active !== document.body) return;
  const same = (before.id && document.getElementById(before.id)) || named(before.inRow && row ? row : document);
  const spot = (same && same.closest("details:not([open])")?.querySelector("summary[id]")) || same;
  if (spot && spot.checkVisibility()) place(spot);
  else if (row && before.inRow) choose(row);
  else if (document.activeElement === document.body && (whole || before.active !== document.body)) begin((!whole && document.getElementById(event.detail.ctx.target.id)) || content());
}

function begin(root) {
  if (!content().querySelector("[autofocus]")) arrive(root.querySelector("h1, h2") ?? root);
}

document.addEventListener("htmx:before:swap", remember);
document.addEventListener("htmx:after:swap", restore);

// Presses what carries data-key: one key ("b"), or two after one another ("g b"). Off while one types, or by <html data-keys="off">.
const PAUSE = 1200;
let begun = "";
let timer = 0;

export const typing = (element) =>
  element?.closest?.("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]");

export const off = () => document.documentElement.dataset.keys === "off";

export const keysPressed = (event) => (event.key.length === 1 ? event.key : `${event.shiftKey ? "Shift+" : ""}${event.key}`);

export function press(element) {
  if (element.matches("summary")) element.focus();
  if (!element.matches("input, select, textarea") || element.matches("[type=checkbox], [type=radio]")) return element.click();
  element.focus();
  element.select?.();
}

const seen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

function carrier(keys) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)];
  // What a closed menu holds can be pressed too; what stands in the open comes first.
  return all.find(seen) ?? all.find((element) => element.closest("details:not([open])"));
}

function leave(event) {
  // An open list of suggestions takes the first Escape for itself.
  if (event.target.ariaExpanded === "true" || !typing(event.target)) return;
  const row = event.target.closest("tr[tabindex]");
  if (row) row.focus();
  else event.target.blur();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return leave(event);
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const search = document.querySelector('[data-key="/"]');
    if (!search) return;
    event.preventDefault();
    press(search);
    return;
  }
  if (off() || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;

  const keys = begun ? `${begun} ${event.key}` : event.key;
  const found = carrier(keys);
  clearTimeout(timer);
  begun = "";
  if (found) {
    event.preventDefault();
    press(found);
  } else if (document.querySelector(`[data-key^="${CSS.escape(keys)} "]`)) {
    begun = keys;
    timer = setTimeout(() => (begun = ""), PAUSE);
  }
});

// A <dialog data-fills> opens once an answer has filled it, the arrows walk what can be pressed in it, and it closes before its own answer comes.
const SHEET = "dialog[data-fills]";
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("htmx:after:swap", (event) => {
  const sheet = event.detail.ctx.target;
  if (sheet?.matches?.(SHEET) && !sheet.open) sheet.showModal();
});

document.addEventListener("htmx:before:swap", (event) => {
  event.detail.ctx.sourceElement?.closest?.(`${SHEET}[open]`)?.close();
});

document.addEventListener("keydown", (event) => {
  const sheet = event.target.closest?.(`${SHEET}[open]`);
  if (!sheet || !STEPS[event.key]) return;
  const items = [...sheet.querySelectorAll("a[href], button:not(.close)")];
  items[(items.indexOf(event.target) + STEPS[event.key] + items.length) % items.length]?.focus();
  event.preventDefault();
});

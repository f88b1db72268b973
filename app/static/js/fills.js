// A button with data-fills="#id" writes its data-value there, as if it had been typed.
document.addEventListener("click", ({ target }) => {
  const button = target.closest?.("button[data-fills]");
  const field = button && document.querySelector(button.dataset.fills);
  if (!field) return;
  field.value = button.dataset.value;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

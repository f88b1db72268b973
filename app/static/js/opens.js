// Where [data-opens-field] is opened by hand, one types in its field at once.
document.addEventListener("toggle", ({ target }) => {
  const field = target.open && target.matches("[data-opens-field]") && target.querySelector("input:not([type=hidden]), textarea, select");
  const meant = document.activeElement === document.body || target.contains(document.activeElement) || document.activeElement?.contains(target);
  if (!field || !meant) return;
  field.focus();
  field.select?.();
}, true);

// The state of a field and its list of suggestions, as a screen reader is told of it.
export const listOf = (input) => input.closest("form").querySelector("[data-suggestions]");
export const options = (input) => [...listOf(input).querySelectorAll('[role="option"]')];
export const marked = (input) => options(input).findIndex((option) => option.ariaSelected === "true");

export function prepare(input) {
  const list = listOf(input);
  list.id ||= `${input.id}-suggestions`;
  Object.assign(list, { role: "listbox", ariaLabel: "Suggestions" });
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: String(!list.hidden) });
  input.setAttribute("aria-controls", list.id);
}

export function open(input, isOpen) {
  listOf(input).hidden = !isOpen;
  input.ariaExpanded = String(isOpen);
  if (!isOpen) input.removeAttribute("aria-activedescendant");
}

export function mark(input, chosen) {
  options(input).forEach((option, n) => { option.ariaSelected = String(n === chosen); });
  input.setAttribute("aria-activedescendant", options(input)[chosen]?.id ?? "");
  options(input)[chosen]?.scrollIntoView({ block: "nearest" });
}

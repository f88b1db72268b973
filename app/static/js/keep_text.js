// What was typed in other fields survives an answer that draws them anew.
const FIELDS = "input:not([type=hidden], [type=submit], [type=file], [type=password]), textarea, select";
let typed = new Map();

const known = (field) => field.id || (field.name && `${field.form?.getAttribute("action") ?? ""} ${field.name} ${field.type === "checkbox" || field.type === "radio" ? field.value : ""}`);

const given = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return String(field.defaultChecked);
  if (field.options) return [...field.options].find((option) => option.defaultSelected)?.value ?? field.options[0]?.value ?? "";
  return field.defaultValue;
};

const current = (field) => (field.type === "checkbox" || field.type === "radio" ? String(field.checked) : field.value);

function put(field, value) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = value === "true";
  else field.value = value;
}

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  const sent = ctx.sourceElement?.closest?.("form");
  typed = new Map();
  for (const { target, swapSpec } of tasks) {
    // A page that takes the place of another starts with its own fields.
    if (!target?.querySelectorAll || target === document.body || swapSpec.style === "delete") continue;
    for (const field of target.querySelectorAll(FIELDS)) {
      if (field.form === sent && sent || !known(field) || current(field) === given(field)) continue;
      typed.set(known(field), { given: given(field), value: current(field), field });
    }
  }
});

document.addEventListener("htmx:after:swap", () => {
  if (!typed.size) return;
  for (const field of document.querySelectorAll(FIELDS)) {
    const kept = typed.get(known(field));
    // A field that the server filled differently has news of its own to show.
    if (kept && field !== kept.field && given(field) === kept.given) put(field, kept.value);
  }
  typed.clear();
});

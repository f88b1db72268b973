// A form with data-keeps="whose" keeps what is typed in it until it is sent well, wherever one goes meanwhile; data-forgets forgets all.
const FIELDS = "input:not([type=file], [type=password], [type=checkbox], [type=radio], [type=submit]), textarea, select";
const PREFIX = "kept ";
const begun = new WeakSet();

const place = (form) => `${PREFIX}${form.dataset.keeps} ${form.id}`;
const fields = (form) => [...form.elements].filter((field) => field.id && field.matches(FIELDS));
const chosen = (field) => ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
const empty = (field) => (field.options ? chosen(field) : "");
const keeping = (element) => (element?.form ?? element)?.closest?.("form[data-keeps]");

function save(form) {
  const typed = fields(form).filter((field) => field.value !== empty(field)).map((field) => [field.id, field.value]);
  if (typed.length) sessionStorage.setItem(place(form), JSON.stringify(typed));
  else sessionStorage.removeItem(place(form));
}

function forget(others = "") {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && !(others && key.startsWith(`${PREFIX}${others} `))) sessionStorage.removeItem(key);
  }
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(place(form)) ?? "[]");
  for (const [id, value] of kept) {
    // Whoever draws more fields on demand draws this one now.
    if (!document.getElementById(id)) form.dispatchEvent(new CustomEvent("missing", { bubbles: true, detail: id }));
    const field = document.getElementById(id);
    if (field && (!field.options || [...field.options].some((one) => one.value === value))) field.value = value;
  }
  for (const at of [0, -1]) document.getElementById(kept.at(at)?.[0])?.dispatchEvent(new Event("input", { bubbles: true }));
}

function begin() {
  for (const form of document.querySelectorAll("form[data-keeps]")) {
    if (begun.has(form)) continue;
    begun.add(form);
    forget(form.dataset.keeps);
    // What the server filled in is newer than what is kept.
    if (fields(form).some((field) => !field.options && field.defaultValue)) save(form);
    else restore(form);
  }
}

document.addEventListener("input", ({ target }) => keeping(target) && save(keeping(target)));
document.addEventListener("change", ({ target }) => keeping(target) && save(keeping(target)));
document.addEventListener("submit", ({ target }) => target.matches("[data-forgets]") ? forget() : keeping(target) && sessionStorage.removeItem(place(target)));
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const form = keeping(ctx.sourceElement);
  if (form && ctx.response?.status < 400) sessionStorage.removeItem(place(form));
  else if (form?.isConnected) save(form);
});
document.addEventListener("htmx:after:process", begin); // what listens to the fields is there by then

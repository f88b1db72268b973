// Ticked rows and the form [data-selection] that their boxes belong to: how many, all of them, and ranges with Shift.
const boxes = (form) => [...form.elements].filter((one) => one.type === "checkbox" && one.isConnected);
const forms = () => document.querySelectorAll("[data-selection]");
const formOf = (element) => element.closest?.("[data-rows]")?.querySelector(".tick input[form]")?.form;
let last = null;

function tell() {
  for (const form of forms()) {
    const all = boxes(form);
    const ticked = all.filter((box) => box.checked).length;
    const count = form.querySelector("[data-selected]");
    if (count && count.textContent !== String(ticked)) count.textContent = ticked;
    const head = document.querySelector("[data-selects-all]");
    if (head) [head.checked, head.indeterminate] = [ticked > 0 && ticked === all.length, ticked > 0 && ticked < all.length];
  }
}

function all(head) {
  const form = formOf(head);
  for (const box of form ? boxes(form) : []) box.checked = head.checked;
}

function range(box) {
  const list = box.form ? boxes(box.form) : [];
  const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) for (const between of list.slice(from, to + 1)) between.checked = box.checked;
}

document.addEventListener("click", (event) => {
  const box = event.target;
  if (box.matches?.("[data-selects-all]")) all(box);
  else if (!box.matches?.(".tick input[form]")) return;
  else if (event.shiftKey) range(box);
  last = box;
  tell();
});

// Enter in a box sends nothing: the form has more than one thing to do.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.(".tick input")) event.preventDefault();
});

// Whoever goes straight to its choice means the row that they are on.
document.addEventListener("focusin", ({ target }) => {
  const form = target.matches?.("select") && target.closest("[data-selection]");
  const box = form && document.querySelector('[aria-selected="true"] .tick input[form]');
  if (!box || boxes(form).some((one) => one.checked)) return;
  box.checked = true;
  tell();
});

document.addEventListener("htmx:after:swap", tell);

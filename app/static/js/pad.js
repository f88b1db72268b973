// Rows that one types like a spreadsheet's: in [data-pad] Enter and the arrows walk the column, and a row comes at the end.
const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
export const FIELDS = "input:not([type=hidden])";
export const rows = (pad) => [...pad.tBodies[0].rows];
export const fields = (row) => [...row.querySelectorAll(FIELDS)];

/** The row at this place, drawn where there is none yet; null beyond the most rows. */
export function rowAt(pad, place) {
  const body = pad.tBodies[0];
  if (place >= Number(pad.dataset.padMost)) return null;
  while (body.rows.length <= place) {
    const text = document.getElementById(`${pad.id}-new`).innerHTML.replaceAll("{n}", body.rows.length + 1);
    body.insertAdjacentHTML("beforeend", text);
  }
  return body.rows[place];
}

export function place(field) {
  const pad = field.closest("[data-pad]");
  const row = field.closest("tr");
  return { pad, at: rows(pad).indexOf(row), column: fields(row).indexOf(field) };
}

function walk(event, field, by) {
  const { pad, at, column } = place(field);
  const next = by > 0 ? rowAt(pad, at + by) : rows(pad)[at + by];
  if (!next) return;
  const to = fields(next)[event.key === "Enter" && !fields(next)[0].value ? 0 : column]; // an empty row begins at its first field
  to.focus();
  to.select();
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.(`[data-pad] ${FIELDS}`);
  if (!field || event.altKey || event.shiftKey || event.isComposing || !STEPS[event.key]) return;
  const sends = event.ctrlKey || event.metaKey;
  if (sends && event.key !== "Enter") return;
  event.preventDefault();
  if (sends) document.querySelector(field.closest("[data-pad]").dataset.padSends)?.click();
  else walk(event, field, STEPS[event.key]);
});

// What is said of a row waits until its field is left: a half-typed word is no mistake.
document.addEventListener("input", ({ target, isTrusted }) => {
  if (isTrusted && target.matches(`[data-pad] ${FIELDS}`)) target.dataset.typing = "";
});
document.addEventListener("focusout", ({ target }) => delete target.dataset.typing);

// A field of a row that is not drawn yet, asked for by its id.
document.addEventListener("missing", ({ target, detail }) => {
  for (const pad of target.querySelectorAll("[data-pad]")) {
    while (detail.startsWith(`${pad.id}-`) && !document.getElementById(detail) && rowAt(pad, rows(pad).length));
  }
});

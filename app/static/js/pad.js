// Rows that one types like a spreadsheet's: in [data-pad] Enter and the arrows walk the column, a pasted table fills cells, a row comes at the end.
const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };
const FIELDS = "input:not([type=hidden])";
const rows = (pad) => [...pad.tBodies[0].rows];
const fields = (row) => [...row.querySelectorAll(FIELDS)];

function rowAt(pad, place) {
  const body = pad.tBodies[0];
  if (place >= Number(pad.dataset.padMost)) return null;
  while (body.rows.length <= place) {
    const text = document.getElementById(`${pad.id}-new`).innerHTML.replaceAll("{n}", body.rows.length + 1);
    body.insertAdjacentHTML("beforeend", text);
  }
  return body.rows[place];
}

function place(field) {
  const pad = field.closest("[data-pad]");
  const row = field.closest("tr");
  return { pad, at: rows(pad).indexOf(row), column: fields(row).indexOf(field) };
}

function walk(event, field, by) {
  const { pad, at, column } = place(field);
  const next = by > 0 && event.key === "Enter" ? rowAt(pad, at + by) : rows(pad)[at + by];
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

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.(`[data-pad] ${FIELDS}`);
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") ?? "";
  if (!field || !/[\n\t]/.test(text)) return;
  event.preventDefault();
  const { pad, at, column } = place(field);
  const lines = text.split("\n");
  const apart = text.includes("\t") ? "\t" : /[;,]\s*(?=\d+\s*$)/;
  const rest = lines.filter((line, down) => {
    const row = rowAt(pad, at + down);
    if (row) line.split(apart).forEach((cell, right) => { const one = fields(row)[column + right]; if (one) one.value = cell.trim(); });
    return !row;
  });
  const more = document.querySelector(pad.dataset.padRest);
  if (rest.length && more) more.value = [more.value, ...rest].filter(Boolean).join("\n");
  fields(rows(pad)[Math.min(at + lines.length, rows(pad).length) - 1])[column].focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

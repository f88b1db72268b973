// A list pasted into [data-pad] fills cells as its reader (data-pad-reads) takes it; what finds no room goes to data-pad-rest.
import { FIELDS, fields, place, rowAt, rows } from "./pad.js";

const cells = (text) => text.split("\n").map((line) => line.split("\t").map((cell) => cell.trim()));

async function read(pad, text) {
  const body = new URLSearchParams({ text, csrf: pad.closest("form").elements.csrf.value });
  const answer = await fetch(pad.dataset.padReads, { method: "POST", body });
  const plain = answer.headers.get("content-type")?.startsWith("text/plain");
  return answer.ok && plain ? cells(await answer.text()) : null;
}

/** Fills rows from a cell on; gives what finds no room. */
function fill(pad, at, column, lines) {
  return lines.filter((line, down) => {
    const row = rowAt(pad, at + down);
    const inputs = row ? [...fields(row), ...row.querySelectorAll("[type=hidden]")] : [];
    line.forEach((cell, right) => { if (inputs[column + right]) inputs[column + right].value = cell; });
    return !row;
  });
}

async function paste(field, text) {
  const { pad, at, column } = place(field);
  const lines = column ? cells(text) : await read(pad, text).catch(() => null);
  const rest = lines ? fill(pad, at, column, lines).map((line) => line.join("\t")) : [text];
  const more = document.querySelector(pad.dataset.padRest);
  if (rest.length && more) {
    more.value = [more.value, ...rest].filter(Boolean).join("\n");
    more.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (document.activeElement === field && lines) fields(rows(pad)[Math.min(at + lines.length, rows(pad).length) - 1])[column].focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.(`[data-pad] ${FIELDS}`);
  const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/^\n+|\s+$/g, "") ?? "";
  if (!field || !(/[\n\t]/.test(text) || (!field.value && /[\s,;|]/.test(text.trim())))) return;
  event.preventDefault();
  paste(field, text);
});

// How many lines a text holds, said where its data-lines-said points: "{n} more rows".
document.addEventListener("input", ({ target }) => {
  const said = target.dataset.linesSaid && document.querySelector(target.dataset.linesSaid);
  if (!said) return;
  const count = target.value.split("\n").filter((line) => line.trim()).length;
  said.hidden = !count;
  said.textContent = (count === 1 ? said.dataset.one : said.dataset.more).replace("{n}", count.toLocaleString("en"));
});

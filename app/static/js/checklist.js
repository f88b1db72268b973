// Ticks the lines of [data-checks="id of a field"] while one types: a line names a pattern, or words that must be lacking.
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function isMet(line, text) {
  const { pattern, lacks } = line.dataset;
  if (pattern !== undefined) return new RegExp(pattern, "su").test(text);
  return !lacks.split(" ").some((word) => folded(text).includes(word));
}

function draw(list, text) {
  const lines = [...list.querySelectorAll("[data-pattern], [data-lacks]")];
  for (const line of lines) {
    if (text) line.dataset.met = isMet(line, text) ? "yes" : "no";
    else delete line.dataset.met;
  }
  const met = lines.filter((line) => line.dataset.met === "yes").length;
  const told = text ? `: ${met} of ${lines.length} met` : "";
  const count = list.querySelector("[data-count]");
  if (count && count.textContent !== told) count.textContent = told;
}

document.addEventListener("input", (event) => {
  const list = event.target.id && document.querySelector(`[data-checks="${CSS.escape(event.target.id)}"]`);
  if (list) draw(list, event.target.value);
});

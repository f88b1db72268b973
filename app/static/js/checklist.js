// Ticks the lines of [data-checks="id of a field"] while one types. A line names a pattern, or words that must be lacking,
// or an address that is sent the field and answers "yes" or "no".
const WAIT = 250;
let timer = 0;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const listOf = (field) => field.id && document.querySelector(`[data-checks="${CSS.escape(field.id)}"]`);

function isMet({ pattern, lacks }, text) {
  if (pattern !== undefined) return new RegExp(pattern, "su").test(text);
  return !lacks.split(" ").some((word) => folded(text).includes(word));
}

function tick(line, met) {
  if (met === undefined) delete line.dataset.met;
  else line.dataset.met = met ? "yes" : "no";
}

function tell(list, text) {
  const lines = [...list.querySelectorAll("[data-pattern], [data-lacks], [data-asks]")];
  const met = lines.filter((line) => line.dataset.met === "yes").length;
  const told = text ? `: ${met} of ${lines.length} met` : "";
  const count = list.querySelector("[data-count]");
  if (count && count.textContent !== told) count.textContent = told;
}

async function ask(line, field) {
  const text = field.value;
  const body = new URLSearchParams({ csrf: field.form.elements.csrf.value, [field.name]: text });
  const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
  const answer = await fetch(line.dataset.asks, { method: "POST", body, headers }).catch(() => null);
  if (answer?.ok && field.value === text) tick(line, (await answer.text()).trim() === "yes");
}

document.addEventListener("input", ({ target: field }) => {
  const list = listOf(field);
  if (!list) return;
  clearTimeout(timer);
  const text = field.value;
  list.querySelectorAll("[data-pattern], [data-lacks]").forEach((line) => tick(line, text ? isMet(line.dataset, text) : undefined));
  const asking = [...list.querySelectorAll("[data-asks]")];
  asking.forEach((line) => tick(line, undefined));
  tell(list, text);
  if (text && asking.length) {
    timer = setTimeout(() => Promise.all(asking.map((line) => ask(line, field))).then(() => tell(list, field.value)), WAIT);
  }
});

// [data-polls] asks again every so many seconds, while the page is looked at; a row that somebody works in is left alone.
const MOST = 60_000;
const FIELDS = "input:not([type=hidden], [type=checkbox], [type=radio]), textarea";
let timer = 0;
let failures = 0;

const poller = () => document.querySelector("[data-polls]");
const isPoll = (event) => event.detail.ctx?.sourceElement?.matches?.("[data-polls]");
const isHeld = (row) => row.querySelector("[aria-invalid=true]")
  || [...row.querySelectorAll(FIELDS)].some((field) => field === document.activeElement || field.value !== field.defaultValue);

const rows = (which) => [...document.querySelectorAll("[data-rows] tbody > tr[id]")].filter(which).map((row) => row.id).join(" ");
const held = () => rows(isHeld);

function later() {
  const form = poller();
  if (timer || !form || document.hidden) return;
  timer = setTimeout(ask, Math.min(form.dataset.polls * 1000 * 2 ** failures, MOST));
}

function ask() {
  clearTimeout(timer);
  timer = 0;
  const form = poller();
  if (!form || document.hidden) return;
  form.elements.held.value = held();
  form.elements.again.value = rows((row) => row.querySelector("[data-told]") && !isHeld(row));
  form.dispatchEvent(new Event("poll"));
}

// What is no longer to be seen goes from the page; what was merely not told of stays.
function end(form, isGone) {
  const place = document.getElementById(isGone ? form.dataset.clears : form.dataset.tells);
  if (isGone) document.querySelectorAll(form.dataset.takes).forEach((element) => element.remove());
  place?.replaceChildren(form.querySelector(`template[data-for=${isGone ? "gone" : "ended"}]`).content.cloneNode(true));
  form.remove();
  if (isGone) place?.focus({ preventScroll: true });
}

document.addEventListener("htmx:before:response", (event) => {
  const { response: { status, headers }, sourceElement } = event.detail.ctx;
  if (!isPoll(event)) return void ([403, 404].includes(status) && setTimeout(ask));
  failures = status >= 500 || status === 429 ? failures + 1 : 0;
  if (status === 200 && !headers.has("HX-Redirect")) return;
  event.preventDefault();
  if (status !== 204 && !failures) end(sourceElement, status === 404);
});

// Somebody has begun to work in a row since this was asked: what came is let go, and asked for once more.
document.addEventListener("htmx:before:swap", (event) => {
  if (isPoll(event) && held() !== event.detail.ctx.sourceElement.elements.held.value) event.preventDefault();
});

document.addEventListener("htmx:error", (event) => { if (isPoll(event)) failures += 1; });
document.addEventListener("htmx:finally:request", later);
document.addEventListener("htmx:after:swap", later);
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) || (timer = 0) : ask()));
later();

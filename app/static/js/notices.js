// Notices: the good ones leave by themselves, all others, and those with an undo, stay until they are closed.
const LEAVES_AFTER = 6000;
const attended = new WeakSet();
let first = null;

const notices = () => document.getElementById("notice");

export function tell(text) {
  const box = document.createElement("div");
  box.className = "notice bad";
  box.innerHTML = '<p></p><button class="close" type="button" data-closes=".notice" aria-label="Close this notice">×</button>';
  box.firstChild.textContent = text;
  notices()?.replaceChildren(box);
  notices()?.setAttribute("data-floats", "");
}

function sendAway(box) {
  setTimeout(() => {
    if (box.matches(":hover, :focus-within")) return sendAway(box);
    box.dataset.leaving = "";
    setTimeout(() => box.remove(), 150);
  }, LEAVES_AFTER);
}

function attend() {
  for (const box of document.querySelectorAll(".notice[data-leaves]:not(:has(form))")) {
    if (attended.has(box)) continue;
    attended.add(box);
    sendAway(box);
  }
}

document.addEventListener("htmx:before:swap", () => { first = notices()?.firstElementChild; });

document.addEventListener("htmx:after:swap", (event) => {
  const box = notices();
  const whole = event.detail.ctx.target === document.body;
  // A live region that arrives filled is not read out: put its content in once more.
  if (whole && box?.childElementCount) setTimeout(() => box.replaceChildren(...box.childNodes), 100);
  // What comes into a page that stays lies over it; what a page brings along stands in it.
  else if (box?.firstElementChild && box.firstElementChild !== first) box.dataset.floats = "";
  attend();
});

document.addEventListener("click", (event) => {
  const closer = event.target.closest?.("[data-closes]");
  closer?.closest(closer.dataset.closes)?.remove();
});

attend();

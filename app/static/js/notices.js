// Notices: the good ones leave by themselves, all others stay until they are closed.
const LEAVES_AFTER = 6000;

const notices = () => document.getElementById("notice");

export function tell(text) {
  const box = document.createElement("div");
  box.className = "notice bad";
  box.innerHTML = '<p></p><button class="close" type="button" data-closes=".notice" aria-label="Close this notice">×</button>';
  box.firstChild.textContent = text;
  notices()?.replaceChildren(box);
  box.scrollIntoView({ block: "nearest" });
}

function sendAway(box) {
  if (box.dataset.leaving !== undefined) return;
  setTimeout(() => {
    if (box.matches(":hover, :focus-within")) return sendAway(box);
    box.dataset.leaving = "";
    setTimeout(() => box.remove(), 150);
  }, LEAVES_AFTER);
}

function attend() {
  for (const box of document.querySelectorAll(".notice[data-leaves]")) {
    delete box.dataset.leaves;
    sendAway(box);
  }
}

// A live region that arrives filled is not read out: put its content in once more.
document.addEventListener("htmx:after:swap", (event) => {
  const box = notices();
  if (event.detail.ctx.target === document.body && box?.childElementCount) setTimeout(() => box.replaceChildren(...box.childNodes), 100);
  attend();
});

document.addEventListener("click", (event) => {
  const closer = event.target.closest?.("[data-closes]");
  closer?.closest(closer.dataset.closes)?.remove();
});

attend();

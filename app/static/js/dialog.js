// Opens dialogs by data-opens="id", fills the list of keys from the elements present, closes menus that are left.
const plain = (element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .keys, svg").forEach((part) => part.remove());
  return copy.textContent.replace(/\s+/g, " ").trim();
};

const label = (element) => element.dataset.keyLabel || element.ariaLabel || plain(element);

function item(text, keys) {
  const line = document.createElement("div");
  line.append(document.createElement("dt"), document.createElement("dd"));
  line.firstChild.textContent = text;
  for (const key of keys.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    line.lastChild.append(cap, " ");
  }
  return line;
}

function listKeys(dialog) {
  const found = new Map();
  for (const element of document.querySelectorAll("[data-key], [data-row-key]")) {
    const { key, rowKey } = element.dataset;
    const name = key ?? `in the row ${rowKey}`;
    if ((key || element.closest("[data-rows]")) && !found.has(name)) found.set(name, item(label(element) + (key ? "" : ", in the row"), key ?? rowKey));
  }
  dialog.querySelector("[data-keys-here]").replaceChildren(...found.values());
  for (const part of dialog.querySelectorAll("[data-when]")) part.hidden = !document.querySelector(part.dataset.when);
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog.matches("[data-lists-keys]")) listKeys(dialog);
    dialog.showModal();
  } else if (event.target.matches?.("dialog")) {
    event.target.close(); // the press was on the backdrop
  }
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

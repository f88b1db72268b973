// A field data-passkey="get" or "create" is filled by the browser's passkeys, asked with its data-options, before its form is sent.
const known = Boolean(window.PublicKeyCredential?.parseRequestOptionsFromJSON && navigator.credentials);

const asked = {
  get: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
  create: (options) => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
};

function show() {
  for (const part of document.querySelectorAll("[data-passkeys][hidden]")) {
    part.hidden = !known;
    if (known) part.querySelector("[autofocus]")?.focus(); // it could not be while it was hidden
  }
  for (const part of document.querySelectorAll("[data-no-passkeys]")) part.hidden = known;
}

async function fill(form, field, submitter) {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  form.ariaBusy = "true";
  try {
    field.value = JSON.stringify(await asked[field.dataset.passkey](JSON.parse(field.dataset.options)));
    form.requestSubmit(submitter);
  } catch {
    failed.hidden = false; // refused, too slow, or none there: the browser says no more
  } finally {
    form.ariaBusy = null;
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const field = event.target.querySelector?.("[data-passkey]");
    if (!field || field.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.target.ariaBusy) fill(event.target, field, event.submitter);
  },
  true,
);

document.addEventListener("htmx:after:swap", show);
show();

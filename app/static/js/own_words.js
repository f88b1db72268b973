// The server's words stand at the field in place of the browser's bubbles; without this file the browser checks what it can.
function silence() {
  for (const form of document.forms) form.noValidate = true;
}

document.addEventListener("htmx:after:swap", silence);
silence();

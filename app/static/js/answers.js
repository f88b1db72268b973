// What becomes of an answer that is not a page: a file, a refusal, or none at all.
import { tell } from "./notices.js";

document.addEventListener("htmx:before:response", (event) => {
  const { request, response } = event.detail.ctx;
  const type = response.headers.get("content-type") ?? "text/html";
  if (request.method !== "GET" || type.startsWith("text/html")) return;
  event.preventDefault();
  location.assign(request.action);
});

// A form that came back with its errors keeps the address of the page it stands on.
document.addEventListener("htmx:before:history:update", (event) => {
  if (event.detail.response?.status >= 400) event.preventDefault();
});

document.addEventListener("htmx:error", (event) => {
  const { ctx, error } = event.detail;
  if (!ctx || ctx.response || ctx.sourceElement?.matches?.("[data-polls]")) return;
  const late = error === "timeout" || ctx.request.signal.reason === "timeout";
  tell(`${late ? "The server took too long." : "The server cannot be reached."} What you typed is still here. Check the connection, and look whether the change was made before you try again.`);
});

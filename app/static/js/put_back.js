// In a form with data-puts-back each box saves at once: one that could not be saved goes back to what the page was sent with.
import { tell } from "./notices.js";

const failed = ({ error, response }) => !response || response.status >= 400;

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  const form = ctx.sourceElement;
  const overtaken = ctx.request?.signal?.reason && ctx.request.signal.reason !== "timeout";
  if (!form?.isConnected || !form.matches("[data-puts-back]") || overtaken || !failed(ctx)) return;
  form.reset();
  if (!ctx.response) tell("Not saved: the server cannot be reached. What you changed is put back. Check the connection, and try again.");
});

// Warns before an idle session ends, in time to save: <body data-idle-seconds="1200" data-stay-url="/accounts/still-here">.
// The server ends the session by itself; this only says so beforehand.
import { keepEverything } from "./drafts.js";

const WARN_SECONDS = 120;

export function warnBeforeSigningOut() {
  const dialog = document.getElementById("session-warning");
  const idle = Number(document.body.dataset.idleSeconds || 0);
  if (!dialog || idle <= WARN_SECONDS) return;
  const words = dialog.querySelector("[data-left]");
  let endsAt = Date.now() + idle * 1000;
  const end = () => {
    clearInterval(checking);
    keepEverything().finally(() => window.location.reload());
  };
  const check = () => {
    const left = Math.round((endsAt - Date.now()) / 1000);
    if (left <= 0) return end();
    if (left <= WARN_SECONDS && !dialog.open) dialog.showModal();
    if (dialog.open) words.textContent = left > 60 ? "2 minutes" : left > 30 ? "1 minute" : "30 seconds";
    return undefined;
  };
  const stay = async () => {
    dialog.close();
    const answer = await fetch(document.body.dataset.stayUrl, { credentials: "same-origin" });
    if (answer.ok) endsAt = Date.now() + idle * 1000;
  };
  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  document.body.addEventListener("htmx:afterRequest", () => { endsAt = Date.now() + idle * 1000; });
  const checking = setInterval(check, 5000);
}

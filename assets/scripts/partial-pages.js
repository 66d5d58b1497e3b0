// htmx without eval and without its own inline style, so that the content security policy may stay strict.
import htmx from "htmx.org";
import { isSending, keepEverything } from "./drafts.js";

const settings = {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // no page about a child is kept in the browser's storage
  historyRestoreAsHxRequest: false,
  refreshOnHistoryMiss: true,
};

export function watchForPartialPages() {
  Object.assign(htmx.config, settings);
  document.body.addEventListener("htmx:responseError", (event) => {
    if ([401, 403, 404].includes(event.detail.xhr.status)) askForTheWholePage();
  });
  document.body.addEventListener("time-is-over", askForTheWholePage);
}

// A signed-out or refused partial request is answered by loading the page it belongs to, where the reason stands.
function askForTheWholePage() {
  if (!isSending()) {
    keepEverything().finally(() => window.location.reload());
  }
}

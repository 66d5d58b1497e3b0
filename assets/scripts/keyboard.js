// Single-key shortcuts, from <body data-keys='{"n": "/entries/new", …}'>. All can be switched off (WCAG 2.1.4): the choice
// is kept in this browser and holds nothing about anybody.
const CHOICE = "kith-keys";
const GO_WITHIN = 1200;
const OF_THIS_PAGE = {};

// A key of one page's own, listed under `?` by that page.
export function onKey(key, act) {
  OF_THIS_PAGE[key] = act;
}

export function listenForKeys() {
  const dialog = document.getElementById("keyboard-help");
  if (!dialog) return;
  const places = JSON.parse(document.body.dataset.keys || "{}");
  offerTheDialog(dialog);
  let waiting = "";
  document.addEventListener("keydown", (event) => {
    if (!areOn() || document.querySelector("dialog[open]") || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = waiting + event.key;
    waiting = "";
    if (keys === "g") {
      waiting = "g ";
      setTimeout(() => { waiting = ""; }, GO_WITHIN);
    } else if (keys === "?") {
      dialog.showModal();
    } else if (keys === "/") {
      focusSearch(event);
    } else if (OF_THIS_PAGE[keys]) {
      event.preventDefault();
      OF_THIS_PAGE[keys]();
    } else if (places[keys]) {
      window.location.assign(places[keys]);
    }
  });
}

function areOn() {
  return localStorage.getItem(CHOICE) !== "off";
}

function isTyping(event) {
  const where = event.target;
  const ticks = where.tagName === "INPUT" && ["checkbox", "radio", "button", "submit", "file"].includes(where.type);
  return where.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(where.tagName) && !ticks);
}

function focusSearch(event) {
  const box = document.getElementById("site-search");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function offerTheDialog(dialog) {
  const choice = dialog.querySelector("[data-keys-choice]");
  choice.checked = areOn();
  choice.addEventListener("change", () => localStorage.setItem(CHOICE, choice.checked ? "on" : "off"));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  for (const opener of document.querySelectorAll("[data-open-keyboard-help]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }
}

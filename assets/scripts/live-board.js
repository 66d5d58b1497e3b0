// A board that asks for its rows every few seconds says how old it is, and when it can no longer hear the server. Without
// a script the page says when it was made and has a link to make it anew.
const SILENT_AFTER = 10_000; // longer than one question may take: then the board is not trusted, whatever the browser says

export function watchTheBoard() {
  const board = document.querySelector("[data-live-board]");
  const rows = board?.querySelector("[data-live-rows]");
  if (!rows) return;
  const watch = new Watch(board.querySelector("[data-live-lost]"), board.querySelector("[data-live-age]"));
  board.querySelector("[data-live-refresh]").hidden = true;
  rows.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== rows) return;
    if (event.detail.successful) watch.heard();
    else watch.lost();
  });
  window.addEventListener("offline", () => watch.lost());
  setInterval(() => watch.say(), 1000);
  offerFullScreen(board);
}

class Watch {
  constructor(line, age) {
    this.line = line;
    this.age = age;
    this.at = Date.now();
    this.isLost = false;
    this.say();
  }

  heard() {
    this.at = Date.now();
    this.isLost = false;
    this.say();
  }

  lost() {
    this.isLost = true;
    this.say();
  }

  say() {
    const seconds = Math.round((Date.now() - this.at) / 1000);
    if (seconds * 1000 > SILENT_AFTER) this.isLost = true;
    this.age.textContent = `Updated ${seconds === 1 ? "1 second" : `${seconds} seconds`} ago.`;
    const words = this.isLost
      ? `Connection lost since ${clockTime(this.at)}. What stands here is as it was then. It is tried again by itself.`
      : "";
    if (this.line.textContent !== words) this.line.textContent = words; // said once, not every second
  }
}

function clockTime(at) {
  const when = new Date(at);
  const minutes = String(when.getMinutes()).padStart(2, "0");
  return `${when.getHours() % 12 || 12}:${minutes} ${when.getHours() < 12 ? "am" : "pm"}`;
}

function offerFullScreen(board) {
  const button = board.querySelector("[data-full-screen]");
  if (!button || !document.fullscreenEnabled) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else board.requestFullscreen();
  });
  document.addEventListener("fullscreenchange", () => {
    button.textContent = document.fullscreenElement ? "Leave full screen" : "Full screen";
  });
}

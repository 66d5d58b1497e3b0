// Keeps on the server what stands in <form method="post" data-draft> while somebody writes: when they leave a field, at
// most every ten seconds while something changes, and as the page goes. The page works without it: then words are kept
// whenever the form is sent and not accepted.
const EVERY = 10_000;
const AT_MOST_AS_IT_GOES = 60_000; // bytes: browsers carry no more once the page has gone
const PATIENCE = 15_000;
const NEVER = ["password", "file"];
const EXIT = ".govuk-exit-this-page";
const EXITING = "govuk-exit-this-page-hide-content"; // on the body, from when somebody leaves at once
const kept = new Set();

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.querySelector("[data-keep]")) kept.add(new KeptForm(form));
  }
}

// Before the page is left for being signed out: everything that was typed has reached the server, or cannot.
export function keepEverything() {
  return Promise.allSettled([...kept].map((form) => form.keep()));
}

// Whether a form is on its way: its answer is the next page, and nothing else may be.
export function isSending() {
  return [...kept].some((form) => form.sending);
}

class KeptForm {
  constructor(form) {
    this.form = form;
    this.mark = form.querySelector("[data-keep]");
    this.changed = this.sending = this.ended = false;
    this.busy = Promise.resolve();
    this.timer = 0;
    this.says = form.appendChild(document.createElement("p"));
    this.says.className = "kith-kept";
    this.says.setAttribute("role", "status");
    form.addEventListener("input", () => this.somethingChanged());
    form.addEventListener("change", () => this.somethingChanged());
    form.addEventListener("focusout", (event) => { if (!event.relatedTarget?.closest(EXIT)) this.keep(); });
    form.addEventListener("submit", () => { this.sending = true; });
    window.addEventListener("pagehide", () => this.keepAsThePageGoes());
    window.addEventListener("pageshow", () => { this.sending = false; });
  }

  somethingChanged() {
    this.changed = true;
    this.sending = false; // whoever types after sending is on the page still
    this.timer ||= setTimeout(() => this.keep(), EVERY);
  }

  async keep() {
    clearTimeout(this.timer);
    this.timer = 0;
    await this.busy; // one after the other, so that the newest words are the last
    if (this.hasNothingToKeep) return;
    this.changed = false;
    this.busy = this.send();
    await this.heard(await this.busy);
  }

  async send() {
    const given = { method: "POST", body: this.words, credentials: "same-origin", redirect: "manual" };
    try {
      return await fetch(this.address, { ...given, signal: AbortSignal.timeout(PATIENCE) });
    } catch {
      return { status: 0 };
    }
  }

  async heard(answer) {
    if (answer.status === 0 && answer.type !== "opaqueredirect") {
      return this.notKept("Not kept: there is no connection. Your words are on this page only.");
    }
    if (answer.ok) {
      const { kept: time, sent } = await answer.json();
      return sent ? this.beginAnother() : this.say(time);
    }
    if (answer.status === 401) return this.say("", "Your words are kept. Your time has run out: sign in again to send them.");
    if (answer.status === 413) return this.notKept("This is more than can be kept before it is sent.");
    if (answer.type === "opaqueredirect") return this.end("You are signed out. Sign in in another window, then come back and send this.");
    return this.notKept("Not kept. Your words are on this page only.");
  }

  // The form was sent before, and somebody came back and typed on: that is another one.
  beginAnother() {
    if (this.sending) return undefined;
    this.mark.value = crypto.randomUUID();
    this.changed = true;
    return this.keep();
  }

  say(time, words = time ? `Kept at ${time}` : "") {
    if (this.says.textContent !== words) this.says.textContent = words; // said once a minute, not at each keeping
  }

  notKept(words) {
    this.changed = true; // tried again
    this.timer ||= setTimeout(() => this.keep(), EVERY);
    this.says.textContent = words;
  }

  end(words) {
    this.ended = true;
    this.says.textContent = words;
  }

  // Whoever leaves by "Exit this page" wants nothing kept.
  get hasNothingToKeep() {
    return !this.changed || this.sending || this.ended || document.body.classList.contains(EXITING);
  }

  keepAsThePageGoes() {
    if (this.hasNothingToKeep) return;
    const words = this.words;
    if (words.toString().length <= AT_MOST_AS_IT_GOES && navigator.sendBeacon(this.address, words)) this.changed = false;
  }

  get address() {
    const of = new URL(this.form.getAttribute("action") || window.location.pathname, window.location.href).pathname;
    return `${this.mark.dataset.keep}?of=${encodeURIComponent(of)}`;
  }

  get words() {
    const secret = [...this.form.elements].filter((field) => NEVER.includes(field.type)).map((field) => field.name);
    return new URLSearchParams([...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && !secret.includes(name)));
  }
}

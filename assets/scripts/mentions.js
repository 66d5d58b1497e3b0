// While a note is written, "@Ama" offers people and groups and "#Harb" places that are open to its writer: a list below
// the field, by keyboard or pointer. Choosing writes the name and adds the record with its own part. Without a script the
// page's Find does the same.
const BEGUN = /(?:^|[\s("“‘'])([@#])([\p{L}][\p{L}\p{N}'’.-]*(?: [\p{L}\p{N}'’.-]*){0,3})$/u;
const LEAST = 3;
const PAUSE = 250;
const SAYS = "Type @ and the first letters of a name, or # and those of a place, to add who and where it is about.";

const notAbout = new Set();

export function offerMentions() {
  const place = document.querySelector("[data-mentions]");
  const area = place?.querySelector("textarea");
  if (area) new Mentions(area, place.dataset.mentions);
  document.body.addEventListener("click", answerWhetherAbout);
  document.getElementById("named")?.addEventListener("htmx:afterSwap", () => notAbout.forEach(askNoMore));
}

class Mentions {
  constructor(area, address) {
    this.area = area;
    this.address = address;
    this.found = [];
    this.active = -1;
    this.nothingFor = this.closedFor = "";
    this.timer = 0;
    this.draw();
    area.addEventListener("input", () => this.typed());
    area.addEventListener("keydown", (event) => this.pressed(event));
    area.addEventListener("blur", () => this.close());
    area.addEventListener("click", () => this.typed());
  }

  draw() {
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${this.area.id}-mentions`, className: "kith-mentions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Whom or where you mean");
    this.says = document.createElement("p");
    this.says.className = "govuk-visually-hidden";
    this.says.setAttribute("role", "status");
    const hint = document.createElement("p");
    Object.assign(hint, { id: `${this.area.id}-mentions-hint`, className: "govuk-hint kith-mentions__hint", textContent: SAYS });
    this.area.after(this.list, this.says, hint);
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.setAttribute("aria-describedby", [this.area.getAttribute("aria-describedby"), hint.id].filter(Boolean).join(" "));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the text
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(Number(option.dataset.index));
    });
  }

  // The mark and what was begun after it, up to where the writer is.
  begun() {
    const end = this.area.selectionStart;
    const match = BEGUN.exec(this.area.value.slice(0, end));
    if (!match || end !== this.area.selectionEnd || match[2].trim().length < LEAST) return null;
    return { mark: match[1], words: match[2], start: end - match[2].length - 1, end };
  }

  typed() {
    clearTimeout(this.timer);
    const begun = this.begun();
    const text = begun && begun.mark + begun.words;
    const hopeless = text && [this.nothingFor, this.closedFor].some((other) => other && text.startsWith(other));
    if (!begun || hopeless) return this.close();
    this.timer = setTimeout(() => this.look(begun), PAUSE);
    return undefined;
  }

  async look({ mark, words }) {
    const asked = new URLSearchParams({ mark, of: words });
    for (const field of this.area.form.querySelectorAll("[name=about]")) asked.append("about", field.value);
    let answer;
    try {
      answer = await fetch(`${this.address}?${asked}`, { credentials: "same-origin", headers: { "HX-Request": "true" } });
    } catch {
      return this.close();
    }
    if (answer.headers.get("HX-Trigger") === "time-is-over") return document.body.dispatchEvent(new Event("time-is-over"));
    if (answer.status === 429) return this.say("Too many searches in one minute. Go on writing, and try again soon.");
    const now = this.begun();
    if (answer.status !== 200 || !now || now.mark + now.words !== mark + words) return undefined; // they have written on
    this.show((await answer.json()).found, mark + words);
    return undefined;
  }

  show(found, text) {
    if (!found.length) {
      this.nothingFor = text;
      this.close();
      return this.say(`Nobody and nowhere open to you begins with ${text.slice(1)}.`);
    }
    this.found = found;
    this.list.replaceChildren(...found.map((one, index) => this.option(one, index)));
    this.list.hidden = false;
    this.activate(0);
    return this.say(`${found.length === 1 ? "1 record" : `${found.length} records`} to choose from. Up and down to move, Enter to choose, Escape to leave.`);
  }

  option(one, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.dataset.index = index;
    option.setAttribute("role", "option");
    const name = option.appendChild(document.createElement("strong"));
    name.textContent = one.name;
    if (one.told) option.append(`, ${one.told}`);
    return option;
  }

  activate(index) {
    this.active = index;
    for (const option of this.list.children) option.setAttribute("aria-selected", String(Number(option.dataset.index) === index));
    this.area.setAttribute("aria-activedescendant", this.list.children[index].id);
    this.list.children[index].scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const count = this.found.length;
    const does = {
      ArrowDown: () => this.activate((this.active + 1) % count),
      ArrowUp: () => this.activate((this.active + count - 1) % count),
      Enter: () => this.choose(this.active),
      Escape: () => this.leave(),
    }[event.key];
    if (does) {
      event.preventDefault();
      does();
    }
  }

  // They do not mean any of these: nothing more is offered for what they have begun.
  leave() {
    const begun = this.begun();
    this.closedFor = begun ? begun.mark + begun.words : "";
    this.close();
  }

  choose(index) {
    const one = this.found[index];
    const begun = this.begun();
    this.close();
    if (!one || !begun) return;
    this.area.setRangeText(one.name, begun.start, begun.end, "end");
    this.closedFor = this.nothingFor = "";
    addToAbout(one);
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
    this.say(`Added: ${one.name}. Their own part is below the note.`);
  }

  close() {
    clearTimeout(this.timer);
    this.found = [];
    this.list.hidden = true;
    this.list.replaceChildren();
    this.area.removeAttribute("aria-activedescendant");
  }

  say(words) {
    this.says.textContent = words;
  }
}

// "Is this about Amara Osei?" Yes adds them here, as does any other offer to add; the text and the focus stay.
function answerWhetherAbout(event) {
  const no = event.target.closest("[data-not-about]");
  const yes = event.target.closest("#named button[name=add]");
  if (no) {
    notAbout.add(no.dataset.notAbout);
    askNoMore(no.dataset.notAbout);
  }
  if (!yes || !document.getElementById("about-one")) return;
  event.preventDefault();
  addToAbout({ id: yes.value, name: yes.dataset.name, told: yes.dataset.told });
  const area = document.querySelector("[data-mentions] textarea");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function addToAbout({ id, name, told }) {
  const chosen = document.getElementById("chosen");
  if (![...chosen.querySelectorAll("[name=about]")].some((field) => field.value === String(id))) {
    chosen.append(ticket(id, name, told));
  }
  askNoMore(id);
  for (const offer of document.querySelectorAll(`.kith-offers button[name=add][value="${CSS.escape(id)}"]`)) offer.parentElement.remove();
}

function ticket(id, name, told) {
  const made = document.getElementById("about-one").content.cloneNode(true);
  for (const words of made.querySelectorAll("[data-name]")) words.textContent = name;
  made.querySelector("[data-told]").textContent = told || "";
  Object.assign(made.querySelector("[data-about]"), { name: "about", value: id });
  Object.assign(made.querySelector("[data-remove]"), { name: "remove", value: id });
  const part = made.querySelector("textarea");
  part.id = part.name = `private-${id}`;
  made.querySelector("label").htmlFor = part.id;
  return made;
}

// What was answered is not asked again on this page; whoever was refused may still be found or mentioned.
function askNoMore(id) {
  const list = document.getElementById("named");
  list?.querySelector(`[data-named="${CSS.escape(id)}"]`)?.remove();
  if (list && !list.querySelector("[data-named]")) list.replaceChildren();
}

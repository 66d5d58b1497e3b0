// A picture of a network: choose a line and read its evidence beside it, go from line to line by keyboard or to one by its
// code, see one person's links alone, move through time. The picture, the date, the table and finding work without this.
import { onKey } from "./keyboard.js";

const DAY = 86_400_000;
const NARROW = "(max-width: 40em)";
const MOST_CODES = 80; // written on lines at once
const ZOOMS = ["", "kith-network__svg--twice", "kith-network__svg--thrice"];
const SVG = "http://www.w3.org/2000/svg";

export function watchNetworks() {
  const network = document.querySelector("[data-network]");
  if (network) new Picture(network);
}

class Picture {
  constructor(network) {
    this.network = network;
    this.frame = network.querySelector("[data-network-frame]");
    this.aside = document.getElementById("network-evidence");
    this.links = [...network.querySelectorAll("a[data-ends]")].map((element) => new Link(element));
    this.nodes = new Map([...network.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
    this.seeds = new Set([...this.nodes.keys()].filter((key) => this.nodes.get(key).classList.contains("kith-network__node--seed")));
    this.svg = network.querySelector("[data-network-svg]");
    this.codes = new Map(this.links.map((link) => [link.element.dataset.code, link]));
    this.chosen = null;
    this.alone = null;
    this.zoomed = 0;
    this.day = network.querySelector("[data-day]").dataset.day;
    this.frame.addEventListener("click", (event) => this.click(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => this.table(event));
    this.slide();
    this.find();
    this.zoom();
    this.tableFirst();
    network.dataset.ready = String(Math.round(performance.now())); // how soon it could be used, for whoever measures
  }

  // Where the picture is larger than its frame, it begins at whoever it was asked from, not at its left edge.
  centre() {
    const seed = this.nodes.get([...this.seeds][0]);
    if (!seed) return;
    const [at, frame] = [seed.getBoundingClientRect(), this.frame.getBoundingClientRect()];
    this.frame.scrollLeft += at.left + at.width / 2 - frame.left - frame.width / 2;
    this.frame.scrollTop += at.top + at.height / 2 - frame.top - frame.height / 2;
  }

  click(event) {
    const node = event.target.closest("[data-node]");
    if (node) {
      this.only(node.dataset.node === this.alone ? [] : [node.dataset.node]);
      return;
    }
    const element = event.target.closest("a[data-ends]");
    if (!element || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.choose(this.links.find((link) => link.element === element));
    this.read(element.getAttribute("href"));
  }

  table(event) {
    const link = event.target.closest("a[data-evidence]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.read(link.getAttribute("href"), link);
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const there = this.links.filter((link) => link.isThere());
      if (!there.length) return;
      const at = there.indexOf(this.chosen);
      this.choose(there[at < 0 ? 0 : (at + step + there.length) % there.length]);
      this.chosen.element.focus({ preventScroll: false });
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.read(this.chosen.element.getAttribute("href"));
    }
  }

  // A code opens its evidence when it is complete; part of a name shows the links of whoever is called so.
  find() {
    const form = this.network.querySelector("[data-network-find]");
    const box = form.querySelector("#find");
    onKey("l", () => {
      box.focus();
      box.select();
    });
    box.addEventListener("input", () => {
      const typed = box.value.trim().toLowerCase();
      const link = this.codes.get(typed);
      if (link) {
        box.value = "";
        this.only([]);
        this.choose(link);
        this.read(link.element.getAttribute("href"));
      } else {
        this.only(/^\D./.test(typed) ? this.called(typed) : []);
      }
    });
    form.addEventListener("submit", (event) => {
      if (!box.value.trim() && !new URLSearchParams(window.location.search).get("find")) event.preventDefault();
    });
  }

  called(typed) {
    const name = (node) => node.querySelector("title").textContent.toLowerCase();
    return [...this.nodes.keys()].filter((key) => name(this.nodes.get(key)).includes(typed));
  }

  // Only these and whom they are linked with stand out, with their names and the codes of their links.
  only(keys) {
    const asked = new Set(keys);
    this.alone = keys.length === 1 ? keys[0] : null;
    const near = this.links.filter((link) => link.isThere() && link.ends.some((end) => asked.has(end)));
    const named = new Set([...asked, ...near.flatMap((link) => link.ends)]);
    this.svg.classList.toggle("kith-network__svg--some", asked.size > 0);
    for (const link of this.links) link.element.classList.remove("kith-network__link--near");
    for (const link of near) link.element.classList.add("kith-network__link--near");
    for (const [key, node] of this.nodes) {
      node.classList.toggle("kith-network__node--near", named.has(key));
      node.classList.toggle("kith-network__node--named", asked.has(key) || (named.has(key) && named.size <= MOST_CODES));
    }
    this.svg.querySelectorAll(".kith-network__code-there").forEach((code) => code.remove());
    if (near.length <= MOST_CODES) near.forEach((link) => link.writeCode());
  }

  zoom() {
    const part = this.network.querySelector("[data-network-zoom]");
    part.hidden = false;
    part.addEventListener("click", (event) => {
      const step = Number(event.target.closest("[data-zoom]")?.dataset.zoom || 0);
      this.zoomed = Math.max(0, Math.min(ZOOMS.length - 1, this.zoomed + step));
      ZOOMS.forEach((zoom, at) => zoom && this.svg.classList.toggle(zoom, at === this.zoomed));
      this.centre();
    });
  }

  // On a phone the table is read first, and the picture stands after it.
  tableFirst() {
    const picture = [...this.network.querySelectorAll(":scope > .kith-network__both, :scope > .kith-network__key")];
    const width = window.matchMedia(NARROW);
    const place = () => {
      const stands = this.network.contains(this.svg);
      if (width.matches) document.getElementById("network-table").after(...picture);
      else if (!stands) this.network.append(...picture);
      this.centre();
    };
    place();
    width.addEventListener("change", place);
  }

  choose(link) {
    if (this.chosen) this.chosen.element.classList.remove("kith-network__link--chosen");
    this.chosen = link;
    for (const [key, node] of this.nodes) node.classList.toggle("kith-network__node--end", link.ends.includes(key));
    link.element.classList.add("kith-network__link--chosen");
  }

  async read(given, from = null) {
    const address = this.asOfDay(given);
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) {
      window.location.assign(address);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.aside.replaceChildren(...page.body.childNodes);
    if (from) this.aside.scrollIntoView({ block: "nearest" });
    this.aside.focus({ preventScroll: !from });
  }

  slide() {
    const part = this.network.querySelector("[data-network-slider]");
    const range = part.querySelector("input");
    const first = Date.parse(range.dataset.from);
    range.min = "0";
    range.max = String(Math.round((Date.parse(range.dataset.to) - first) / DAY));
    range.value = String(Math.round((Date.parse(range.dataset.day) - first) / DAY));
    part.hidden = false;
    const field = this.network.querySelector("#at");
    range.addEventListener("input", () => {
      const day = new Date(first + Number(range.value) * DAY).toISOString().slice(0, 10);
      this.day = field.value = day;
      part.querySelector("output").textContent = inWords(day);
      range.setAttribute("aria-valuetext", inWords(day));
      this.show(day);
    });
    range.addEventListener("change", () => this.leadTo());
  }

  // Whatever is opened from here is as of the day that the slider shows.
  asOfDay(given) {
    const address = new URL(given, window.location.href);
    address.searchParams.set("at", this.day);
    return address.pathname + address.search;
  }

  // The links and the address of the page go with the slider, so that another tab, or coming back, finds the same day.
  leadTo() {
    for (const { element } of this.links) element.setAttribute("href", this.asOfDay(element.getAttribute("href")));
    this.network.querySelector("[data-network-find] [name=at]").value = this.day;
    const page = this.asOfDay(window.location.href);
    window.history.replaceState(window.history.state, "", page);
    this.sayOfDay(page);
  }

  show(day) {
    const standing = this.links.filter((link) => link.on(day));
    const reached = this.reached(standing);
    const there = new Set(this.seeds);
    for (const link of standing) {
      const near = link.ends.some((end) => reached.has(end));
      link.element.classList.toggle("kith-network__gone", !near);
      if (near) link.ends.forEach((end) => there.add(end));
    }
    for (const [key, node] of this.nodes) node.classList.toggle("kith-network__gone", !there.has(key));
  }

  // Everybody less than so many steps from where it begins, by links that stand.
  reached(standing) {
    const ring = new Set(this.seeds);
    for (let step = 1; step < Number(this.network.dataset.steps); step += 1) {
      const next = standing.filter((link) => link.ends.some((end) => ring.has(end)));
      next.forEach((link) => link.ends.forEach((end) => ring.add(end)));
    }
    return ring;
  }

  async sayOfDay(page) {
    const address = new URL(page, window.location.href);
    address.searchParams.set("part", "day");
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected || this.asOfDay(page) !== page) return; // moved on meanwhile
    const said = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of said.body.querySelectorAll(":scope > [id]")) document.getElementById(part.id).replaceWith(part);
  }
}

class Link {
  constructor(element) {
    this.element = element;
    this.ends = element.dataset.ends.split(" ");
    this.lives = element.dataset.lives.split(";").map((life) => life.split(","));
  }

  isThere() {
    return !this.element.classList.contains("kith-network__gone");
  }

  writeCode() {
    const [x1, y1, x2, y2] = this.element.querySelector(".kith-network__line").getAttribute("d").slice(1).split(" ").map(Number);
    const code = document.createElementNS(SVG, "text");
    code.setAttribute("class", "kith-network__code-there");
    code.setAttribute("x", (x1 + x2) / 2);
    code.setAttribute("y", (y1 + y2) / 2);
    code.textContent = this.element.dataset.code;
    this.element.append(code);
  }

  // Days are written year first, so that they compare as text. A piece counts from its first day until it drops out.
  on(day) {
    const standing = this.lives.filter(([from, , until]) => from <= day && (!until || day < until));
    const fading = standing.every(([, fades]) => fades && fades <= day);
    this.element.classList.toggle("kith-network__gone", standing.length === 0);
    this.element.classList.toggle("kith-network__link--fading", standing.length > 0 && fading);
    return standing.length > 0;
  }
}

function inWords(day) {
  return new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

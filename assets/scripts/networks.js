// A picture of a network: choose a line and read its evidence beside it, go from line to line by keyboard, move through
// time. The picture, the date and the table work without this.
const DAY = 86_400_000;

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
    this.chosen = null;
    this.frame.addEventListener("click", (event) => this.click(event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("click", (event) => this.table(event));
    this.slide();
    network.dataset.ready = String(Math.round(performance.now())); // how soon it could be used, for whoever measures
  }

  click(event) {
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

  choose(link) {
    if (this.chosen) this.chosen.element.classList.remove("kith-network__link--chosen");
    this.chosen = link;
    link.element.classList.add("kith-network__link--chosen");
  }

  async read(address, from = null) {
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
      field.value = day;
      part.querySelector("output").textContent = inWords(day);
      range.setAttribute("aria-valuetext", inWords(day));
      this.show(day);
    });
    range.addEventListener("change", () => this.tableOn(field.value));
  }

  show(day) {
    const there = new Set(this.seeds);
    for (const link of this.links) {
      if (link.on(day)) link.ends.forEach((end) => there.add(end));
    }
    for (const [key, node] of this.nodes) node.classList.toggle("kith-network__gone", !there.has(key));
  }

  async tableOn(day) {
    const single = this.network.querySelector("#single").checked ? "&single=hide" : "";
    const address = `${this.network.dataset.table}?part=table&at=${day}${single}`;
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("network-table").replaceWith(page.getElementById("network-table"));
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

// A button that prints the page. Without a script it stays hidden: the browser's own printing is always there.
export function offerPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

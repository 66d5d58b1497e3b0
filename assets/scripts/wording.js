// The language helper's offers: change the words, or mark them as somebody else's. Without a script its remarks are read.
export function offerWording() {
  document.body.addEventListener("click", (event) => {
    const button = event.target.closest("[data-instead], [data-quote]");
    const offers = button?.closest("[data-start]");
    const area = offers && document.getElementById(offers.closest("[data-remarks-on]").dataset.remarksOn);
    if (area) {
      replaceIn(area, offers.dataset, button.dataset.instead ?? `“${offers.dataset.words}”`);
    }
  });
}

// The text may have been changed since it was looked through: then the words are looked for, and left if they are gone.
function replaceIn(area, { start, end, words }, instead) {
  const stands = area.value.slice(Number(start), Number(end)) === words;
  const from = stands ? Number(start) : area.value.indexOf(words);
  if (from >= 0) {
    area.setRangeText(instead, from, from + words.length, "end");
    area.dispatchEvent(new Event("change", { bubbles: true }));
    area.focus();
  }
}

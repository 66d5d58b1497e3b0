// A button that writes where somebody is into a box, when they press it and their browser allows it. Nothing is asked before.
export function offerPosition() {
  for (const button of document.querySelectorAll("[data-position]")) {
    const box = document.getElementById(button.dataset.position);
    if (!box || !navigator.geolocation) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          box.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
          box.dispatchEvent(new Event("change", { bubbles: true }));
        },
        () => { button.textContent = "Your position is not known. Write where it is near"; },
        { timeout: 10_000 },
      );
    });
  }
}

// Names of wards on the map, as words of the page, so that no letters are fetched from anywhere: the largest wards
// first, and only where there is room beside those already there.
import { Marker } from "maplibre-gl";

export function nameWards(map, labels) {
  const named = labels.map((label) => {
    const element = document.createElement("span");
    element.className = "kith-places__name";
    element.textContent = label.name;
    element.setAttribute("aria-hidden", "true"); // the list names places; for those who hear, this is noise
    return { element, marker: new Marker({ element }).setLngLat(label.at).addTo(map) };
  });
  const makeRoom = () => {
    const taken = [];
    for (const { element } of named) {
      element.hidden = false;
      const box = element.getBoundingClientRect();
      element.hidden = taken.some((other) => meet(box, other));
      if (!element.hidden) taken.push(box);
    }
  };
  map.on("moveend", makeRoom);
  map.once("idle", makeRoom);
}

function meet(one, other) {
  return one.left < other.right + 4 && other.left < one.right + 4 && one.top < other.bottom && other.top < one.bottom;
}

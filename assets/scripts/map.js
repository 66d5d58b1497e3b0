// The map of hexagons that can be moved. Its shapes, names and numbers come from the page's own address; there is no
// background from anywhere else. The drawing by the server and the list below say the same without it.
import { Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { hexagonLayers } from "./map-layers.js";

const frame = document.querySelector("[data-map]");
if (frame && webglWorks()) draw(frame).catch(() => { frame.hidden = true; });

function webglWorks() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

async function draw(map) {
  const answer = await fetch(map.dataset.map, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  const shapes = await answer.json();
  if (!shapes.features.length) return;
  setWorkerUrl(new URL(map.dataset.worker, location.href).href);
  map.hidden = false;
  const drawn = new Map({
    container: map.querySelector("[data-map-canvas]"),
    style: { version: 8, sources: {}, layers: hexagonLayers(getComputedStyle(document.documentElement)).slice(0, 1) },
    bounds: boundsOf(shapes.features),
    fitBoundsOptions: { padding: 12 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
  });
  drawn.addControl(new NavigationControl({ showCompass: false }), "top-right");
  drawn.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  drawn.on("load", () => show(map, drawn, shapes));
}

function show(map, drawn, shapes) {
  drawn.addSource("shapes", { type: "geojson", data: shapes });
  for (const layer of hexagonLayers(getComputedStyle(document.documentElement)).slice(1)) drawn.addLayer(layer);
  const words = map.querySelector("[data-map-words]");
  drawn.on("click", "hexagons", (event) => tell(words, event.features[0].properties));
  drawn.on("mouseenter", "hexagons", () => { drawn.getCanvas().style.cursor = "pointer"; });
  drawn.on("mouseleave", "hexagons", () => { drawn.getCanvas().style.cursor = ""; });
  drawn.once("idle", () => {
    document.querySelector("[data-map-drawing]")?.classList.add("kith-places__drawing--replaced");
    map.dataset.ready = String(shapes.features.length);
  });
}

function tell(words, told) {
  const change = told.change ? ` ${told.change}.` : "";
  words.textContent = `${told.where}: ${told.events} events; ${told.around} in and around it, ${told.expected} expected. ${told.finding}.${change}`;
}

function boundsOf(features) {
  const points = features.flatMap((one) => (one.geometry.type === "Point" ? [one.geometry.coordinates] : one.geometry.coordinates[0]));
  const [xs, ys] = [points.map((point) => point[0]), points.map((point) => point[1])];
  return [[Math.min(...xs), Math.min(...ys)], [Math.max(...xs), Math.max(...ys)]];
}

// The map of hexagons that can be moved. Its shapes, names, numbers and what lies behind them come from the page's own
// address, nothing from anywhere else. The drawing by the server and the list below say the same without it.
import { Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { areaLayers, hexagonLayers, paper } from "./map-layers.js";
import { nameWards } from "./map-names.js";

const frame = document.querySelector("[data-map]");
if (frame && webglWorks()) draw(frame).catch(() => { frame.hidden = true; });

function webglWorks() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

async function asked(address) {
  const answer = address && await fetch(address, { headers: { Accept: "application/json" } });
  return answer && answer.ok && !answer.redirected ? answer.json() : null;
}

async function draw(map) {
  const [shapes, area] = await Promise.all([asked(map.dataset.map), asked(map.dataset.area)]);
  if (!shapes || !shapes.features.length) return;
  setWorkerUrl(new URL(map.dataset.worker, location.href).href);
  map.hidden = false;
  const drawn = new Map({
    container: map.querySelector("[data-map-canvas]"),
    style: { version: 8, sources: {}, layers: [paper(colour)] },
    bounds: boundsOf(shapes.features),
    fitBoundsOptions: { padding: 24 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    cooperativeGestures: true,
  });
  drawn.addControl(new NavigationControl({ showCompass: false }), "top-right");
  drawn.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  drawn.on("load", () => show(map, drawn, shapes, area));
}

function show(map, drawn, shapes, area) {
  drawn.addSource("shapes", { type: "geojson", data: shapes });
  const fifths = map.dataset.fifths !== undefined;
  const behind = area ? areaLayers(colour, fifths) : { under: [], over: [] };
  if (area) addArea(map, drawn, area);
  for (const layer of [...behind.under, ...hexagonLayers(colour), ...behind.over]) drawn.addLayer(layer);
  if (fifths) drawn.setPaintProperty("hexagons", "fill-opacity", 0.15);
  drawn.moveLayer("more");
  drawn.moveLayer("places");
  const words = map.querySelector("[data-map-words]");
  drawn.on("click", "hexagons", (event) => tell(words, event.features[0].properties));
  drawn.on("mouseenter", "hexagons", () => { drawn.getCanvas().style.cursor = "pointer"; });
  drawn.on("mouseleave", "hexagons", () => { drawn.getCanvas().style.cursor = ""; });
  drawn.once("idle", () => {
    document.querySelector("[data-map-drawing]")?.classList.add("kith-places__drawing--replaced");
    if (area) map.dataset.wards = String(drawn.queryRenderedFeatures({ layers: ["area-wards"] }).length);
    map.dataset.ready = String(shapes.features.length);
  });
}

function addArea(map, drawn, area) {
  const path = map.dataset.tiles.replace(/0\/0\/0$/, "{z}/{x}/{y}");
  const tiles = [`${location.origin}${path}?v=${area.version}`];
  drawn.addSource("area", { type: "vector", tiles, maxzoom: area.deepest, ...(area.bounds ? { bounds: area.bounds } : {}) });
  nameWards(drawn, area.labels);
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

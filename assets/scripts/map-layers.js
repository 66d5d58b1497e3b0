// How hexagons and public places look on the map, in the colours of the stylesheet: the page's paper, shades by number,
// a thick edge where there is more than expected, dashes where too little is told. Behind them the partnership's own
// outlines: water and parks under the hexagons, roads, wards and stations over them.
export function hexagonLayers(colour) {
  const shades = [0, 1, 2, 3, 4, 5].map((level) => colour(`--kith-chart-shade-${level}`));
  const shade = ["match", ["get", "depth"], ...shades.flatMap((value, level) => (level ? [level, value] : [])), shades[0]];
  const isHexagon = ["==", ["geometry-type"], "Polygon"];
  return [
    { id: "hexagons", type: "fill", source: "shapes", filter: isHexagon,
      paint: { "fill-color": shade, "fill-opacity": ["case", ["==", ["get", "depth"], 0], 0.25, 0.85] } },
    { id: "edges", type: "line", source: "shapes", filter: isHexagon,
      paint: { "line-color": colour("--kith-chart-grid"), "line-width": 0.8 } },
    { id: "few", type: "line", source: "shapes", filter: ["all", isHexagon, ["get", "few"]],
      paint: { "line-color": colour("--kith-chart-quiet"), "line-width": 1.5, "line-dasharray": [2, 2] } },
    { id: "more", type: "line", source: "shapes", filter: ["all", isHexagon, ["get", "stands_out"]],
      paint: { "line-color": colour("--kith-chart-concern"), "line-width": 3.5 } },
    { id: "places", type: "circle", source: "shapes", filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 3.5, "circle-color": colour("--kith-chart-ink"),
        "circle-stroke-color": colour("--kith-chart-paper"), "circle-stroke-width": 1 } },
  ];
}

export function paper(colour) {
  return { id: "paper", type: "background", paint: { "background-color": colour("--kith-chart-paper") } };
}

// `fifths`: small areas in five shades by deprivation, and hexagons as edges only. Answers what lies under and over.
export function areaLayers(colour, fifths) {
  const of = (layer, more) => ({ source: "area", "source-layer": layer, ...more });
  const level = ["match", ["get", "fifth"], 1, 1, 2, 0.75, 3, 0.5, 4, 0.3, 5, 0.12, 0];
  const under = [
    { id: "area-parks", type: "fill", ...of("parks"), paint: { "fill-color": colour("--kith-chart-park") } },
    { id: "area-fifths", type: "fill", ...of("small-areas", { layout: { visibility: fifths ? "visible" : "none" } }),
      paint: { "fill-color": colour("--kith-chart-three"), "fill-opacity": ["*", 0.6, level] } },
    { id: "area-water", type: "fill", ...of("water", { filter: ["==", ["geometry-type"], "Polygon"] }),
      paint: { "fill-color": colour("--kith-chart-water") } },
    { id: "area-streams", type: "line", ...of("water", { filter: ["==", ["geometry-type"], "LineString"] }),
      paint: { "line-color": colour("--kith-chart-water"), "line-width": 1.5 } },
  ];
  const over = [
    { id: "area-small", type: "line", ...of("small-areas", { minzoom: 11.5 }),
      paint: { "line-color": colour("--kith-chart-quiet"), "line-width": 0.4, "line-opacity": 0.6 } },
    { id: "area-roads", type: "line", ...of("roads"),
      paint: { "line-color": colour("--kith-chart-usual"), "line-width": 1.2, "line-opacity": 0.7 } },
    { id: "area-wards", type: "line", ...of("wards"),
      paint: { "line-color": colour("--kith-chart-quiet"), "line-width": 0.8 } },
    { id: "area-authority", type: "line", ...of("authority"),
      paint: { "line-color": colour("--kith-chart-quiet"), "line-width": 1.8 } },
    { id: "area-stations", type: "circle", ...of("stations"),
      paint: { "circle-radius": 4, "circle-color": colour("--kith-chart-paper"),
        "circle-stroke-color": colour("--kith-chart-ink"), "circle-stroke-width": 1.5 } },
  ];
  return { under, over };
}

// How hexagons and public places look on the map, in the colours of the stylesheet: the page's paper, shades by number,
// a thick edge where there is more than expected, dashes where too little is told.
export function hexagonLayers(style) {
  const colour = (name) => style.getPropertyValue(name).trim();
  const shades = [0, 1, 2, 3, 4, 5].map((level) => colour(`--kith-chart-shade-${level}`));
  const shade = ["match", ["get", "depth"], ...shades.flatMap((value, level) => (level ? [level, value] : [])), shades[0]];
  const isHexagon = ["==", ["geometry-type"], "Polygon"];
  return [
    { id: "paper", type: "background", paint: { "background-color": colour("--kith-chart-paper") } },
    { id: "hexagons", type: "fill", source: "shapes", filter: isHexagon,
      paint: { "fill-color": shade, "fill-opacity": 0.9 } },
    { id: "edges", type: "line", source: "shapes", filter: isHexagon,
      paint: { "line-color": colour("--kith-chart-grid"), "line-width": 1 } },
    { id: "few", type: "line", source: "shapes", filter: ["all", isHexagon, ["get", "few"]],
      paint: { "line-color": colour("--kith-chart-quiet"), "line-width": 1.5, "line-dasharray": [2, 2] } },
    { id: "more", type: "line", source: "shapes", filter: ["all", isHexagon, ["get", "stands_out"]],
      paint: { "line-color": colour("--kith-chart-concern"), "line-width": 3.5 } },
    { id: "places", type: "circle", source: "shapes", filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 3.5, "circle-color": colour("--kith-chart-ink"),
        "circle-stroke-color": colour("--kith-chart-paper"), "circle-stroke-width": 1 } },
  ];
}

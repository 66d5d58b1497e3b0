"""A network as GraphML, GEXF or CSV, which Gephi and others open. Every link carries its sources.

Formats: graphml.graphdrawing.org (GraphML 1.0) and gexf.net (GEXF 1.3).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from lxml import etree

from kith.linkage.feeds.rejects_file import guarded

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://gexf.net/1.3"
UNFIT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
Value = str | int | float | bool
TYPES = {bool: "boolean", int: "int", float: "double", str: "string"}
FORMATS = (".graphml", ".gexf", ".csv")


@dataclass(frozen=True)
class Written:
    """A network to be written: what it is, nodes by key, links as (a, b, what is known of it).

    Every node has the same attributes, and so has every link.
    """

    about: str
    nodes: Mapping[str, Mapping[str, Value]]
    links: Sequence[tuple[str, str, Mapping[str, Value]]]


def write(network: Written, path: Path) -> list[Path]:
    """The file by its ending, and for CSV a second one with the nodes. Raises ValueError for another ending."""
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise ValueError(f"The ending says the format: one of {', '.join(FORMATS)}.")
    path.parent.mkdir(parents=True, exist_ok=True)
    if ending == ".csv":
        beside = path.with_suffix(".nodes.csv")
        with path.open("w", encoding="utf-8-sig", newline="") as links:
            links_csv(network, links)
        with beside.open("w", encoding="utf-8-sig", newline="") as nodes:
            _table(("node",), ((key, values) for key, values in network.nodes.items()), nodes)
        return [path, beside]
    path.write_bytes(graphml(network) if ending == ".graphml" else gexf(network))
    return [path]


def links_csv(network: Written, file: IO[str]) -> None:
    """Source, Target and what is known of each link, with no cell that a spreadsheet would take for a formula."""
    _table(("Source", "Target"), ((a, b, values) for a, b, values in network.links), file)


def _table(heads: Sequence[str], rows: Iterable[tuple[object, ...]], file: IO[str]) -> None:
    writer = csv.writer(file)
    names: list[str] | None = None
    for *ends, values in rows:
        assert isinstance(values, Mapping)
        if names is None:
            names = list(values)
            writer.writerow([*heads, *names])
        writer.writerow([guarded(str(cell)) for cell in (*ends, *(values[name] for name in names))])
    if names is None:
        writer.writerow(heads)


def graphml(network: Written) -> bytes:
    """The network as GraphML."""
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap=_alone(GRAPHML))
    node_names, link_names = _names(network)
    for prefix, target, names in (("n", "node", node_names), ("e", "edge", link_names)):
        for name, kind in names.items():
            more = {"id": f"{prefix}_{name}", "for": target, "attr.name": name, "attr.type": kind}
            etree.SubElement(root, f"{{{GRAPHML}}}key", more)
    graph = etree.SubElement(root, f"{{{GRAPHML}}}graph", {"edgedefault": "undirected"})
    etree.SubElement(graph, f"{{{GRAPHML}}}desc").text = _fit(network.about)
    for key, values in network.nodes.items():
        _data(etree.SubElement(graph, f"{{{GRAPHML}}}node", {"id": _fit(key)}), "n", values)
    for number, (a, b, values) in enumerate(network.links):
        ends = {"id": f"link{number}", "source": _fit(a), "target": _fit(b)}
        _data(etree.SubElement(graph, f"{{{GRAPHML}}}edge", ends), "e", values)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _data(element: etree._Element, prefix: str, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        etree.SubElement(element, f"{{{GRAPHML}}}data", {"key": f"{prefix}_{name}"}).text = _text(value)


def gexf(network: Written) -> bytes:
    """The network as GEXF, with each link's weight where it has one."""
    root = etree.Element(f"{{{GEXF}}}gexf", {"version": "1.3"}, nsmap=_alone(GEXF))
    meta = etree.SubElement(root, f"{{{GEXF}}}meta")
    etree.SubElement(meta, f"{{{GEXF}}}creator").text = "Kith"
    etree.SubElement(meta, f"{{{GEXF}}}description").text = _fit(network.about)
    graph = etree.SubElement(root, f"{{{GEXF}}}graph", {"defaultedgetype": "undirected", "mode": "static"})
    node_names, link_names = _names(network)
    for target, names in (("node", node_names), ("edge", link_names)):
        group = etree.SubElement(graph, f"{{{GEXF}}}attributes", {"class": target})
        for name, kind in names.items():
            kind = "integer" if kind == "int" else kind
            etree.SubElement(group, f"{{{GEXF}}}attribute", {"id": name, "title": name, "type": kind})
    nodes = etree.SubElement(graph, f"{{{GEXF}}}nodes")
    for key, values in network.nodes.items():
        label = _text(values.get("label", key))
        _values(etree.SubElement(nodes, f"{{{GEXF}}}node", {"id": _fit(key), "label": label}), values)
    links = etree.SubElement(graph, f"{{{GEXF}}}edges")
    for number, (a, b, values) in enumerate(network.links):
        ends = {"id": str(number), "source": _fit(a), "target": _fit(b)}
        if "weight" in values:
            ends["weight"] = _text(values["weight"])
        _values(etree.SubElement(links, f"{{{GEXF}}}edge", ends), values)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _values(element: etree._Element, values: Mapping[str, Value]) -> None:
    group = etree.SubElement(element, f"{{{GEXF}}}attvalues")
    for name, value in values.items():
        etree.SubElement(group, f"{{{GEXF}}}attvalue", {"for": name, "value": _text(value)})


def _names(network: Written) -> tuple[dict[str, str], dict[str, str]]:
    node = next(iter(network.nodes.values()), {})
    link = network.links[0][2] if network.links else {}
    return ({name: TYPES[type(value)] for name, value in one.items()} for one in (node, link))  # type: ignore[return-value]


def _alone(space: str) -> dict[str, str]:
    return {None: space}  # type: ignore[dict-item]  # without a prefix, as lxml wants it said


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else _fit(str(value))


def _fit(text: str) -> str:
    return UNFIT.sub("", text)

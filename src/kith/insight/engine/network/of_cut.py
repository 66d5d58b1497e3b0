"""The network of a cut: codes for everybody, the links that stand on its day, described as groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kith.insight.engine.network.describing import Described, describe
from kith.insight.engine.network.edges import Links, Tie
from kith.subjects.rules import Evidence, drops_out_on

COLUMNS = ("a", "a_kind", "b", "b_kind", "kind", "grade", "agency", "feed", "first_seen", "last_seen", "expires_on")
KINDS = ("person", "group", "place")


@dataclass(frozen=True)
class OfCut:
    """A cut's links and what is said of them; for each community, how many of each kind are in it."""

    links: Links
    described: Described
    kinds: tuple[Mapping[str, int], ...]


def network_of(folder: Path, as_at: date) -> OfCut:
    """The links of the cut in this folder that stand on its day."""
    links = read_links(folder, as_at)
    described = describe(links)
    counted: list[Counter[str]] = [Counter() for _ in range(max(described.labels, default=-1) + 1)]
    for key, label in zip(described.keys, described.labels, strict=True):
        counted[label][links.nodes[key]] += 1
    return OfCut(links, described, tuple(counted))


def read_links(folder: Path, as_at: date) -> Links:
    """Evidence added up to links; what has expired or faded out by the day is left out and counted."""
    table = pl.read_parquet(folder / "links.parquet", columns=list(COLUMNS))
    nodes: dict[str, str] = {}
    ties: dict[tuple[str, str], Tie] = {}
    expired = 0
    for row in table.iter_rows(named=True):
        ends = _ends(row, as_at)
        nodes[row["a"]], nodes[row["b"]] = row["a_kind"], row["b_kind"]
        if ends is not None and ends <= as_at:
            expired += 1
            continue
        one, other = sorted((row["a"], row["b"]))
        days = {"first_seen": row["first_seen"], "last_seen": row["last_seen"], "expires_on": ends}
        told = {"kind": row["kind"], "source": row["agency"] or row["feed"], "grade": row["grade"]}
        ties.setdefault((one, other), Tie(one, other)).add(told, days)
    return Links(nodes, tuple(ties.values()), table.height, expired, (), as_at)


def _ends(row: Mapping[str, object], as_at: date) -> date | None:
    """The day a piece of evidence stops counting, as pages count it."""
    said = {name: value for name in ("first_seen", "last_seen", "expires_on") if (value := row[name])}
    evidence = Evidence("", str(row["grade"]), as_at, **said)  # type: ignore[arg-type]
    return drops_out_on(str(row["kind"]), evidence)

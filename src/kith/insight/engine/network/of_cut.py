"""The network of a cut: codes for everybody, the links that stand on its day, described as groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from kith.insight.engine.network.describing import Described, describe
from kith.insight.engine.network.edges import Links, Tie
from kith.insight.rules.networks_in_codes import Within
from kith.subjects.rules import LINK_KINDS, PLACE_KINDS, Evidence, drops_out_on

COLUMNS = ("a", "a_kind", "b", "b_kind", "kind", "grade", "agency", "feed", "first_seen", "last_seen", "expires_on")
ROWS_AT_MOST = 20_000  # pieces of evidence, the latest: far more than can be drawn
CLOSED_KINDS = frozenset({"home", "childrens-home"})
OFFERED = 5  # places and groups of a community, to begin from


@dataclass(frozen=True)
class OfCut:
    """A cut's links and what is said of them; for each community, what is known of it as a group."""

    links: Links
    described: Described
    groups: tuple[Within, ...]


def network_of(folder: Path, as_at: date, names: Mapping[str, str] | None = None) -> OfCut:
    """The links of the cut in this folder that stand on its day. `names`: of its agencies, by key."""
    links = read_links(folder, as_at, names)
    described = describe(links)
    return OfCut(links, described, _groups(links, described, _looked_up(folder, "places", "place", "kind")))


def _groups(links: Links, described: Described, place_kinds: Mapping[str, str]) -> tuple[Within, ...]:
    label = dict(zip(described.keys, described.labels, strict=True))
    nodes: dict[int, Counter[str]] = {}
    begin: dict[int, list[tuple[str, str]]] = {}
    for key, one in sorted(label.items()):
        kind = links.nodes[key]
        nodes.setdefault(one, Counter())[kind] += 1
        if kind != "person" and len(begin.setdefault(one, [])) < OFFERED and place_kinds.get(key) not in CLOSED_KINDS:
            begin[one].append((key, PLACE_KINDS.get(place_kinds.get(key, ""), kind).lower()))
    within: dict[int, list[Tie]] = {}
    for tie in links.ties:
        if label[tie.a] == label[tie.b]:
            within.setdefault(label[tie.a], []).append(tie)
    return tuple(
        Within(
            people=nodes[one.number]["person"],
            groups=nodes[one.number]["group"],
            places=nodes[one.number]["place"],
            links=one.links,
            outward=one.outward,
            single=sum(tie.single_source for tie in within.get(one.number, [])),
            kinds=Counter(LINK_KINDS[kind].outward for tie in within.get(one.number, []) for kind in tie.kinds),
            sources=Counter(source for tie in within.get(one.number, []) for source in tie.sources),
            sure=one.sure,
            begin_from=tuple(begin.get(one.number, ())),
        )
        for one in described.communities
    )


def read_links(folder: Path, as_at: date, names: Mapping[str, str] | None = None) -> Links:
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
        source = (names or {}).get(row["agency"], row["agency"]) or row["feed"]
        told = {"kind": row["kind"], "source": source, "grade": row["grade"]}
        ties.setdefault((one, other), Tie(one, other)).add(told, days)
    return Links(nodes, tuple(ties.values()), table.height, expired, (), as_at)


@dataclass(frozen=True)
class AroundCode:
    """Evidence within some steps of a code, as the cut has it, and what is known of everybody in it."""

    rows: list[dict[str, Any]]
    is_child: Mapping[str, bool]
    born: Mapping[str, date]
    place_kinds: Mapping[str, str]


def around_code(folder: Path, code: str, steps: int) -> AroundCode:
    """One or two steps from a code: every piece of evidence, the earliest first. A children's home leads no further."""
    table = pl.scan_parquet(folder / "links.parquet").select(*COLUMNS, "evidence")
    near = table.filter((pl.col("a") == code) | (pl.col("b") == code)).collect()
    homes = {place for place, kind in _looked_up(folder, "places", "place", "kind").items() if kind in CLOSED_KINDS}
    if steps > 1:
        onward = pl.Series(sorted(({*near["a"], *near["b"]} - homes) | {code}), dtype=pl.String).implode()
        near = table.filter(pl.col("a").is_in(onward) | pl.col("b").is_in(onward)).collect()
    latest = near.sort("last_seen", "evidence", descending=True, nulls_last=True).head(ROWS_AT_MOST).sort("evidence")
    codes = {*latest["a"], *latest["b"], code}
    children = _looked_up(folder, "people", "child", "is_child")
    born = _looked_up(folder, "people", "child", "born")
    kinds = _looked_up(folder, "places", "place", "kind")
    return AroundCode(
        latest.to_dicts(),
        {one: children[one] for one in codes if one in children},
        {one: born[one] for one in codes if born.get(one)},
        {one: kinds[one] for one in codes if one in kinds},
    )


def knows(folder: Path, code: str) -> bool:
    """Whether any evidence of the cut is about this code."""
    table = pl.scan_parquet(folder / "links.parquet")
    return not table.filter((pl.col("a") == code) | (pl.col("b") == code)).head(1).collect().is_empty()


def _looked_up(folder: Path, table: str, key: str, value: str) -> dict[str, Any]:
    path = folder / f"{table}.parquet"
    if not path.exists():
        return {}
    return dict(pl.read_parquet(path, columns=[key, value]).select(key, value).iter_rows())


def _ends(row: Mapping[str, object], as_at: date) -> date | None:
    """The day a piece of evidence stops counting, as pages count it."""
    said = {name: value for name in ("first_seen", "last_seen", "expires_on") if (value := row[name])}
    evidence = Evidence("", str(row["grade"]), as_at, **said)  # type: ignore[arg-type]
    return drops_out_on(str(row["kind"]), evidence)

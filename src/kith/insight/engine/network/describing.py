"""A file's network in words: its communities, what holds it together, and what is missing from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kith.insight.engine.network import communities, measures
from kith.insight.engine.network.edges import Links
from kith.insight.engine.network.graph import Graph, build
from kith.insight.engine.network.measures import Together

DRAW_UP_TO = 200_000  # links: beyond, how sure the communities are is not worked out
DESCRIBE_UP_TO = 1_000_000  # links: beyond, bridges are not counted
BROKERAGE_UP_TO = 2_000  # communities
ALWAYS_MISSING = (
    "Links that nobody wrote down are missing. Whoever more agencies know looks better linked; "
    "whoever none knows is not here.",
    communities.NOT_A_FINDING,
)


@dataclass(frozen=True)
class Community:
    """One community as a group: how it hangs together, how it stands towards the others, how sure it is.

    `brokerage`: of the shortest ways between two other communities, how many lead through this one.
    """

    number: int
    nodes: int
    links: int
    outward: int
    density: float
    brokerage: float | None
    stability: float | None
    sure: str


@dataclass(frozen=True)
class Described:
    """A network with its communities. `labels` stands beside `keys`."""

    keys: tuple[str, ...]
    labels: tuple[int, ...]
    communities: tuple[Community, ...]
    whole: Together | None
    missing: tuple[str, ...]


def describe(links: Links, *, seed: int = communities.SEED) -> Described:
    """Everything that is said of a file's links."""
    keys = tuple(links.nodes)
    number = {key: at for at, key in enumerate(keys)}
    graph = build(
        [number[tie.a] for tie in links.ties],
        [number[tie.b] for tie in links.ties],
        len(keys),
        [tie.weight for tie in links.ties],
    )
    draws = 0 if graph.links > DRAW_UP_TO else 50 if graph.links <= 20_000 else 10
    found = _found(graph, seed, draws)
    whole = measures.hangs_together(graph) if graph.links <= DESCRIBE_UP_TO else None
    labels = tuple(int(one) for one in found.labels)
    return Described(keys, labels, _communities(graph, found), whole, missing(links, bool(draws)))


def _found(graph: Graph, seed: int, draws: int) -> communities.Communities:
    if draws:
        return communities.find_with_stability(graph, seed=seed, draws=draws)
    return communities.Communities(communities.find(graph, seed=seed, threads=2), ())


def _communities(graph: Graph, found: communities.Communities) -> tuple[Community, ...]:
    labels = found.labels
    left, right, _ = graph.pairs()
    sizes = np.bincount(labels).tolist() if len(labels) else []
    inside = np.bincount(labels[left][labels[left] == labels[right]], minlength=len(sizes)).tolist()
    ends = np.bincount(labels[left], minlength=len(sizes)) + np.bincount(labels[right], minlength=len(sizes))
    among = measures.among_communities(graph, labels)
    linked = [number for number, size in enumerate(sizes) if size > 1]
    brokerage = measures.between(among) if among.size <= BROKERAGE_UP_TO else None
    return tuple(
        Community(
            number=one,
            nodes=sizes[one],
            links=inside[one],
            outward=int(ends[one]) - 2 * inside[one],
            density=2 * inside[one] / (sizes[one] * (sizes[one] - 1)),
            brokerage=brokerage[one] if brokerage is not None else None,
            stability=found.stability[one] if found.stability else None,
            sure=found.words(one) if found.stability else "was not drawn anew: there are too many links",
        )
        for one in linked
    )


def counted(number: int, what: str) -> str:
    """A number and its noun: 1 link, 1,200 links."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def missing(links: Links, drawn: bool) -> tuple[str, ...]:
    """What is likely missing, with the numbers of this file."""
    count = len(links.ties)
    told = [*ALWAYS_MISSING]
    if links.expired:
        told.append(f"{counted(links.expired, 'row')} had expired by {links.as_at:%-d %B %Y}: left out.")
    if links.bad:
        told.append(f"{counted(len(links.bad), 'row')} could not be used.")
    if count:
        told += _of_ties(links, count)
    alone = len(links.nodes) - len({end for tie in links.ties for end in (tie.a, tie.b)})
    if alone:
        told.append(f"Named only in links that have expired: {alone:,}.")
    if not drawn:
        told.append("How sure the communities are was not worked out: there are too many links to draw them anew.")
    return tuple(told)


def _of_ties(links: Links, count: int) -> list[str]:
    single = sum(tie.single_source for tie in links.ties)
    told = [f"{single:,} of {counted(count, 'link')} ({single / count:.0%}) rest on a single source."]
    undated = sum(tie.last_seen is None for tie in links.ties)
    if undated:
        told.append(f"Links of unknown age, because they have no date: {undated:,}.")
    ageless = sum(tie.expires_on is None for tie in links.ties)
    if ageless:
        told.append(f"Links without a day on which they expire: {ageless:,}.")
    unsourced = sum(not tie.sources for tie in links.ties)
    if unsourced:
        told.append(f"Links that name no source: {unsourced:,}.")
    by_source: dict[str, int] = {}
    for tie in links.ties:
        for source in tie.sources:
            by_source[source] = by_source.get(source, 0) + 1
    if by_source:
        most = max(sorted(by_source), key=lambda source: by_source[source])
        if by_source[most] / count >= 0.5 and len(by_source) > 1:
            told.append(f"{by_source[most] / count:.0%} of the links come from {most}: it shows what {most} looks at.")
    return told

"""What stands in a picture of a network on a day: links with their evidence, whom they join, what has changed.

No link without evidence. A link that is past its time drops out; one that nobody has seen again fades. What is said of
a network is said of all of it: there is no number about a person here, and none may be added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kith.subjects.rules import (
    EVIDENCE_GRADES,
    LINK_KINDS,
    Evidence,
    LinkSummary,
    Standing,
    Strength,
    SubjectKind,
    evidence_standing,
    sum_up_link,
)

MOST_LINKS, MOST_NODES = 2000, 500  # in one picture: more cannot be read
OPEN_FOR = timedelta(days=28)  # then a network is drawn anew, with its purpose
SNAPSHOT_FOR = timedelta(days=183)
NOT_SEEN = "somebody you may not see"
NOT_SEEN_KINDS = {
    SubjectKind.GROUP.value: "a group you may not see",
    SubjectKind.PLACE.value: "a place you may not see",
}
NEVER_WITH_A_YOUNG_PERSON = frozenset({"concern"})  # what LINK_KINDS calls links with adults there are worries about
TOLD_OPENLY = frozenset({"recorded", "told", "seen"})  # grades that may be looked at together


class Mode(StrEnum):
    """For whom the picture is."""

    PROFESSIONAL = "professional"
    TOGETHER = "together"
    IN_CODES = "in-codes"

    @property
    def title(self) -> str:  # type: ignore[override]
        return MODES.get(self, "In codes, from a cut")


MODES = {
    Mode.PROFESSIONAL: "For professionals: named, graded, and links that expire",
    Mode.TOGETHER: "To look at with a young person: their own network, in initials",
}


@dataclass(frozen=True)
class Piece:
    """One piece of evidence, from one side: who says so, how firm, in which words, and from when to when."""

    kind: str
    outward: bool  # True: the link's first is <kind> its second
    text: str
    grade: str
    source: str  # a feed's key, or "written by 12"
    told_by: str  # the same in words
    recorded_on: date
    first_seen: date | None = None
    last_seen: date | None = None
    expires_on: date | None = None

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.source, self.grade, self.recorded_on, self.first_seen, self.last_seen, self.expires_on)

    @property
    def as_of(self) -> date:
        return self.evidence.as_of


@dataclass(frozen=True)
class Link:
    """Everything that is known of two being linked. Raises ValueError without evidence."""

    first: int
    second: int
    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        if not self.pieces:
            raise ValueError("No evidence, no link.")

    @property
    def ends(self) -> tuple[int, int]:
        return self.first, self.second

    def other(self, end: int) -> int:
        return self.second if end == self.first else self.first


@dataclass(frozen=True)
class Drawn:
    """A link as it stands on a day: what its evidence adds up to, and the pieces that still count."""

    link: Link
    standing: Standing
    strength: Strength
    pieces: tuple[Piece, ...]
    sources: int
    first_seen: date
    last_seen: date
    drops_out_on: date | None

    @property
    def single_source(self) -> bool:
        return self.sources < 2

    @property
    def weight(self) -> int:
        """For drawing only: one to four, by how much evidence there is; a suspicion stays thin."""
        if self.strength is Strength.SUSPECTED:
            return 1
        return min(4, 1 + (self.sources > 1) + (len(self.pieces) > 2) + (self.sources > 2))

    @property
    def kinds(self) -> tuple[str, ...]:
        """In words, read from the first to the second."""
        said = dict.fromkeys((piece.kind, piece.outward) for piece in self.pieces)
        return tuple(LINK_KINDS[kind].outward if outward else LINK_KINDS[kind].inward for kind, outward in said)

    @property
    def grades(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(EVIDENCE_GRADES.get(piece.grade, piece.grade) for piece in self.pieces))


@dataclass(frozen=True)
class Window:
    """From when to when evidence must lie; None: no bound."""

    since: date | None = None
    upto: date | None = None

    def holds(self, piece: Piece) -> bool:
        """Evidence that was so within the window. What does not fade (family) is not bound by its beginning."""
        lasting = LINK_KINDS[piece.kind].fades_after is None
        early = self.since is not None and piece.as_of < self.since and not lasting
        return not early and not (self.upto is not None and (piece.first_seen or piece.as_of) > self.upto)


def known_by(links: Iterable[Link], day: date, window: Window) -> list[Link]:
    """Links with only the evidence that was there on a day and lies within the window; without any, no link."""
    kept = []
    for link in links:
        pieces = tuple(p for p in link.pieces if (p.first_seen or p.as_of) <= day and window.holds(p))
        if pieces:
            kept.append(Link(link.first, link.second, pieces))
    return kept


def drawn_on(links: Iterable[Link], day: date, window: Window | None = None) -> list[Drawn]:
    """The links that stand on a day, in the order given. What is past its time has dropped out."""
    found = (_draw(link, day) for link in known_by(links, day, window or Window()))
    return [one for one in found if one is not None]


def within_reach(drawn: Sequence[Drawn], seeds: Collection[int], steps: int = 2) -> list[Drawn]:
    """Of the links that stand, those within so many steps of where it begins, by links that stand."""
    ring = set(seeds)
    for _ in range(steps - 1):
        ring |= {end for one in drawn if ring & set(one.link.ends) for end in one.link.ends}
    return [one for one in drawn if ring & set(one.link.ends)]


def _draw(link: Link, day: date) -> Drawn | None:
    """The link by the kinds of it that still stand."""
    by_kind: dict[str, list[Piece]] = {}
    for piece in link.pieces:
        by_kind.setdefault(piece.kind, []).append(piece)
    standing: list[tuple[LinkSummary, list[Piece]]] = []
    for kind, pieces in by_kind.items():
        summary = sum_up_link(kind, [piece.evidence for piece in pieces], day)
        if summary.standing is not Standing.DROPPED:
            alive = [p for p in pieces if evidence_standing(kind, p.evidence, day) is not Standing.DROPPED]
            standing.append((summary, alive))
    if not standing:
        return None
    ends = [summary.drops_out_on for summary, _ in standing]
    counted = tuple(piece for _, alive in standing for piece in alive)
    sources = len({piece.source for piece in counted})
    firm = any(summary.strength is not Strength.SUSPECTED for summary, _ in standing)
    return Drawn(
        link=link,
        standing=Standing.CURRENT if any(s.standing is Standing.CURRENT for s, _ in standing) else Standing.FADING,
        strength=Strength.SUSPECTED if not firm else Strength.SEVERAL if sources > 1 else Strength.ONE,
        pieces=counted,
        sources=sources,
        first_seen=min(piece.first_seen or piece.as_of for piece in counted),
        last_seen=max(piece.as_of for piece in counted),
        drops_out_on=None if None in ends else max(end for end in ends if end),
    )


def for_looking_together(links: Iterable[Link], theirs: int) -> list[Link]:
    """A young person's own links and no others', without adults there are worries about and without what is
    suspected or only reported: the picture is made to be looked at together.
    """
    kept = []
    for link in links:
        pieces = tuple(p for p in link.pieces if p.grade in TOLD_OPENLY and _open_kind(p.kind))
        if theirs in link.ends and pieces:
            kept.append(Link(link.first, link.second, pieces))
    return kept


def _open_kind(kind: str) -> bool:
    return LINK_KINDS[kind].about not in NEVER_WITH_A_YOUNG_PERSON


@dataclass(frozen=True)
class Connection:
    """A place, a group or a person with links to two or more of the children asked about, and those links."""

    through: int
    children: tuple[int, ...]
    links: tuple[Drawn, ...]


def connecting(drawn: Sequence[Drawn], children: Collection[int]) -> list[Connection]:
    """Which place, group or person connects these children, each with the links that say so.

    In the order of their numbers: this is a list of connections and not an order of people.
    """
    found: dict[int, list[Drawn]] = {}
    for one in drawn:
        for end in one.link.ends:
            if end not in children and one.link.other(end) in children:
                found.setdefault(end, []).append(one)
    listed = []
    for through, links in sorted(found.items()):
        joined = tuple(sorted({one.link.other(through) for one in links}))
        if len(joined) > 1:
            listed.append(Connection(through, joined, tuple(links)))
    return listed


@dataclass(frozen=True)
class Change:
    """What is different on a later day: links that appeared, are gone, and have begun to fade."""

    appeared: tuple[Drawn, ...]
    gone: tuple[Drawn, ...]
    faded: tuple[Drawn, ...]
    same: int


def compare(before: Sequence[Drawn], after: Sequence[Drawn]) -> Change:
    """Two days of one network."""
    earlier = {one.link.ends: one for one in before}
    later = {one.link.ends: one for one in after}
    faded = [
        one
        for ends, one in later.items()
        if ends in earlier and one.standing is Standing.FADING and earlier[ends].standing is Standing.CURRENT
    ]
    return Change(
        appeared=tuple(one for ends, one in later.items() if ends not in earlier),
        gone=tuple(one for ends, one in earlier.items() if ends not in later),
        faded=tuple(faded),
        same=len(earlier.keys() & later.keys()) - len(faded),
    )


def readable(drawn: Sequence[Drawn], seeds: Collection[int]) -> tuple[list[Drawn], int]:
    """At most as many links and nodes as can be read, and how many links were left out.

    Kept first are the links of whom the picture begins from, then the latest seen.
    """
    order = sorted(
        drawn, key=lambda one: (not set(one.link.ends) & set(seeds), -one.last_seen.toordinal(), one.link.ends)
    )
    nodes: set[int] = set(seeds)
    kept: list[Drawn] = []
    for one in order:
        if len(kept) < MOST_LINKS and len(nodes | set(one.link.ends)) <= MOST_NODES:
            nodes |= set(one.link.ends)
            kept.append(one)
    return kept, len(drawn) - len(kept)


def likely_missing(
    drawn: Sequence[Drawn], closed: int, left_out: int, agencies: Mapping[str, int], cut_short: int = 0
) -> tuple[str, ...]:
    """What this picture likely lacks: stands beside every picture. `agencies`: how many pieces each source gave;
    `cut_short`: of how many only the latest evidence was read.
    """
    said = [
        "Links that nobody wrote down are missing, and so are people whom no agency knows. "
        "Whoever more agencies know looks better linked."
    ]
    if drawn:
        single = sum(one.single_source for one in drawn)
        links = "link rests" if len(drawn) == 1 else "links rest"
        said.append(f"{single} of {len(drawn)} {links} on a single source.")
        fading = sum(one.standing is Standing.FADING for one in drawn)
        if fading:
            said.append(f"Fading, because nobody has seen them again for long: {fading}.")
    if closed:
        said.append(f"In it, with records that are not open to you: {closed}. Their other links are not here.")
    if left_out:
        said.append(f"Links left out, because more cannot be read in one picture: {left_out}.")
    if cut_short:
        said.append(f"With so much written of them that only the latest was read: {cut_short}.")
    total = sum(agencies.values())
    most = max(sorted(agencies), key=lambda name: agencies[name], default="")
    if len(agencies) > 1 and agencies[most] * 2 >= total:
        said.append(f"Most of the evidence comes from {most}: it shows what {most} looks at.")
    return tuple(said)

"""A network as it is shown: a picture drawn here, and a table of the same links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kith.foundations.design_system import words
from kith.insight.queries.networks import Around, Node
from kith.insight.rules.networks import Connection, Drawn, Link, Mode, Piece, Window, known_by
from kith.subjects.rules import (
    EVIDENCE_GRADES,
    LINK_KINDS,
    PLACE_KINDS,
    Evidence,
    Standing,
    SubjectKind,
    drops_out_on,
)

WIDTH, HEIGHT = 1000, 640
LABELS_UP_TO = 60  # nodes: of more, only those from whom it begins are named in the picture, and whoever is pointed at
A_LETTER = 8.4  # how wide one of a name is at most on average, in the picture's own measure
SHAPES = {"person": "People", "group": "Groups", "place": "Places"}
OPENLY_TOLD = {"recorded": "It is written down", "told": "You or somebody else told us", "seen": "A worker saw it"}
HOMES = {PLACE_KINDS["home"], PLACE_KINDS["childrens-home"]}
TOGETHER_NAMES = {"group": "a group", "place": "a place"}


@dataclass(frozen=True)
class Spot:
    """A node in the picture."""

    number: int
    kind: str
    name: str
    label: str
    x: float
    y: float
    seed: bool
    there: bool  # on the day shown

    @property
    def named_at(self) -> tuple[float, float]:
        """Where the middle of its name stands: under it and wholly inside the picture, above it at the very foot."""
        half = min(WIDTH / 2, len(self.label) * A_LETTER / 2)
        under = self.y + 26
        return max(half, min(self.x, WIDTH - half)), under if under < HEIGHT - 4 else self.y - 16


@dataclass(frozen=True)
class Line:
    """A link in the picture. `lives`: for each piece of evidence, from when, when it fades, and until when.

    What its drawing says twice is put together here: a picture may hold two thousand.
    """

    first: int
    second: int
    ends: tuple[float, float, float, float]
    weight: int
    single: bool
    fading: bool
    there: bool
    lives: str
    title: str
    code: str

    @property
    def pair(self) -> str:
        return f"{self.first} {self.second}"

    @property
    def path(self) -> str:
        x, y, to_x, to_y = self.ends
        return f"M{x:g} {y:g} {to_x:g} {to_y:g}"

    @property
    def classes(self) -> str:
        name = "kith-network__link"
        said = {"--single": self.single, "--fading": self.fading}
        more = [f"{name}{one}" for one, so in said.items() if so] + ["kith-network__gone"] * (not self.there)
        return " ".join([name, f"{name}--{self.weight}", *more])


@dataclass(frozen=True)
class Row:
    """A link in the table."""

    first: Node
    second: Node
    words: str
    strength: str
    standing: str
    sources: str
    single: bool
    seen: str
    drops_out: str
    code: str = ""


@dataclass(frozen=True)
class Shown:
    """Everything about one network on one day."""

    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def many(self) -> bool:
        """Too many to be named at once."""
        return len(self.spots) > LABELS_UP_TO

    @property
    def says(self) -> str:
        """The picture in a sentence."""
        spots = [spot for spot in self.spots if spot.there]
        parts = [words.count(sum(s.kind == kind for s in spots), one, many) for kind, one, many in COUNTED]
        there = [line for line in self.lines if line.there]
        single = sum(line.single for line in there)
        return (
            f"{', '.join(parts[:-1])} and {parts[-1]}, {words.count(len(there), 'link')}; "
            f"{single} of them from a single source."
        )


COUNTED = (("person", "person", "people"), ("group", "group", "groups"), ("place", "place", "places"))


def in_initials(nodes: Mapping[int, Node]) -> dict[int, Node]:
    """For looking together: nobody's name, and of groups only that it is one. Public places keep theirs."""
    return {number: replace(node, name=_openly(node)) for number, node in nodes.items()}


def _openly(node: Node) -> str:
    if not node.seen:
        return "somebody" if node.kind == SubjectKind.PERSON.value else TOGETHER_NAMES[node.kind]
    if node.kind == SubjectKind.PERSON.value:
        return words.initials(node.name) or "somebody"
    if node.kind == SubjectKind.GROUP.value:
        return TOGETHER_NAMES["group"]
    return "home" if node.what in HOMES else node.name


def show(
    around: Around,
    drawn: Sequence[Drawn],
    places: Mapping[int, tuple[float, float]],
    seeds: Sequence[int],
    ever: Sequence[Link],
    codes: Mapping[tuple[int, int], str],
) -> Shown:
    """The picture and the table. `drawn` stand on the day; `ever` stand on some day, for the slider."""
    on_the_day = {one.link.ends: one for one in drawn}
    there = {end for one in drawn for end in one.link.ends} | set(seeds)
    spots = tuple(_spot(around.nodes[n], places[n], n in seeds, n in there) for n in places)
    lines = tuple(
        _line(link, on_the_day.get(link.ends), around.nodes, places, codes.get(link.ends, "")) for link in ever
    )
    return Shown(spots, lines, tuple(row(one, around.nodes, codes) for one in drawn))


def _spot(node: Node, place: tuple[float, float], seed: bool, there: bool) -> Spot:
    return Spot(node.number, node.kind, node.name, node.name[:40], *_at(place), seed, there)


def _line(
    link: Link, drawn: Drawn | None, nodes: Mapping[int, Node], places: Mapping[int, tuple[float, float]], code: str
) -> Line:
    ends = (*_at(places[link.first]), *_at(places[link.second]))
    kinds = drawn.kinds if drawn else _kinds(link.pieces)
    return Line(
        first=link.first,
        second=link.second,
        ends=ends,
        weight=drawn.weight if drawn else 1,
        single=drawn.single_source if drawn else len({piece.source for piece in link.pieces}) < 2,
        fading=drawn is not None and drawn.standing is Standing.FADING,
        there=drawn is not None,
        lives=";".join(",".join(_life(piece)) for piece in link.pieces),
        title=f"{nodes[link.first].name} {' and '.join(kinds)} {nodes[link.second].name}",
        code=code,
    )


def _kinds(pieces: Sequence[Piece]) -> tuple[str, ...]:
    said = dict.fromkeys((piece.kind, piece.outward) for piece in pieces)
    return tuple(LINK_KINDS[kind].outward if outward else LINK_KINDS[kind].inward for kind, outward in said)


def _life(piece: Piece) -> tuple[str, str, str]:
    """From when a piece counts, when it begins to fade, when it has dropped out; empty: never."""
    evidence: Evidence = piece.evidence
    ends = drops_out_on(piece.kind, evidence)
    fades = evidence.as_of + (ends - evidence.as_of) / 2 if ends else None
    return str(piece.first_seen or piece.as_of), str(fades or ""), str(ends or "")


def row(one: Drawn, nodes: Mapping[int, Node], codes: Mapping[tuple[int, int], str] | None = None) -> Row:
    """A link as the table has it."""
    first, last = words.short_day(one.first_seen), words.short_day(one.last_seen)
    return Row(
        first=nodes[one.link.first],
        second=nodes[one.link.second],
        words=" and ".join(one.kinds),
        strength=one.strength.value,
        standing="Fading" if one.standing is Standing.FADING else "Current",
        sources=words.count(one.sources, "source"),
        single=one.single_source,
        seen=last if first == last else f"{first} to {last}",
        drops_out=words.short_day(one.drops_out_on) if one.drops_out_on else "Does not fade",
        code=(codes or {}).get(one.link.ends, ""),
    )


@dataclass(frozen=True)
class SaidOf:
    """A piece of evidence as it is read."""

    words: str
    text: str
    grade: str
    told_by: str
    seen: str
    drops_out: str
    counts: bool
    later: bool  # it was so only after the day looked at


def evidence(link: Link, drawn: Drawn | None, mode: Mode, day: date) -> tuple[SaidOf, ...]:
    """Every piece, the latest first; when looked at together, how it is known and when, without the sentence."""
    counted = drawn.pieces if drawn else ()
    said = []
    for piece in sorted(link.pieces, key=lambda piece: piece.as_of, reverse=True):
        ends = drops_out_on(piece.kind, piece.evidence)
        together = mode is Mode.TOGETHER
        said.append(
            SaidOf(
                words=_kinds([piece])[0],
                text="" if together else piece.text,
                grade=OPENLY_TOLD[piece.grade] if together else EVIDENCE_GRADES.get(piece.grade, piece.grade),
                told_by="" if together else piece.told_by,
                seen=words.short_day(piece.as_of),
                drops_out=words.short_day(ends) if ends else "",
                counts=piece in counted,
                later=(piece.first_seen or piece.as_of) > day,
            )
        )
    return tuple(said)


@dataclass(frozen=True)
class Connects:
    """What connects some children: a place, a group or a person, the children, and the links that say so."""

    through: Node
    children: tuple[Node, ...]
    rows: tuple[Row, ...]
    ages: str  # such as "aged 12 to 16"
    told_by: tuple[str, ...]  # the agencies that know, or who wrote it


def connections(found: Sequence[Connection], nodes: Mapping[int, Node], day: date) -> tuple[Connects, ...]:
    """By kind (places, groups, people) and then by name; with the children's ages on a day and who knows."""
    listed = [
        Connects(
            nodes[one.through],
            tuple(nodes[n] for n in one.children),
            tuple(row(link, nodes) for link in one.links),
            ages([nodes[n] for n in one.children], day),
            _who_knows(one),
        )
        for one in found
    ]
    order = [SubjectKind.PLACE.value, SubjectKind.GROUP.value, SubjectKind.PERSON.value]
    return tuple(sorted(listed, key=lambda one: (order.index(one.through.kind), one.through.name)))


def ages(children: Sequence[Node], day: date) -> str:
    """From the youngest to the oldest; how many ages are not known is said."""
    known = sorted(_age(child.born, day) for child in children if child.born)
    if not known:
        return "ages not known"
    said = f"aged {known[0]}" if known[0] == known[-1] else f"aged {known[0]} to {known[-1]}"
    unknown = len(children) - len(known)
    return f"{said}; of {unknown} the age is not known" if unknown else said


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _who_knows(one: Connection) -> tuple[str, ...]:
    return tuple(
        sorted({piece.told_by.split(":")[0].removeprefix("written by ") for link in one.links for piece in link.pieces})
    )


def earliest(links: Sequence[Link], today: date) -> date:
    """Where the slider begins: the first day of any evidence, at most three years back."""
    days = [piece.first_seen or piece.as_of for link in links for piece in link.pieces]
    return max(min(days, default=today), today - timedelta(days=3 * 365))


def ever_standing(links: Sequence[Link], today: date, window: Window) -> list[Link]:
    """Links with evidence in the window by today, whether it still stands or not."""
    return known_by(links, today, window)


def kept_links(drawn: Sequence[Drawn]) -> list[dict[str, object]]:
    """Links as a snapshot keeps them, each with its evidence."""
    return [
        {
            "first": one.link.first,
            "second": one.link.second,
            "words": " and ".join(one.kinds),
            "strength": one.strength.value,
            "fading": one.standing is Standing.FADING,
            "single": one.single_source,
            "sources": one.sources,
            "weight": one.weight,
            "first_seen": str(one.first_seen),
            "last_seen": str(one.last_seen),
            "drops_out_on": str(one.drops_out_on or ""),
            "evidence": [_kept(piece) for piece in one.pieces],
        }
        for one in drawn
    ]


def _kept(piece: Piece) -> dict[str, str]:
    return {
        "words": _kinds([piece])[0],
        "text": piece.text,
        "grade": EVIDENCE_GRADES.get(piece.grade, piece.grade),
        "told_by": piece.told_by,
        "seen": str(piece.as_of),
    }


def show_kept(
    nodes: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]], places: Mapping[int, tuple[float, float]]
) -> Shown:
    """The picture of a kept network. `nodes` as they may be named today; its lines lead to its own list of links."""
    names = {node["id"]: node["name"] for node in nodes}
    seeds = {node["id"] for node in nodes if node["seed"]}
    spots = tuple(
        Spot(n["id"], n["kind"], n["name"], n["name"][:40], *_at(places[n["id"]]), n["id"] in seeds, True)
        for n in nodes
    )
    lines = tuple(
        Line(
            first=link["first"],
            second=link["second"],
            ends=(*_at(places[link["first"]]), *_at(places[link["second"]])),
            weight=link["weight"],
            single=link["single"],
            fading=link["fading"],
            there=True,
            lives="",
            title=f"{names[link['first']]} {link['words']} {names[link['second']]}",
            code=str(number),
        )
        for number, link in enumerate(links, start=1)
    )
    return Shown(spots, lines, ())


def _at(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0] * WIDTH, 1), round(place[1] * HEIGHT, 1)


def kept_nodes(drawn: Sequence[Drawn], nodes: Mapping[int, Node], seeds: Sequence[int]) -> list[dict[str, object]]:
    """Nodes as a snapshot keeps them."""
    there = dict.fromkeys([*seeds, *(end for one in drawn for end in one.link.ends)])
    return [{"id": n, "kind": nodes[n].kind, "name": nodes[n].name, "seed": n in seeds} for n in there]

"""Links from anybody's file: guess what the columns are, say why a row cannot be used, add up the evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

ROLES = (
    "a", "b", "a_kind", "b_kind", "kind", "source", "grade", "first_seen", "last_seen", "expires_on", "evidence",
    "ignore",
)  # fmt: skip
DATES = ("first_seen", "last_seen", "expires_on")
PAIRS = (("source", "target"), ("from", "to"), ("a", "b"), ("person_a", "person_b"), ("id_1", "id_2"))
NAMED: tuple[tuple[str, str], ...] = (
    (r"^(a|from|source|src|left|first|one|person|node|id|name)_?(kind|type)(_?(a|1))?$", "a_kind"),
    (r"^(b|to|target|dst|right|second|other|person|node|id|name)_?(kind|type)(_?(b|2))?$", "b_kind"),
    (r"^(a|from|src|left|subject|person|node|id|name|child|actor|entity)(_?(id|name|node))?_?(a|1|one)?$", "a"),
    (r"^(b|to|dst|target|right|other|associate|person|node|id|name|actor|entity)(_?(id|name|node))?_?(b|2|two)?$", "b"),
    (r"^(link|tie|edge|relation(ship)?)?_?(kind|type)$|^relation(ship)?$", "kind"),
    (r"grade|certainty|confidence|reliab", "grade"),
    (r"expir|valid_?(to|until)|^until$", "expires_on"),
    (r"^(first|start|since|began|valid_?from)(_?(seen|date|on))?$|first_?seen", "first_seen"),
    (r"^(last|end|latest|date|seen|when|stated)(_?(seen|date|on))?$|last_?seen|^on$", "last_seen"),
    (r"source|agency|feed|told_?by|reported_?by|origin|provider", "source"),
    (r"evidence|text|note|words|comment|because|detail|description", "evidence"),
)  # fmt: skip
NOT_KNOWN = "not said"
DAY_FIRST = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%Y%m%d")
FIRM = {"recorded": 3, "told": 3, "seen": 3, "reported": 2, "suspected": 1}


class ColumnsUnclearError(ValueError):
    """Which columns hold the two ends of a link cannot be told."""


@dataclass(frozen=True)
class Column:
    """One column, what it is taken for, and why in words."""

    name: str
    role: str
    why: str


def guess_columns(names: Sequence[str], told: Mapping[str, str] | None = None) -> tuple[Column, ...]:
    """What each column of a file of links is taken for. Raises ColumnsUnclearError without two ends."""
    said = dict(told or {})
    unknown = [name for name in said if name not in names] + [role for role in said.values() if role not in ROLES]
    if unknown:
        raise ColumnsUnclearError(f"{unknown[0]!r} is neither a column nor one of {', '.join(ROLES)}.")
    columns = {name: Column(name, role, "you said so") for name, role in said.items()}
    taken = set(said.values())
    for name, role, why in [*_ends(names), *_by_name(names)]:
        if name not in columns and (role not in taken):
            columns[name] = Column(name, role, why)
            taken.add(role)
    for name in names:
        columns.setdefault(name, Column(name, "ignore", "nothing about a link that this program knows"))
    missing = [end for end in ("a", "b") if end not in {column.role for column in columns.values()}]
    if missing:
        raise ColumnsUnclearError("Say which columns hold the two ends: --map THEIRS=a --map THEIRS=b.")
    return tuple(columns[name] for name in names)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")


def _ends(names: Sequence[str]) -> list[tuple[str, str, str]]:
    by_plain = {_plain(name): name for name in names}
    for a, b in PAIRS:
        if a in by_plain and b in by_plain:
            why = f"there is a column {a!r} and a column {b!r}"
            return [(by_plain[a], "a", why), (by_plain[b], "b", why)]
    return []


def _by_name(names: Sequence[str]) -> list[tuple[str, str, str]]:
    return [(n, role, "of its name") for pattern, role in NAMED for n in names if re.search(pattern, _plain(n))]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used: its number in the file (the heading is row 1), its cells, and why."""

    row: int
    cells: tuple[str, ...]
    why: str


@dataclass
class Tie:
    """All the evidence that two are linked: which kinds, from which sources, how firm, from when to when."""

    a: str
    b: str
    kinds: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    grades: set[str] = field(default_factory=set)
    evidence: int = 0
    first_seen: date | None = None
    last_seen: date | None = None
    expires_on: date | None = None

    @property
    def single_source(self) -> bool:
        """Only one source says so; where no source is named, one piece of evidence alone."""
        return len(self.sources) < 2 if self.sources else self.evidence < 2

    @property
    def weight(self) -> float:
        """For drawing only: pieces of evidence, a suspicion counted as a third of a record."""
        best = max((FIRM.get(grade, 2) for grade in self.grades), default=2)
        return round(self.evidence * best / 3, 3)

    def add(self, cells: Mapping[str, str], days: Mapping[str, date | None]) -> None:
        self.evidence += 1
        for role, kept in (("kind", self.kinds), ("source", self.sources), ("grade", self.grades)):
            if cells.get(role):
                kept.add(cells[role].lower() if role == "grade" else cells[role])
        began, ended = days["first_seen"] or days["last_seen"], days["last_seen"] or days["first_seen"]
        self.first_seen = min(filter(None, (self.first_seen, began)), default=None)
        self.last_seen = max(filter(None, (self.last_seen, ended)), default=None)
        lasts = [self.expires_on, days["expires_on"]] if self.evidence > 1 else [days["expires_on"]]
        self.expires_on = None if None in lasts else max(day for day in lasts if day)


@dataclass(frozen=True)
class Links:
    """What a file came to, as of a day: the kind of each node, the links that stand, and what was left out."""

    nodes: dict[str, str]
    ties: tuple[Tie, ...]
    rows: int
    expired: int
    bad: tuple[BadRow, ...]
    as_at: date

    @property
    def reasons(self) -> Counter[str]:
        return Counter(one.why for one in self.bad)


def add_up(rows: Sequence[Sequence[str | None]], columns: Sequence[Column], as_at: date) -> Links:
    """Every row is a piece of evidence. What has expired by `as_at` drops out and is counted.

    An undirected link stands once, its ends in the order of the alphabet.
    """
    place = {column.role: number for number, column in enumerate(columns) if column.role != "ignore"}
    ties: dict[tuple[str, str], Tie] = {}
    nodes: dict[str, str] = {}
    bad: list[BadRow] = []
    expired = 0
    for number, row in enumerate(rows, start=2):
        cells = {role: (row[at] or "").strip() for role, at in place.items()}
        try:
            days = _days(cells)
            _check(cells, days)
        except ValueError as error:
            bad.append(BadRow(number, tuple(cell or "" for cell in row), str(error)))
            continue
        for end in ("a", "b"):
            nodes[cells[end]] = nodes.get(cells[end]) or cells.get(f"{end}_kind", "")
        ends = days["expires_on"]
        if ends and ends <= as_at:
            expired += 1
            continue
        one, other = sorted((cells["a"], cells["b"]))
        ties.setdefault((one, other), Tie(one, other)).add(cells, days)
    return Links(nodes, tuple(ties.values()), len(rows), expired, tuple(bad), as_at)


def _check(cells: Mapping[str, str], days: Mapping[str, date | None]) -> None:
    if not cells["a"] or not cells["b"]:
        raise ValueError("one end of the link is empty")
    if cells["a"] == cells["b"]:
        raise ValueError("a link with itself")
    if days["first_seen"] and days["last_seen"] and days["last_seen"] < days["first_seen"]:
        raise ValueError("last seen before first seen")


def _days(cells: Mapping[str, str]) -> dict[str, date | None]:
    return {role: _day(cells[role]) if cells.get(role) else None for role in DATES}


def _day(text: str) -> date:
    for form in DAY_FIRST:
        try:
            return datetime.strptime(text[:10] if form == "%Y-%m-%d" else text, form).date()  # noqa: DTZ007  (a day)
        except ValueError:
            continue
    raise ValueError("a date that cannot be read")

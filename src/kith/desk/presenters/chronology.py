"""The chronology page: a month of lines, the way to every other month, and what may be asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import parse_qsl, urlencode

from kith.chronology.kinds import harm_title
from kith.chronology.kinds import kind as entry_kind
from kith.chronology.presenters import Choice, LineShown, MonthShown, choices, show_months
from kith.chronology.queries import Filters, MonthCount, SourceCount
from kith.foundations.design_system import words


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as typed; anything that makes no sense is left out."""

    show: str = "all"
    agency: str = ""
    kind: str = ""
    harm: str = ""
    order: str = "newest"
    month: date | None = None

    @property
    def oldest_first(self) -> bool:
        return self.order == "oldest"

    def address(self, **changes: str) -> str:
        """The query string for the same question with some answers changed."""
        now = {"show": self.show, "agency": self.agency, "kind": self.kind, "harm": self.harm, "order": self.order}
        usual = {"show": "all", "order": "newest"}
        asked = {key: value for key, value in {**now, **changes}.items() if value and value != usual.get(key)}
        return "?" + urlencode(asked)

    def kept(self) -> list[tuple[str, str]]:
        """The answers in force, as hidden fields for going to another month."""
        return parse_qsl(self.address().removeprefix("?"))

    def filters(self, sources: Sequence[SourceCount]) -> Filters:
        """The filters for the questions; a harm is all the kinds on this record that speak of it."""
        kinds = {self.kind} if self.kind else None
        if self.harm:
            of_harm = {source.kind for source in sources if entry_kind(source.kind).harm == self.harm}
            kinds = of_harm & kinds if kinds else of_harm
        return Filters(
            significant=self.show == "significant",
            agency_id=int(self.agency) if self.agency else None,
            kinds=frozenset(kinds) if kinds is not None else None,
        )


@dataclass(frozen=True)
class Removal:
    """A filter in force: what it is, and the address without it."""

    title: str
    href: str


@dataclass(frozen=True)
class ChronologyShown:
    """Everything on the page below the bar."""

    month: MonthShown | None
    newer: MonthShown | None
    older: MonthShown | None
    months: tuple[MonthShown, ...]
    lines: tuple[LineShown, ...]
    entries: int
    agencies: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    harms: tuple[Choice, ...]
    removals: tuple[Removal, ...]
    asked: Asked


def show_chronology(
    asked: Asked, months: Sequence[MonthCount], sources: Sequence[SourceCount], lines: tuple[LineShown, ...]
) -> ChronologyShown:
    """The page of the month asked for, or of the newest there is."""
    chosen = month_to_show(asked, months)
    shown = show_months(months, chosen.month if chosen else None)
    at = next((index for index, month in enumerate(shown) if month.current), None)
    agencies, kinds, harms = _facets(sources, asked)
    return ChronologyShown(
        month=shown[at] if at is not None else None,
        newer=shown[at - 1] if at else None,
        older=shown[at + 1] if at is not None and at + 1 < len(shown) else None,
        months=shown,
        lines=lines,
        entries=sum(month.entries for month in months),
        agencies=agencies,
        kinds=kinds,
        harms=harms,
        removals=_removals(asked, agencies, kinds, harms),
        asked=asked,
    )


def month_to_show(asked: Asked, months: Sequence[MonthCount]) -> MonthCount | None:
    """The month asked for, or the nearest one before it that has entries; else the first in the order asked for."""
    if not months:
        return None
    if asked.month is None:
        return months[-1] if asked.oldest_first else months[0]
    return next((count for count in months if count.month <= asked.month), months[-1])


Facets = tuple[tuple[Choice, ...], tuple[Choice, ...], tuple[Choice, ...]]


def _facets(sources: Sequence[SourceCount], asked: Asked) -> Facets:
    agencies: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    harms: Counter[str] = Counter()
    names = {str(source.agency_id): source.agency for source in sources}
    for source in sources:
        if source.agency_id is not None:
            agencies[str(source.agency_id)] += source.entries
        kinds[source.kind] += source.entries
        if harm := entry_kind(source.kind).harm:
            harms[harm] += source.entries
    return (
        choices(agencies, asked.agency, lambda key: names[key]),
        choices(kinds, asked.kind, lambda key: entry_kind(key).title),
        choices(harms, asked.harm, harm_title),
    )


def _removals(asked: Asked, *facets: tuple[Choice, ...]) -> tuple[Removal, ...]:
    chosen = {
        name: next((choice.title for choice in facet if choice.chosen), "")
        for name, facet in zip(("agency", "kind", "harm"), facets, strict=True)
    }
    removals = [Removal(title, asked.address(**{name: ""})) for name, title in chosen.items() if title]
    if asked.show == "significant":
        removals.insert(0, Removal("Significant only", asked.address(show="all")))
    return tuple(removals)


def read_asked(given: dict[str, str], sources: Sequence[SourceCount]) -> Asked:
    """What the address asks for, kept only where this record has it."""
    agencies = {str(source.agency_id) for source in sources}
    kinds = {source.kind for source in sources}
    harms = {entry_kind(key).harm for key in kinds} - {""}
    return Asked(
        show="significant" if given.get("show") == "significant" else "all",
        agency=_kept(given.get("agency", ""), agencies),
        kind=_kept(given.get("kind", ""), kinds),
        harm=_kept(given.get("harm", ""), harms),
        order="oldest" if given.get("order") == "oldest" else "newest",
        month=read_month(given.get("month", "")),
    )


def _kept(value: str, known: set[str]) -> str:
    return value if value in known else ""


def read_month(typed: str) -> date | None:
    """The first day of a month or day written as 2026-11 or 2026-11-03; None for anything else."""
    try:
        return date.fromisoformat(f"{typed[:7]}-01")
    except ValueError:
        return None


@dataclass(frozen=True)
class Span:
    """From one day to another, both included, and which entries."""

    since: date
    until: date
    filters: Filters

    @property
    def before(self) -> date:
        return self.until + timedelta(days=1)


@dataclass(frozen=True)
class PrintedMonth:
    """A month's heading and its lines."""

    title: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True)
class PrintShown:
    """A chronology on paper: what it covers, in words, and its months."""

    covers: str
    entries: int
    months: tuple[PrintedMonth, ...]


def show_printed(span: Span, lines: tuple[LineShown, ...]) -> PrintShown:
    """The lines of the span under their months."""
    which = "significant entries" if span.filters.significant else "all entries"
    months = tuple(
        PrintedMonth(words.month(date.fromisoformat(f"{month}-01")), tuple(group))
        for month, group in groupby(lines, key=lambda line: line.iso[:7])
    )
    covers = f"{words.short_day(span.since)} to {words.short_day(span.until)}, {which}, oldest first"
    return PrintShown(covers, len(lines), months)

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
from kith.chronology.queries import Filters, MonthCount, SourceCount, next_month
from kith.foundations.design_system import words

ON_A_PAGE = 60


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
class Stretch:
    """One month or more that are read together, newest first: a busy month stands alone, quiet ones share a page."""

    months: tuple[MonthCount, ...]

    @property
    def since(self) -> date:
        return self.months[-1].month

    @property
    def before(self) -> date:
        return next_month(self.months[0].month)

    @property
    def entries(self) -> int:
        return sum(count.entries for count in self.months)

    @property
    def key(self) -> str:
        return f"{self.months[0].month:%Y-%m}"

    @property
    def title(self) -> str:
        """ "August to November 2026"; both years where they differ."""
        first, last = self.months[-1].month, self.months[0].month
        if first == last:
            return words.month(last)
        start = words.month(first)
        return f"{start.split(' ')[0] if first.year == last.year else start} to {words.month(last)}"


def stretches_of(months: Sequence[MonthCount], at_most: int = ON_A_PAGE) -> list[Stretch]:
    """The months (newest first) in stretches of at most so many entries; a month with more stands alone."""
    found: list[list[MonthCount]] = []
    for count in months:
        if found and sum(one.entries for one in found[-1]) + count.entries <= at_most:
            found[-1].append(count)
        else:
            found.append([count])
    return [Stretch(tuple(group)) for group in found]


def stretch_to_show(asked: Asked, stretches: Sequence[Stretch]) -> Stretch | None:
    """The one with the month asked for, or with the nearest month before it; else the first in the order asked for."""
    if not stretches:
        return None
    if asked.month is None:
        return stretches[-1] if asked.oldest_first else stretches[0]
    return next((one for one in stretches if one.since <= asked.month), stretches[-1])


@dataclass(frozen=True)
class MonthLines:
    """A month's heading and its lines."""

    key: str
    title: str
    lines: tuple[LineShown, ...]


def by_month(lines: Sequence[LineShown]) -> tuple[MonthLines, ...]:
    """The lines under their months, in the order they come."""
    return tuple(
        MonthLines(month, words.month(date.fromisoformat(f"{month}-01")), tuple(group))
        for month, group in groupby(lines, key=lambda line: line.iso[:7])
    )


@dataclass(frozen=True)
class ChronologyShown:
    """Everything on the page below the bar."""

    stretch: Stretch | None
    newer: Stretch | None
    older: Stretch | None
    months: tuple[MonthShown, ...]
    lines: tuple[MonthLines, ...]
    entries: int
    agencies: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    harms: tuple[Choice, ...]
    removals: tuple[Removal, ...]
    asked: Asked


def show_chronology(
    asked: Asked, stretches: Sequence[Stretch], sources: Sequence[SourceCount], lines: tuple[LineShown, ...]
) -> ChronologyShown:
    """The page of the month asked for, or of the newest there is."""
    shown = stretch_to_show(asked, stretches)
    at = stretches.index(shown) if shown else 0
    months = [count for stretch in stretches for count in stretch.months]
    current = asked.month if shown and asked.month in [count.month for count in shown.months] else None
    agencies, kinds, harms = _facets(sources, asked)
    return ChronologyShown(
        stretch=shown,
        newer=stretches[at - 1] if at else None,
        older=stretches[at + 1] if at + 1 < len(stretches) else None,
        months=show_months(months, current or (shown.months[0].month if shown else None)),
        lines=by_month(lines),
        entries=sum(count.entries for count in months),
        agencies=agencies,
        kinds=kinds,
        harms=harms,
        removals=_removals(asked, agencies, kinds, harms),
        asked=asked,
    )


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
class PrintShown:
    """A chronology on paper: what it covers, in words, and its months."""

    covers: str
    entries: int
    months: tuple[MonthLines, ...]


def show_printed(span: Span, lines: tuple[LineShown, ...]) -> PrintShown:
    """The lines of the span under their months."""
    which = "significant entries" if span.filters.significant else "all entries"
    covers = f"{words.short_day(span.since)} to {words.short_day(span.until)}, {which}, oldest first"
    return PrintShown(covers, len(lines), by_month(lines))

"""How good the data is, in tables: what is missing of what, from whom; silent feeds and rejected rows, cut by cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kith.foundations.charts import NOT_SHOWN, Bars, BarSeries, Cell, Line, Point, Series, Table, Value
from kith.insight.presenters.timeliness import feeds_table
from kith.insight.queries.beside import Complete
from kith.insight.queries.quality import RECORDED, Quality
from kith.insight.queries.timeliness import Timeliness
from kith.insight.rules.change import percentage_of
from kith.insight.rules.measures import measures
from kith.insight.rules.quality import FIELDS, looked_for

TITLES = {one.kind: one.title for one in looked_for()}


@dataclass(frozen=True)
class QualityPage:
    """The page, in the order in which it is read."""

    year: str
    worst: list[str]
    picture: Bars | None
    kinds: Table | None
    agencies: Table | None
    feeds: Table
    cuts: Table
    trend: Line | None


def show_quality(found: Quality) -> QualityPage:
    """The page of the newest whole year."""
    complete = found.complete or []
    year = complete[0].year if complete else None
    newest = [one for one in complete if one.year == year]
    return QualityPage(
        year=str(year) if year else "",
        worst=_gaps(newest),
        picture=_picture(newest),
        kinds=_kinds(newest) if newest else None,
        agencies=_agencies(newest, found) if newest else None,
        feeds=feeds_table(found.feeds, Timeliness([], found.feeds, found.names)),
        cuts=_cuts(found),
        trend=_trend(found),
    )


def _share(numbers: tuple[int, int] | None, events: int | None = 1) -> Value:
    if numbers is None:
        return NOT_SHOWN if events is None or events else None
    share = percentage_of(numbers[1], numbers[0])
    return float(share) if share is not None else None


def _gaps(newest: Iterable[Complete]) -> list[str]:
    """The five largest gaps, in words."""
    shares = [(share, one) for one in newest if isinstance(share := _share(one.of(), one.events), (int, float))]
    wanting = sorted(((share, one) for share, one in shares if share < 90), key=lambda pair: pair[0])[:5]
    return [
        f"{TITLES[one.kind]}: {FIELDS[one.field].lower()} is missing for {100 - share:.1f}%" for share, one in wanting
    ]


def _picture(newest: list[Complete]) -> Bars | None:
    ethnicity = [one for one in newest if one.field == "ethnicity" and one.events]
    if not ethnicity:
        return None
    names = tuple(TITLES[one.kind] for one in ethnicity)
    values = tuple(_share(one.of(), one.events) for one in ethnicity)
    words = f"Of the children in each kind of event, {ethnicity[0].year}."
    return Bars("Where ethnicity is recorded", words, names, (BarSeries("Recorded", values),), "%", "Kind of event")


def _kinds(newest: list[Complete]) -> Table:
    """A row for each kind, a column for each field, of one year; the years before are in the file."""
    by_kind: dict[str, dict[str, Complete]] = {}
    for one in newest:
        by_kind.setdefault(one.kind, {})[one.field] = one
    rows = []
    for kind, title in TITLES.items():
        events = next(iter(by_kind[kind].values())).events if kind in by_kind else 0
        if events == 0:
            continue
        shares = tuple(_of_field(by_kind[kind].get(name)) for name in FIELDS)
        rows.append((title, NOT_SHOWN if events is None else events, *shares))
    columns = ("Kind of event", "Events", *FIELDS.values())
    told = {row[0] for row in rows}
    none = ", ".join(title[0].lower() + title[1:] for title in TITLES.values() if title not in told)
    blank = "Blank: not asked of this kind of event. The file holds the years before too."
    notes = (blank, *((f"Nothing was told of: {none}.",) if none else ()))
    return Table("Recorded, by kind of event", columns, tuple(rows), shapes=("",) * 2 + ("percent",) * 6, notes=notes)


def _of_field(one: Complete | None, agency: str = "") -> Cell:
    return _share(one.of(agency), one.events) if one else ""


def _agencies(newest: list[Complete], found: Quality) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for looked in looked_for():
        fields = {one.field: one for one in newest if one.kind == looked.kind}
        agencies = sorted({agency for one in fields.values() for agency in one.agencies()})
        for agency in agencies:
            shares = tuple(_of_field(fields.get(name), agency) for name in FIELDS)
            rows.append((found.name(agency), looked.title, *shares))
    columns = ("Agency", "Kind of event", *FIELDS.values())
    return Table("Recorded, by agency", columns, tuple(sorted(rows, key=str)), shapes=("", "") + ("percent",) * 6)


def _cuts(found: Quality) -> Table:
    rows = []
    for one in found.cuts:
        shares = tuple(float(share) if (share := one.recorded[key]) is not None else None for key in RECORDED)
        rejected = percentage_of(one.rejected, one.read) if one.read else None
        part = float(rejected) if rejected is not None else None
        rows.append((f"{one.as_at:%-d %B %Y}", one.silent, one.read, one.rejected, part, *shares))
    columns = ("Cut", "Silent feeds", "Rows read", "Rows rejected", "Share rejected", *_titles())
    return Table("Cut by cut", columns, tuple(rows), shapes=("",) * 4 + ("percent",) * 4)


def _titles() -> tuple[str, ...]:
    return tuple(measures()[key].title for key in RECORDED)


def _trend(found: Quality) -> Line | None:
    """What was recorded of the last twelve months, cut by cut; from two cuts on."""
    if len(found.cuts) < 2:
        return None
    series = []
    for key, title in zip(RECORDED, _titles(), strict=True):
        values = [one.recorded[key] for one in found.cuts]
        points = [
            Point(f"{one.as_at:%-d %b %y}", float(value) if value is not None else NOT_SHOWN)
            for one, value in zip(found.cuts, values, strict=True)
        ]
        series.append(Series(title, tuple(points)))
    return Line("Is it getting better?", "Of the twelve months before each cut.", tuple(series), (), "%", "Cut")


def as_file(found: Quality) -> Table:
    """Every kind, field, agency and year."""
    rows: list[tuple[Cell, ...]] = []
    for one in found.complete or ():
        for agency in ("", *one.agencies()):
            numbers, share = one.of(agency), _share(one.of(agency), one.events)
            counted: Cell = numbers[0] if numbers else NOT_SHOWN
            name = found.name(agency) if agency else "Everybody"
            rows.append((str(one.year), TITLES.get(one.kind, one.kind), FIELDS[one.field], name, counted, share))
    columns = ("Year", "Kind of event", "Field", "Agency", "Events", "Recorded, per cent")
    return Table("How complete fields are", columns, tuple(rows))

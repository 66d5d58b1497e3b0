"""Journeys and places to travel from, as they may be told: every number in tens (`rules.suppression.tens`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kith.foundations.charts import Bars, BarSeries, Hidden, Table, Value
from kith.insight.models import Cut
from kith.insight.queries.travel import records_of, travel_of, years_of
from kith.insight.rules.suppression import Number
from kith.insight.rules.suppression.tens import NOT_TOLD as NOT_SHOWN
from kith.insight.rules.suppression.tens import (
    TEN,
    TOO_FEW,
    Told,
    change_words,
    in_tens,
    line_in_tens,
    share_words,
)
from kith.insight.rules.travel import (
    ELSEWHERE,
    EVERYTHING,
    FOUND,
    NAMED_FROM,
    OUTSIDE,
    TITLES,
    TRAFFICKED,
    TRAVEL_THEMES,
    UNTOLD,
    area_words,
    kind_words,
    way_words,
)
from kith.subjects.travel import travel_kinds, ways, where_from

Line = Mapping[str, Told]
NOW, BEFORE = "now", "before"
IN_TENS = "Numbers are told in tens, and “fewer than 10” may be none."
NOT_TOLD = (0, None)
SAYS_NOTHING = {in_tens(Number(0)).words, NOT_SHOWN.words, TOO_FEW}


@dataclass(frozen=True)
class PlaceRow:
    """A place of which enough is told to name it. `record_id` where the reader may open it."""

    name: str
    kind: str
    where: str
    told: str
    found: str
    trafficked: str
    record_id: int | None


@dataclass(frozen=True)
class Travel:
    """The page. The tables are whole, for files; `brief` leaves out what says nothing. `few`: where no kind of place
    has enough to be drawn, what can be told and what would be needed.
    """

    themes: tuple[tuple[str, str], ...]
    theme: str
    about: str
    year: str
    before: str
    picture: Bars
    kinds: Table
    journeys: Table
    ways: Table | None
    places: tuple[PlaceRow, ...]
    missing: tuple[str, ...]
    source: str
    few: tuple[str, ...] = ()

    def brief(self, table: Table) -> Table:
        """A table as a page shows it: rows that say nothing in any column are named in one note instead."""
        empty = [row for row in table.rows if SAYS_NOTHING.issuperset(row[1:])]
        if not empty:
            return table
        names = ", ".join(str(row[0]) for row in empty)
        note = f"Too few to be told (fewer than 10, or of fewer than 5 children): {names}."
        return replace(table, rows=tuple(row for row in table.rows if row not in empty), notes=(note, *table.notes))


def show_travel(cut: Cut, asked: str, localities: Sequence[str]) -> Travel:
    """What is told of a theme (or of everything) by kind of place to travel from, and of journeys."""
    numbers = travel_of(cut)
    now, before = numbers["years"][NOW], numbers["years"][BEFORE]
    theme = asked if asked in TITLES else EVERYTHING
    year, earlier = (str(one) for one in years_of(cut))
    return Travel(
        themes=tuple(TITLES.items()),
        theme=theme,
        about=TRAVEL_THEMES[theme].about if theme in TRAVEL_THEMES else "",
        year=year,
        before=earlier,
        picture=_picture(_line(now, theme), _line(before, theme), theme),
        kinds=_kinds(now, before),
        journeys=_journeys(now["journeys"], localities, year),
        ways=_ways(now["ways"], year) if numbers["ways_told"] else None,
        places=_places(now["places"]),
        missing=tuple(_missing(now, theme, numbers)),
        source=where_from(),
        few=_few(_line(now, theme), _line(before, theme), _whole(now, theme)),
    )


def _few(now: Line, before: Line, whole: Told) -> tuple[str, ...]:
    """Where nothing can be drawn: that it is few and not none, what is told elsewhere, and what would be needed."""
    if any(line[key].is_shown and not line[key].is_few for line in (now, before) for key in travel_kinds()):
        return ()
    said = [
        "Too few to draw: of each kind of place fewer than 10 are told of in either year, or they are of fewer than "
        "5 children. That is few, and may be none."
    ]
    if whole.is_shown and not whole.is_few:
        parts = (f"{now[ELSEWHERE].words} at other kinds of place", f"{now[UNTOLD].words} with no public place told")
        said.append(f"What can be told: {whole.words} in the year, of which {' and '.join(parts)}.")
    said.append(
        "A kind of place is shown once 10 of one year, of at least 5 children, are told of there. Where agencies name "
        "the station or stop in what they send, fewer stand without a place."
    )
    return tuple(said)


def _line(year: Mapping[str, Any], theme: str) -> Line:
    """Every kind of place to travel from, every time, with what was elsewhere and what has no place."""
    given = year["kinds"].get(theme, {})
    groups = (*travel_kinds(), ELSEWHERE, UNTOLD)
    return line_in_tens({key: _number(given.get(key, NOT_TOLD)) for key in groups})


def _whole(year: Mapping[str, Any], theme: str) -> Told:
    given = year["kinds"].get(theme, {}).values()
    return in_tens(Number(sum(int(one[0] or 0) for one in given)))


def _number(given: Sequence[int | None]) -> Number:
    count, children = int(given[0] or 0), given[1]
    return Number(count, None, None if children is None else min(children, count))


def _picture(now: Line, before: Line, theme: str) -> Bars:
    kinds = tuple(travel_kinds())
    series = tuple(
        BarSeries(name, tuple(_least(line[key]) for key in kinds))
        for name, line in (("This year", now), ("Year before", before))
    )
    most = max(kinds, key=lambda key: now[key].least if now[key].is_shown else 0)
    told = now[most]
    sentence = (
        f"Most is told of one kind of place: {kind_words(most).lower()}, {told.words}."
        if told.is_shown and told.least >= TEN
        else "Of no kind of place are ten told of in the year."
    )
    how = "Each bar is the least of its ten; slanting lines: fewer than 10, none, or fewer than 5 children."
    names = tuple(kind_words(key) for key in kinds)
    return Bars(f"{TITLES[theme]}, by kind of place", f"{sentence} {how}", names, series, what="Kind of place")


def _least(one: Told) -> Value:
    return one.least if one.is_shown and one.least >= TEN else Hidden(one.words)


def _kinds(now: Mapping[str, Any], before: Mapping[str, Any]) -> Table:
    lines = {theme: _line(now, theme) for theme in TITLES}
    earlier = _line(before, EVERYTHING)
    rows = tuple(
        (
            kind_words(key),
            *(lines[theme][key].words for theme in TITLES),
            change_words(lines[EVERYTHING][key], earlier[key]),
        )
        for key in (*travel_kinds(), ELSEWHERE, UNTOLD)
    )
    columns = ("Kind of place", *TITLES.values(), "All together, beside the year before")
    return Table("What is told of each kind of place", columns, rows, notes=(IN_TENS,))


def _journeys(given: Mapping[str, Any], localities: Sequence[str], year: str) -> Table:
    """Where children live down the side, where they were found across: the same rows and columns every time."""
    across = (*localities, OUTSIDE, UNTOLD)
    rows = []
    for home in (*localities, UNTOLD):
        line = line_in_tens({area: _number(given.get(home, {}).get(area, NOT_TOLD)) for area in across})
        rows.append(
            (area_words(home) if home else "Not known, or outside the area", *(one.words for one in line.values()))
        )
    columns = ("Where they live", *(f"Found: {area_words(one)}" for one in across))
    notes = ("Absences that ended in the year, by locality only. “Not told”: no public place is told.", IN_TENS)
    return Table(f"From where they live to where they were found, {year}", columns, tuple(rows), notes=notes)


def _ways(given: Mapping[str, Any], year: str) -> Table:
    line = line_in_tens({key: _number(given.get(key, NOT_TOLD)) for key in (*ways(), "")})
    whole = in_tens(Number(sum(int(one[0] or 0) for one in given.values())))
    rows = tuple((way_words(key), one.words, share_words(one, whole)) for key, one in line.items())
    columns = ("How", "Referrals", "Share")
    return Table(
        f"How children referred as victims of trafficking had travelled, {year}", columns, rows, notes=(IN_TENS,)
    )


def _places(given: Sequence[Mapping[str, Any]]) -> tuple[PlaceRow, ...]:
    told = [(one, in_tens(_number(one["count"]))) for one in given]
    enough = [(one, many) for one, many in told if one["name"] and many.is_shown and many.least >= NAMED_FROM]
    records = records_of(one["place"] for one, _ in enough)
    return tuple(
        PlaceRow(
            one["name"],
            kind_words(one["travel_kind"]),
            area_words(one["area"]),
            many.words,
            in_tens(_number(one[FOUND])).words,
            in_tens(_number(one[TRAFFICKED])).words,
            records.get(one["place"]),
        )
        for one, many in sorted(enough, key=lambda pair: (-pair[1].least, pair[0]["name"], pair[0]["place"]))
    )


def _missing(now: Mapping[str, Any], theme: str, numbers: Mapping[str, Any]) -> list[str]:
    """How much has no place, so that nobody takes what is told for all there is."""
    whole = _whole(now, theme)
    untold = _line(now, theme)[UNTOLD]
    said = [f"{TITLES[theme]}: {whole.words} in the year. No public place is told of {_of(untold, whole)}."]
    if not numbers["found_told"]:
        return [*said, "This cut is from before cuts told where children were found."]
    found = now["found"]
    ended = in_tens(Number(sum(int(one[0] or 0) for one in found.values())))
    parts = line_in_tens({key: _number(found.get(key, NOT_TOLD)) for key in ("place", "home", "words", "")})
    named = {"place": "a public place", "home": "somebody’s home, which is never shown", "words": "words alone"}
    told = "; ".join(f"{words}, {_of(parts[key], ended)}" for key, words in named.items())
    nothing = _of(parts[""], ended)
    said.append(f"Absences that ended: {ended.words}. Told of where the child was found: {told}; nothing, {nothing}.")
    said.append("A child who came home alone was somewhere before: what is not told here is not nowhere.")
    return said


def _of(part: Told, whole: Told) -> str:
    share = share_words(part, whole)
    return part.words if part.is_few or share in SAYS_NOTHING else f"{part.words} ({share})"

"""Problem profiles as they are written, against somebody who has those of every place, theme, locality and period.

Each table is read as it stands on paper; what its words say of numbers goes into linear and integer programs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from kith.chronology.kinds import kind as entry_kind
from kith.foundations.charts import Table
from kith.foundations.papers import Words
from kith.insight.engine import cutting
from kith.insight.engine.profiles import Wanted, profile
from kith.insight.models import Cut
from kith.insight.presenters import profiles_parts as parts
from kith.insight.queries.reports import Asked
from kith.insight.rules.periods import Month, Window, twelve_months
from kith.insight.rules.profiles import Subject, SubjectKind, every_event, help_events, themes
from kith.insight.rules.reports import Comparator, report_kinds
from kith.insight.rules.suppression import Number, Settings
from kith.insight.rules.suppression.tens import Told
from kith.insight.tests.attacker import is_narrowed
from tests.support.small_cut import AS_AT, small_star, table

FIRST, MONTHS = Month(2024, 8), 27
ENDS = (Month(2026, 7), Month(2026, 8), Month(2026, 10))
PLACES = {"park": ("N", "park"), "cafe": ("N", "food"), "mall": ("S", "shop"), "pier": ("S", "park")}
TOLD_OF = (
    ("outside-home-contact", "criminal exploitation"),
    ("outside-home-contact", "sexual exploitation"),
    ("crime-victim", "Threats"),
    ("nuisance-complaint", "Fireworks thrown"),
)
USUAL, MOST = Settings(), 10_000
WITH_WHOLE = 3  # numbers, those narrowed down the most, that are looked at in whole numbers too
Row = tuple[str, int, int]  # a place, what was told of there, a month
Cells = frozenset[Row]


@dataclass(frozen=True)
class Area:
    """How many events there were, by place, what they were, and month; and the cut that holds them."""

    counts: dict[Row, int]
    folder: Path


def area(seed: int, folder: Path) -> Area:
    """An area in which some places have hundreds of events, some a few; told by or of sixty children."""
    lot = np.random.default_rng(seed)
    counts, events = {}, []
    for place in PLACES:
        for what in range(len(TOLD_OF)):
            for month in range(MONTHS):
                many = int(lot.poisson(lot.choice([0.05, 0.3, 0.8, 1.6])))
                counts[place, what, month] = many
                events += [(place, what, month)] * many
    rows = [
        {
            "event": number, "child": f"c{lot.integers(60)}", "is_child": True, "kind": TOLD_OF[what][0],
            "what": TOLD_OF[what][1], "agency": "police", "place": place, "day": (FIRST + month).first,
        }
        for number, (place, what, month) in enumerate(events, 1)
    ]  # fmt: skip
    places = [{"place": key, "kind": kind, "name": key.title(), "locality": of} for key, (of, kind) in PLACES.items()]
    people = [{"child": f"c{at}", "is_child": True, "born": date(2010, 1, 1), "sex": "FM"[at % 2]} for at in range(60)]
    made = {"events": rows, "places": places, "people": people}
    cutting.write_star(folder, {name: table(name, made.get(name, [])) for name in small_star()}, AS_AT)
    return Area(counts, folder)


def subjects() -> Iterator[Subject]:
    yield from (Subject(SubjectKind.PLACE, key, key.title()) for key in PLACES)
    yield from (Subject(SubjectKind.LOCALITY, key, key) for key in ("N", "S"))
    yield from (Subject(SubjectKind.THEME, key, one.title) for key, one in themes().items() if _is_told_of(key))


def _is_told_of(theme: str) -> bool:
    return any(_belongs(theme, at) for at in range(len(TOLD_OF)))


def _belongs(theme: str, at: int) -> bool:
    kind, what = TOLD_OF[at]
    words = themes()[theme].events.get(kind)
    return words is not None and (not words or any(word in what.lower() for word in words))


def cells(subject: Subject) -> Cells:
    """What a subject's profile is about."""
    return frozenset(
        (place, what, month)
        for place, (locality, _) in PLACES.items()
        for what in range(len(TOLD_OF))
        for month in range(MONTHS)
        if (subject.kind is not SubjectKind.PLACE or place == subject.key)
        and (subject.kind is not SubjectKind.LOCALITY or locality == subject.key)
        and (subject.kind is not SubjectKind.THEME or _belongs(subject.key, what))
    )


def within(of: Cells, window: Window) -> Cells:
    first, last = window.first.index - FIRST.index, window.last.index - FIRST.index
    return frozenset(one for one in of if first <= one[2] <= last)


def only(of: Cells, keep: Callable[[Row], bool]) -> Cells:
    return frozenset(one for one in of if keep(one))


def said_in(made: Area, subject: Subject, window: Window) -> Iterator[tuple[Cells, str]]:
    """Every number of one profile as it is written, and of which events it is."""
    before = window.a_year_before()
    wanted = Wanted(
        subject.kind,
        subject.key,
        subject.events,
        help_events(),
        window.begins,
        window.after,
        before.begins,
        before.after,
    )
    asked = Asked(Cut(), report_kinds()["problem-profile"], window, Comparator.YEAR_BEFORE, subject)
    source = parts.Source(asked, subject, profile(made.folder, wanted))
    now, then = within(cells(subject), window), within(cells(subject), before)
    yield now, source.total.words
    yield then, source.before.words
    yield from _kinds(source, now, then)
    yield from _times(source, now | then)
    yield from _places(source, now)


def _tables(told: Iterator[Any]) -> dict[str, Sequence[Sequence[Any]]]:
    return {one.caption: one.rows for one in told if isinstance(one, Table)}


def _kinds(source: parts.Source, now: Cells, then: Cells) -> Iterator[tuple[Cells, str]]:
    named = {entry_kind(kind).title: kind for kind in every_event()}
    for title, period, compared, _ in _tables(parts.what(source))["Kinds of events"]:
        for of, words in ((now, period), (then, compared)):
            yield only(of, lambda one, kind=named[title]: TOLD_OF[one[1]][0] == kind), words  # type: ignore[misc]


def _times(source: parts.Source, both: Cells) -> Iterator[tuple[Cells, str]]:
    for title, rows in _tables(parts._by_time(source)).items():
        length = 1 if title.startswith("Month") else 3
        for label, words in rows:
            first = _month(label)
            yield only(both, lambda one, at=first, long=length: 0 <= one[2] - at < long), words  # type: ignore[misc]


def _month(label: str) -> int:
    return next(at for at in range(MONTHS) if f"{(FIRST + at).first:%b %y}" == label)


def _places(source: parts.Source, now: Cells) -> Iterator[tuple[Cells, str]]:
    """What is listed. What is not listed has fewer than ten, as far as anybody can guess."""
    found = _tables(parts.where(source))
    by = {"Localities": 0, "Kinds of place": 1}
    for title, at in by.items():
        listed = {row[0]: row[1] for row in found.get(title, ())}
        for name in sorted({of[at] for of in PLACES.values()}) if title in found else ():
            key = parts._place_kind(name) if at else name
            yield only(now, lambda one, at=at, name=name: PLACES[one[0]][at] == name), listed.get(key, "unlisted")  # type: ignore[misc]
    listed = {row[0]: row[-1] for row in found.get("Public places", ())}
    if any(isinstance(one, Words) for one in parts.where(source)) and source.subject.kind is not SubjectKind.PLACE:
        for place in PLACES if not source.is_few else ():
            yield only(now, lambda one, place=place: one[0] == place), listed.get(place.title(), "unlisted")  # type: ignore[misc]


def between(words: str, count: int) -> tuple[int, int]:
    """Between what a number lies by what is written of it; without a number, by what somebody may guess rightly."""
    if words in ("unlisted", "not shown: small number"):
        return 0, 9 if words == "unlisted" and count < 10 else MOST
    few, some = re.fullmatch(r"fewer than ([\d,]+)", words), re.fullmatch(r"([\d,]+) to ([\d,]+)", words)
    if few:
        return 0, int(few[1].replace(",", "")) - 1
    assert some, words
    return int(some[1].replace(",", "")), int(some[2].replace(",", ""))


def found_out(made: Area) -> list[str]:
    """Small numbers of anything that a profile has a line of, which follow from all profiles to within one."""
    lines: dict[Cells, tuple[int, int]] = {}
    for subject in subjects():
        for end in ENDS:
            for of, words in said_in(made, subject, twelve_months(end)):
                count = sum(made.counts[one] for one in of)
                low, high = between(words, count)
                assert low <= count <= high, (subject, end, words, count)
                least, most = lines.get(of, (0, MOST))
                lines[of] = max(least, low), min(most, high)
    lines.pop(frozenset(), None)
    return list(_narrowed(made, lines))


def _narrowed(made: Area, lines: dict[Cells, tuple[int, int]]) -> Iterator[str]:
    at = {row: number for number, row in enumerate(made.counts)}
    matrix = np.zeros((len(lines), len(at)))
    for number, of in enumerate(lines):
        matrix[number, [at[row] for row in of]] = 1
    limits = LinearConstraint(matrix, *np.array(list(lines.values()), dtype=float).T)
    small = [of for of in lines if USUAL.is_small(sum(made.counts[row] for row in of))]
    found: list[tuple[float, Cells, np.ndarray, tuple[float, float]]] = []
    for of in small:
        goal = np.zeros(len(at))
        goal[[at[row] for row in of]] = 1
        bounds = _bounds(goal, limits, whole=False)
        found.append((bounds[1] - bounds[0], of, goal, bounds))
    found.sort(key=lambda one: one[0])
    for number, (_, of, goal, linear) in enumerate(found):
        count = sum(made.counts[row] for row in of)
        bounds = _bounds(goal, limits, whole=True) if number < WITH_WHOLE else linear
        if is_narrowed(count, linear) or is_narrowed(count, bounds):
            yield f"{sorted(of)[0]} … {len(of)} cells are {count}: {bounds}"


def _bounds(goal: np.ndarray, limits: LinearConstraint, *, whole: bool) -> tuple[float, float]:
    """At least and at most. What is not certain of whole numbers after a few seconds is not known."""
    every, given = np.full(len(goal), int(whole)), Bounds(0, MOST)
    found = [milp(sign * goal, constraints=limits, bounds=given, integrality=every, options={"time_limit": 1})
             for sign in (1, -1)]  # fmt: skip
    low, high = (float(one.fun) if one.status == 0 else None for one in found)
    return low if low is not None else 0.0, -high if high is not None else float(MOST)


@pytest.mark.parametrize("seed", range(2))
def test_nothing_small_is_found_out_by_who_has_every_profile(seed: int, tmp_path: Path) -> None:
    assert found_out(area(seed, tmp_path / "cut")) == []


def whole_from_five(number: Number, settings: Settings = USUAL, by: int = 10) -> Told:
    """A weakness: five and more are told as they are."""
    return Told(number.count, number.count) if number.count >= 5 else Told(0, 4)


def in_fives(number: Number, settings: Settings = USUAL, by: int = 10) -> Told:
    """A weakness: to the nearest five."""
    middle = 5 * round(number.count / 5)
    return Told(middle - 2, middle + 2) if number.count >= 5 else Told(0, 4)


@pytest.mark.parametrize("weakness", [whole_from_five, in_fives])
def test_profiles_that_tell_more_are_caught(
    weakness: Callable[..., Told], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(parts, "in_tens", weakness)
    monkeypatch.setattr(parts, "line_in_tens", lambda groups: {name: weakness(one) for name, one in groups.items()})
    monkeypatch.setattr(parts, "TEN", 5)
    assert any(found_out(area(seed, tmp_path / f"cut{seed}")) for seed in range(2))

"""Term and school holidays: counted by the published list, told in rounded numbers or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from kith.insight.engine.places.of_cut import terms
from kith.insight.presenters.places import show_terms
from kith.intelligence.rules.holidays import in_holiday, known_from, known_until

FIRST, LAST = date(2025, 11, 1), date(2026, 11, 1)


def told_on(days: list[date], children: list[list[str]] | None = None) -> pl.DataFrame:
    behind = children or [[f"child{number}"] for number in range(len(days))]
    return pl.DataFrame({"day": days, "child": behind}, schema={"day": pl.Date, "child": pl.List(pl.String)})


def test_each_day_is_counted_once_and_each_event_on_its_day() -> None:
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    found = terms(told_on(days), FIRST, LAST)
    off = sum(map(in_holiday, days))
    assert 60 < off < 120
    assert found == {"holidays": [off, off, off], "term": [365 - off, 365 - off, 365 - off]}


def test_days_of_which_nothing_is_known_are_left_out() -> None:
    before, after = known_from() - timedelta(days=3), known_until() + timedelta(days=3)
    found = terms(told_on([before, known_from(), known_until(), after]), before, after + timedelta(days=1))
    assert sum(events for events, _, _ in found.values()) == 2
    assert sum(days for _, _, days in found.values()) == (known_until() - known_from()).days + 1
    assert terms(told_on([]), date(2001, 1, 1), date(2002, 1, 1)) == {"holidays": [0, 0, 0], "term": [0, 0, 0]}


def test_they_are_told_rounded_or_not_at_all() -> None:
    week = {"terms": {"holidays": [23, 12, 91], "term": [61, 40, 274]}}
    said = "In school holidays about 25 in 13 weeks, about 1.9 a week; in term about 60 in 39 weeks, about 1.5 a week."
    assert show_terms(week) == said
    few = "In school holidays or in term there were too few to compare the two."
    assert show_terms({"terms": {"holidays": [4, 4, 91], "term": [61, 40, 274]}}) == few
    assert show_terms({"terms": {"holidays": [30, 2, 91], "term": [61, 40, 274]}}) == few  # thirty of two children
    assert show_terms({"terms": {"holidays": [0, 0, 0], "term": [61, 40, 274]}}) == ""
    assert show_terms({}) == ""  # an older cut

"""Weighings of contexts and planned changes: counts held against counts written out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.planted_star import Planted

DAY = date(2026, 3, 10)


def told(planted: Planted, child: str, what: str = "county lines", day: date = DAY) -> None:
    planted.event(child, "outside-home-contact", day, what)


def test_children_with_exploitation_whose_contexts_were_weighed(tmp_path: Path) -> None:
    """Seven children told of; three weighed in time: one before, one after, one told of twice and weighed once."""
    planted = Planted()
    for child in "abcdef":
        told(planted, child)
    told(planted, "g", "sexual exploitation")
    told(planted, "g", "criminal exploitation", DAY + timedelta(days=30))
    told(planted, "h", "violence between young people")  # another harm
    planted.weighed("a", DAY - timedelta(days=364))
    planted.weighed("b", DAY + timedelta(days=60))
    planted.weighed("c", DAY - timedelta(days=365))  # too long before
    planted.weighed("d", DAY + timedelta(days=61))  # too late
    planted.weighed("g", DAY + timedelta(days=3))
    planted.weighed("h", DAY)
    planted.weighed("a", DAY + timedelta(days=5))  # again: one child once
    assert planted.counted(tmp_path, "exploited-weighed") == (7, 3)


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        ("weighs-most-outside-home", 5),
        ("weighs-most-peers", 2),
        ("weighs-most-places", 1),
        ("weighs-most-school", 2),
        ("weighs-most-online", 1),
    ],
)
def test_what_weighs_most(tmp_path: Path, measure: str, met: int) -> None:
    """Seven: two of friends, two of school (one of them with a place), one online, one of home, one of none."""
    planted = Planted()
    for number, most in enumerate((("peers",), ("peers", "home"), ("school",), ("school", "places"), ("online",),
                                   ("home",), ())):  # fmt: skip
        planted.child(f"child{number}")
        planted.weighed(f"child{number}", DAY + timedelta(days=number), *most)
    planted.weighed("child0", date(2024, 3, 1), "online")  # another year
    assert planted.counted(tmp_path, measure) == (7, met)


def test_planned_changes_done_in_time(tmp_path: Path) -> None:
    """Four whose day came: one in time, one late, one not done, one of which nobody said anything; one is to come."""
    planted = Planted()
    planted.change(DAY, "done", DAY, in_time=True)
    planted.change(DAY, "done", DAY + timedelta(days=1))
    planted.change(DAY, "not-done", DAY)
    planted.change(DAY)
    planted.change(date(2027, 1, 1))
    assert planted.counted(tmp_path, "changes-in-time") == (4, 1)


def test_weighings_made_with_the_child_or_shown_to_them(tmp_path: Path) -> None:
    """Three weighings of two children; the child saw two of them."""
    planted = Planted()
    planted.weighed("a", DAY, "peers", with_child=True)
    planted.weighed("a", DAY + timedelta(days=90), with_child=True)
    planted.weighed("b", DAY)
    assert planted.counted(tmp_path, "weighings-with-child") == (3, 2)

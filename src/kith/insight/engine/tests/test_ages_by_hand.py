"""How old, and where in care, somebody was when they were counted: planted rows held against counts by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kith.insight.rules.periods import Month, year
from tests.support.planted_star import Planted

ENDED = year(Month(2026, 3))  # until 31 March 2026
STANDING = (("in-care-open", "in-care"), ("protection-plans-open", "protection-plan"),
            ("child-in-need-open", "child-in-need"))  # fmt: skip


@pytest.mark.parametrize(("measure", "kind"), STANDING)
def test_of_what_stands_open_the_age_is_that_of_the_last_day(tmp_path: Path, measure: str, kind: str) -> None:
    """Ann came at nine and is twelve by then; Bob turns 13 in the last month; Cat came at four and is nine."""
    planted = Planted()
    for child, born in (("ann", date(2013, 6, 1)), ("bob", date(2013, 3, 1)), ("cat", date(2016, 4, 1))):
        planted.child(child, born=born)
        planted.spell(child, kind, date(2020, 9, 1))
    assert planted.groups(tmp_path, measure, "age", ENDED) == {"10-12": 1, "13-15": 1, "0-9": 1}


@pytest.mark.parametrize(("measure", "kind"), STANDING)
def test_who_is_grown_up_no_longer_stands_open(tmp_path: Path, measure: str, kind: str) -> None:
    """Ann turned 18 in March and nobody told of the end; Bob turns 18 in April; of Cat no birth is known."""
    planted = Planted()
    for child, born in (("ann", date(2008, 3, 1)), ("bob", date(2008, 4, 1)), ("cat", None)):
        planted.child(child, born=born)
        planted.spell(child, kind, date(2020, 9, 1))
    assert planted.groups(tmp_path, measure, "age", ENDED) == {"16-17": 1, "": 1}


def test_of_what_stands_open_plan_and_care_are_those_of_the_last_day(tmp_path: Path) -> None:
    """Ann had no plan when care began and has one since; Bob's ended; Cat came into care after the plan began."""
    planted = Planted()
    planted.spell("ann", "in-care", date(2024, 1, 10))
    planted.spell("ann", "education-plan", date(2025, 1, 10))
    planted.spell("bob", "education-plan", date(2023, 1, 10), date(2025, 1, 10))
    planted.spell("bob", "in-care", date(2024, 1, 10))
    planted.spell("cat", "protection-plan", date(2025, 1, 10))
    planted.spell("cat", "in-care", date(2026, 3, 31))
    for child in ("ann", "bob", "cat"):
        planted.child(child)
    assert planted.groups(tmp_path, "in-care-open", "send", ENDED) == {"plan": 1, "": 2}
    assert planted.groups(tmp_path, "protection-plans-open", "care", ENDED) == {"in care": 1}


def test_a_child_in_the_month_of_turning_18_is_no_adult(tmp_path: Path) -> None:
    """A cut knows the month of birth alone: until that month is over nobody in it is 18 for certain."""
    planted = Planted()
    planted.child("ann", born=date(2008, 1, 1))
    planted.event("ann", "crime-victim", date(2026, 1, 5), "Threats")
    assert planted.groups(tmp_path, "child-victims", "age", ENDED) == {"16-17": 1}


def test_a_child_who_waits_for_a_worker_twice_waits_once(tmp_path: Path) -> None:
    planted = Planted()
    planted.event("ann", "specialist-support", date(2026, 1, 5))
    planted.event("ann", "specialist-support", date(2026, 2, 5))
    planted.event("bob", "specialist-support", date(2026, 2, 5), other=date(2026, 3, 31))
    planted.event("cat", "specialist-support", date(2026, 2, 5), other=date(2026, 4, 1))
    assert planted.counted(tmp_path, "specialist-waiting", ENDED) == (2, None)

"""Robbery, weapons and violence, by who is harmed and who is suspected: planted rows held against counts by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kith.insight.rules.periods import Month, quarter
from tests.support.planted_star import Planted

ROBBERY, HURT, THREATS, BLADE = (
    "Robbery of personal property", "Assault with injury", "Threats", "Possession of a blade",
)  # fmt: skip


@pytest.fixture
def planted() -> Planted:
    """Ann is robbed twice and threatens later; Bob is hurt once; Cat robs, and Dan, 34; searches."""
    star = Planted()
    star.child("bob", sex="M")
    star.child("dan", born=date(1992, 3, 1), is_child=False, sex="M")
    star.event("ann", "crime-victim", date(2026, 1, 5), ROBBERY)
    star.event("ann", "crime-victim", date(2026, 8, 5), ROBBERY)
    star.event("ann", "crime-suspect", date(2026, 9, 1), THREATS)
    star.event("bob", "crime-victim", date(2026, 2, 5), HURT)
    star.event("cat", "crime-suspect", date(2026, 3, 5), ROBBERY)
    star.event("dan", "crime-suspect", date(2026, 3, 5), ROBBERY, is_child=False)
    star.event("eve", "crime-victim", date(2024, 3, 5), HURT)  # before the year
    star.event("eve", "crime-victim", date(2026, 3, 5), HURT)  # more than a year after the first
    star.event("fay", "crime-suspect", date(2026, 3, 5), "Shop theft")
    star.event("fay", "crime-suspect", date(2026, 3, 6), BLADE)
    star.event("bob", "stop-search", date(2026, 4, 1), "Weapon", outcome="No further action")
    star.event("bob", "stop-search", date(2026, 4, 2), "Weapon", outcome="Arrest")
    star.event("bob", "stop-search", date(2026, 4, 3), "Drugs", outcome="Arrest")
    return star


@pytest.mark.parametrize(
    ("measure", "counted"),
    [
        ("violence-victims", (3, None)),
        ("robbery-victims", (1, None)),
        ("injury-victims", (2, None)),
        ("violence-victims-again", (1, None)),
        ("violence-suspects", (2, None)),
        ("robbery-suspects", (1, None)),
        ("violence-suspects-harmed", (2, 1)),
        ("weapon-searches", (2, None)),
        ("weapon-searches-found", (2, 1)),
    ],
)
def test_what_is_counted(planted: Planted, tmp_path: Path, measure: str, counted: tuple[int, int | None]) -> None:
    assert planted.counted(tmp_path, measure) == counted


@pytest.mark.parametrize(
    ("measure", "counted"),
    [("violence-by-adults", (4, 3)), ("violence-by-young-adults", (4, 2)), ("violence-by-men-and-boys", (3, 2))],
)
def test_of_what_age_and_sex_those_are_who_are_suspected(
    tmp_path: Path, measure: str, counted: tuple[int, int | None]
) -> None:
    """Four crimes with an age told, three with a sex; none at home, told twice, of an adult harmed or of theft."""
    star = Planted()
    for age, sex in (("under 18", "male"), ("18 to 24", "male"), ("18 to 24", ""), ("35 or over", "female"), ("", "")):
        star.event("ann", "crime-victim", date(2026, 1, 5), HURT, suspect_age=age, suspect_sex=sex)
    grown = {"suspect_age": "35 or over", "suspect_sex": "male"}
    star.event("ann", "crime-victim", date(2026, 1, 6), HURT, marked="domestic abuse", **grown)
    star.event("ann", "crime-victim", date(2026, 1, 6), HURT, again=True, **grown)
    star.event("dan", "crime-victim", date(2026, 1, 6), HURT, is_child=False, **grown)
    star.event("ann", "crime-victim", date(2026, 1, 6), "Shop theft", **grown)
    assert star.counted(tmp_path, measure) == counted


def test_who_is_suspected_by_age_and_sex(planted: Planted, tmp_path: Path) -> None:
    spring = quarter(Month(2026, 3))
    assert planted.groups(tmp_path, "violence-suspects", "age", spring) == {"13-15": 1}
    assert planted.groups(tmp_path, "violence-suspects", "sex", spring) == {"F": 1}

"""Missing school beside being missing or exploited: planted rows held against counts by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.planted_star import Planted

DAY = date(2026, 2, 2)
YEAR = timedelta(days=365)


@pytest.fixture
def planted() -> Planted:
    """Four are without a school; Ann was missing and Bob exploited in the year before, Cat earlier, Dot not."""
    star = Planted()
    for child in ("ann", "bob", "cat", "dot"):
        star.event(child, "missing-education", DAY, until=date(2026, 3, 1) if child == "dot" else None)
    star.missing("ann", DAY - timedelta(days=364))
    star.event("bob", "outside-home-contact", DAY, "criminal exploitation")
    star.missing("cat", DAY - YEAR)
    star.event("dot", "outside-home-contact", DAY, "radicalisation")
    star.missing("dot", DAY + timedelta(days=1))
    star.missing("eve", DAY)
    star.event("eve", "suspension", DAY - YEAR)
    return star


@pytest.mark.parametrize(
    ("measure", "counted"),
    [
        ("missing-education-and-harmed", (4, 2)),
        ("missing-children-out-of-school", (2, 1)),  # Dot and Eve in the year; Dot is without a school
        ("missing-education-open", (3, None)),
    ],
)
def test_what_is_counted(planted: Planted, tmp_path: Path, measure: str, counted: tuple[int, int | None]) -> None:
    assert planted.counted(tmp_path, measure) == counted

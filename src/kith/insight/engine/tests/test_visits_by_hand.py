"""Visits and supervision in time: planted rows held against counts by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kith.insight.rules.measures import measures
from tests.support.planted_star import Planted

DAY = date(2026, 2, 2)


@pytest.mark.parametrize(
    ("measure", "kind", "spell", "days"),
    [
        ("protection-visits-in-time", "child-protection-visit", "protection-plan", 21),
        ("need-visits-in-time", "child-in-need-visit", "child-in-need", 42),
        ("care-visits-in-time", "care-visit", "in-care", 42),
    ],
)
def test_a_visit_is_in_time_after_the_one_before_of_the_same_plan(
    tmp_path: Path, measure: str, kind: str, spell: str, days: int
) -> None:
    """Ann: on the last day, then a day late; the next plan begins anew. Bob: one. Cat: one told twice, and one."""
    planted = Planted()
    planted.spell("ann", spell, DAY - timedelta(days=5), DAY + timedelta(days=2 * days + 10))
    planted.spell("ann", spell, DAY + timedelta(days=2 * days + 40))
    for after in (0, days, 2 * days + 1, 2 * days + 45):
        planted.event("ann", kind, DAY + timedelta(days=after))
    planted.spell("bob", spell, DAY)
    planted.event("bob", kind, DAY)
    planted.spell("cat", spell, DAY)
    planted.event("cat", kind, DAY)
    planted.event("cat", kind, DAY, again=True)
    planted.event("cat", kind, DAY + timedelta(days=9))
    assert planted.counted(tmp_path, measure) == (3, 2)
    assert f"<= {days} as met" in measures()[measure].sql


def test_supervision_by_the_day_due_and_what_was_decided_on_the_record(tmp_path: Path) -> None:
    planted = Planted()
    planted.event("ann", "supervision", DAY, due=DAY, outcome="recorded")
    planted.event("ann", "supervision", DAY + timedelta(days=40), due=DAY + timedelta(days=39), outcome="not recorded")
    planted.event("bob", "supervision", DAY, outcome="recorded")  # by when is not told
    planted.event("cat", "supervision", DAY, due=DAY)  # whether it was recorded is not told
    assert planted.counted(tmp_path, "supervision-in-time") == (3, 2)
    assert planted.counted(tmp_path, "oversight-recorded") == (3, 2)


def test_how_long_assessments_took_that_ended_in_the_period(tmp_path: Path) -> None:
    planted = Planted()
    for child, days in (("ann", 10), ("bob", 45), ("cat", 60)):
        planted.event(child, "assessment", DAY, other=DAY + timedelta(days=days), other_days=days)
    planted.event("dot", "assessment", DAY)
    assert planted.middle(tmp_path, "assessment-days") == (3, 45.0)


def test_seen_and_seen_alone_on_visits_of_every_plan(tmp_path: Path) -> None:
    """Three of five seen; alone in two of four told of. Told twice counts once, a visit to a home not at all."""
    planned = Planted()
    planned.event("ann", "child-in-need-visit", DAY, outcome="seen", marked="seen alone")
    planned.event("ann", "child-in-need-visit", DAY, outcome="seen", marked="seen alone", again=True)
    planned.event("bob", "child-protection-visit", DAY, outcome="seen", marked="not seen alone")
    planned.event("bob", "child-protection-visit", DAY, outcome="not seen", marked="not seen alone")
    planned.event("cat", "care-visit", DAY, outcome="seen", marked="seen alone")
    planned.event("dot", "care-visit", DAY, outcome="not seen")  # whether alone is not told
    planned.event("dot", "home-visit", DAY, outcome="seen", marked="seen alone")
    assert planned.counted(tmp_path, "children-seen") == (5, 3)
    assert planned.counted(tmp_path, "children-seen-alone") == (4, 2)

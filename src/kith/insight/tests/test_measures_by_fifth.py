"""Children are counted by how deprived it is where they live, wherever they are counted by age or locality."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kith.insight.rules.measures import measures
from kith.insight.rules.periods import Month, quarter
from tests.support.planted_star import Planted

# Where a placement lies says nothing of the home a child comes from; how good the records are is nobody's home.
NOT_OF_A_HOME = {
    "away-from-placement",
    "came-into-care",
    "in-care-open",
    "missing-from-care",
    "repeat-missing-from-care",
    "ethnicity-recorded",
}


def test_every_measure_of_children_with_a_home_area_is_told_by_fifth() -> None:
    told = {key: set(one.breakdowns) for key, one in measures().items() if one.counts == "children"}
    wanted = {key for key, by in told.items() if by & {"age", "locality"}} - NOT_OF_A_HOME
    assert len(wanted) >= 50
    assert {key for key in wanted if "fifth" not in told[key]} == set()
    assert {key for key in NOT_OF_A_HOME if "fifth" in told[key]} == set()


def test_children_are_counted_in_the_fifth_where_they_live(tmp_path: Path) -> None:
    """Two of the most deprived fifth, one hurt twice; one of the least; one whose fifth nobody knows."""
    planted = Planted()
    for child, fifth in (("ann", "1"), ("bob", "1"), ("cat", "5"), ("dan", "")):
        planted.child(child, fifth=fifth)
        planted.event(child, "crime-victim", date(2026, 8, 3), "Threats")
    planted.event("ann", "crime-victim", date(2026, 9, 3), "Assault with injury")
    summer = quarter(Month(2026, 8))
    for key in ("violence-victims", "child-victims"):
        assert planted.groups(tmp_path, key, "fifth", summer) == {"1": 2, "5": 1, "": 1}

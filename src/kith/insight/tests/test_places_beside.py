"""A hexagon in which no place can be named is told by words, never by a code."""

from __future__ import annotations

from typing import Any

import pytest

from kith.insight.presenters.places import show_hexagons
from kith.insight.presenters.places_beside import NOTHING_NEAR, beside

QUAY = (-2.6, 51.45)


@pytest.mark.parametrize(
    ("here", "said"),
    [
        ((-2.6, 51.4545), "About 500 metres north of The Old Quay"),
        ((-2.5899, 51.45), "About 700 metres east of The Old Quay"),
        ((-2.65, 51.42), "About 4.8 km south-west of The Old Quay"),
    ],
)
def test_how_far_and_which_way(here: tuple[float, float], said: str) -> None:
    far = (QUAY[0] + 1, QUAY[1]), "Far Park"
    assert beside(here, [far, (QUAY, "The Old Quay, Harbour Park")]) == said


def test_where_nothing_is_named_it_says_so() -> None:
    assert beside(QUAY, []) == NOTHING_NEAR


def hexagon(cell: str, east: float) -> dict[str, Any]:
    ring = [[QUAY[0] + east + x, QUAY[1] + y] for x, y in ((0, 0), (0, 0.004), (0.004, 0.004), (0.004, 0), (0, 0))]
    told = {"events": 12, "children": 9, "around": 20, "children_around": 15, "expected": 8.2}
    return {"cell": cell, "ring": ring, "stands_out": False, "more": False, "change": "", **told}


def test_no_code_stands_on_the_page() -> None:
    named = {"cell": "89195da49abffff", "name": "The Old Quay", "events": 12, "children": 9}
    told = {"hexagons": [hexagon("89195da49abffff", 0), hexagon("89195da49afffff", 0.01)], "places": [named]}
    assert [one.where for one in show_hexagons(told)] == ["The Old Quay", "About 700 metres east of The Old Quay"]

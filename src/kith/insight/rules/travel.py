"""What a cut tells of journeys: which events count as told of a place to travel from, and between which areas."""

from __future__ import annotations

from collections.abc import Mapping

from kith.insight.rules.places import THEMES, Theme
from kith.subjects.travel import travel_kinds, ways

EVERYTHING, FOUND, TRAFFICKED = "everything", "found", "trafficked"
TRAVEL_THEMES: Mapping[str, Theme] = {
    TRAFFICKED: Theme(
        TRAFFICKED,
        "Referred as victims of trafficking",
        ("nrm-referral",),
        "Referrals to the National Referral Mechanism. The place is where somebody met the child, as it was told.",
    ),
    **{key: one for key, one in THEMES.items() if key != "missing"},
}
FOUND_WORDS = "Missing and found there"
TITLES: Mapping[str, str] = {
    EVERYTHING: "All of these together",
    FOUND: FOUND_WORDS,
    **{key: one.title for key, one in TRAVEL_THEMES.items()},
}
ELSEWHERE, UNTOLD, OUTSIDE = "elsewhere", "", "outside"  # kinds of place; and where no locality is
NAMED_FROM = 10  # events, of at least five young people, below which a place is not named


def kind_words(kind: str) -> str:
    """A kind of place in words."""
    if kind in (ELSEWHERE, UNTOLD):
        return "Another kind of place" if kind else "No place is told"
    titles = {key: one.title for key, one in travel_kinds().items()} | {"transport": "A stop of which no more is told"}
    return titles.get(kind, kind)


def area_words(area: str) -> str:
    """A part of the area in words."""
    return {"": "Not told", OUTSIDE: "Outside the area"}.get(area, area)


def way_words(way: str) -> str:
    """How somebody travelled, in words."""
    return ways().get(way, "Another way") if way else "Not told"

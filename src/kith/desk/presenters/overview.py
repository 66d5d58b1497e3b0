"""The overview of a record: what happened lately, what is strong, who helps, how they are linked."""

from __future__ import annotations

from dataclasses import dataclass

from kith.chronology.presenters import LineShown
from kith.desk.presenters.context_path import PathShown
from kith.desk.presenters.facts import FactsShown
from kith.desk.presenters.freshness import FreshnessShown
from kith.insight.presenters.places_week import PlaceWeek
from kith.pathways.presenters import WorkLine
from kith.subjects.models import Subject
from kith.subjects.presenters.involved import Involved
from kith.subjects.presenters.links import Household, Section

OWN_WORDS = frozenset({"own-words", "strength", "good-news", "voice-of-child"})


@dataclass(frozen=True)
class Said:
    """A few words that stand on the overview of a group or a place."""

    title: str
    text: str


def said_of(subject: Subject) -> tuple[Said, ...]:
    """What a group's record is for; who looks out for young people at a place."""
    group, place = getattr(subject, "group", None), getattr(subject, "place", None)
    said = [
        Said("What this record is for", group.about if group else ""),
        Said("Who looks out for young people here", place.guardians if place else ""),
    ]
    return tuple(one for one in said if one.text)


@dataclass(frozen=True)
class Overview:
    """What the first page of a record shows below the bar."""

    said: tuple[Said, ...]
    latest: tuple[LineShown, ...]
    significant: tuple[LineShown, ...]
    own_words: tuple[LineShown, ...]
    household: Household
    links: tuple[Section, ...]
    facts: FactsShown
    work: tuple[WorkLine, ...]
    involved: Involved
    fresh: FreshnessShown | None
    week: PlaceWeek | None = None  # of a public place, for whoever sees figures
    shared: tuple[str, ...] = ()  # why a rule says that a building is shared
    path: PathShown | None = None  # of a group or a place

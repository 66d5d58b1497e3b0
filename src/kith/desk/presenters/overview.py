"""The overview of a record: what happened lately, what is strong, who helps, how they are linked."""

from __future__ import annotations

from dataclasses import dataclass

from kith.chronology.presenters import LineShown
from kith.desk.presenters.facts import FactsShown
from kith.subjects.presenters.involved import Involved
from kith.subjects.presenters.links import Household, Section

OWN_WORDS = frozenset({"own-words", "strength", "good-news", "voice-of-child"})


@dataclass(frozen=True)
class Overview:
    """What the first page of a record shows below the bar."""

    latest: tuple[LineShown, ...]
    significant: tuple[LineShown, ...]
    own_words: tuple[LineShown, ...]
    household: Household
    links: tuple[Section, ...]
    facts: FactsShown
    involved: Involved

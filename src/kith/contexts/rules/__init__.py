"""The contexts of a child's life, how each weighs in words, and what changed since it was weighed before.

Plain Python: no database and no clock. There is no number here that could be added up, by design.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

REVIEW_WITHIN = timedelta(days=92)  # offered; who signs chooses the day
LONGEST_UNTIL_REVIEW = timedelta(days=366)
ASKED_BEFORE = timedelta(days=14)  # from then on the desk asks for it


@dataclass(frozen=True)
class Kind:
    """A kind of context: its title, how an unnamed one is told, and the kind of record it may be linked with."""

    title: str
    unnamed: str
    linked: str = ""  # a kind of subject
    always: bool = False  # stands in every weighing


KINDS: dict[str, Kind] = {
    "home": Kind("Home and family", "home", always=True),
    "peers": Kind("Friends and peers", "a group of friends", linked="group"),
    "school": Kind("School or college", "school", linked="place", always=True),
    "place": Kind("A place", "a place", linked="place"),
    "neighbourhood": Kind("Neighbourhood", "the neighbourhood", always=True),
    "online": Kind("Online", "somewhere online", linked="place", always=True),
    "other": Kind("Another context", "another context"),
}
NOT_ASKED, NOT_FOUND = "not-asked", "not-found"
WEIGHTS: dict[str, str] = {
    "most": "Weighs most",
    "much": "Weighs much",
    "some": "Weighs some",
    NOT_FOUND: "No harm found",
    NOT_ASKED: "Not yet asked",
}
SAFETY: dict[str, str] = {
    "most": "Gives most safety",
    "much": "Gives much safety",
    "some": "Gives some safety",
    NOT_FOUND: "No safety found",
    NOT_ASKED: "Not yet asked",
}
HEAVY = ("most", "much", "some")
OUTCOMES: dict[str, str] = {"done": "Done", "not-done": "Not done"}
NO_WORDS = "Not yet asked"
WHOM: dict[str, str] = {"child": "The child", "family": "Their parent or carer"}
NOT_SHARED = "not"
SHARED: dict[str, str] = {"made": "Made with them", "shown": "Shown to them", NOT_SHARED: "Not shown to them"}


@dataclass(frozen=True)
class Stood:
    """How one context stood in one weighing. `key` is the same in the next weighing of the same context."""

    key: str
    title: str
    weight: str
    safety: str
    words: str = ""


def changed(before: Sequence[Stood], after: Sequence[Stood]) -> tuple[str, ...]:
    """What is otherwise than it was, a sentence each, in the order of the newer weighing; none where nothing is."""
    was = {one.key: one for one in before}
    now = {one.key for one in after}
    told = [sentence for one in after for sentence in _moved(was.get(one.key), one)]
    return (*told, *(f"{one.title}: no longer weighed." for one in before if one.key not in now))


def _moved(was: Stood | None, now: Stood) -> list[str]:
    if was is None:
        return [f"{now.title}: weighed for the first time. {WEIGHTS[now.weight]}."]
    told = []
    if was.weight != now.weight:
        told.append(f"{now.title}: was “{WEIGHTS[was.weight].lower()}”, now “{WEIGHTS[now.weight].lower()}”.")
    if was.safety != now.safety:
        told.append(f"{now.title}: was “{SAFETY[was.safety].lower()}”, now “{SAFETY[now.safety].lower()}”.")
    if not told and was.words != now.words:
        told.append(f"{now.title}: weighs as before, told in other words.")
    return told


def what_is_missing(standing: Sequence[Stood]) -> str:
    """Why this cannot be signed yet, as a sentence; "" where it can."""
    weights = [one.weight for one in standing]
    if all(weight == NOT_ASKED for weight in weights):
        return "Weigh at least one context first."
    if any(weight in HEAVY for weight in weights) and "most" not in weights:
        return "Harm was found. Say of at least one context that it weighs most."
    return ""


def is_due(review_on: date | None, today: date) -> bool:
    """Whether it is time to ask for the next weighing."""
    return review_on is not None and today >= review_on - ASKED_BEFORE

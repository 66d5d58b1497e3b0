"""Premises that young people of very different ages, or several organisations, share: what is pointed out, and why.

It is about a building and who looks out in it, never about a child: no name and no number of anybody is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kith.subjects.travel import travel_kinds

WINDOW = timedelta(days=92)  # what is recorded of the last three months
QUIET = timedelta(days=183)  # after somebody set it aside, unless there is another reason
YOUNGER, OLDER, GROWN = 14, 18, 26  # under the first, and from the second up to the third: distant ages
FEWEST = 2  # of each age, so that no one child makes it
SEVERAL = 2  # organisations
ORGANISATIONS, AGES = "organisations", "ages"
# Homes, schools and clinics mix ages and agencies by what they are; of open ground nobody is host.
NOT_PREMISES = frozenset({"home", "childrens-home", "school", "health", "online", "park", "street", *travel_kinds()})


@dataclass(frozen=True)
class Shared:
    """What is recorded of one place in the window. `organisations`: names of those that help young people there."""

    place: int
    organisations: tuple[str, ...]
    younger: int
    older: int
    latest: date


@dataclass(frozen=True)
class Reason:
    """Why a place is pointed out: by which part of the rule, and in a sentence."""

    key: str
    says: str


def reasons(at: Shared, since: date) -> tuple[Reason, ...]:
    """Why these premises are pointed out; nothing where they are not."""
    found = []
    if len(at.organisations) >= SEVERAL:
        named = f"{', '.join(at.organisations[:-1])} and {at.organisations[-1]}"
        found.append(
            Reason(ORGANISATIONS, f"{named} work with young people here. Who looks out for the whole building?")
        )
    if at.younger >= FEWEST and at.older >= FEWEST:
        ages = f"children under {YOUNGER} and young people of {OLDER} and over"
        found.append(Reason(AGES, f"Since {since:%-d %B %Y}, {ages} were recorded here."))
    return tuple(found)


def to_point_out(
    now: Sequence[Reason], standing: frozenset[str], set_aside: frozenset[str], set_aside_on: date | None, today: date
) -> bool:
    """Whether it is said (again): for a reason that neither stands nor was set aside lately."""
    keys = {one.key for one in now}
    lately = set_aside_on is not None and today < set_aside_on + QUIET
    return bool(keys - standing - (set_aside if lately else frozenset()))

"""What kinds of subject, link, place and evidence there are, and what the evidence of a link adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kith.subjects.travel import travel_kinds


class SubjectKind(StrEnum):
    """Anything a child can have, a group and a place can have."""

    PERSON = "person"
    GROUP = "group"
    PLACE = "place"


@dataclass(frozen=True)
class LinkKind:
    """A kind of link, in words each way round. `fades_after` is in days; None: it does not fade (family)."""

    title: str
    outward: str
    inward: str
    about: str  # family, household, place, peers, concern or group
    fades_after: int | None


LINK_KINDS: dict[str, LinkKind] = {
    "parent-of": LinkKind("Parent", "parent of", "child of", "family", None),
    "sibling": LinkKind("Brother or sister", "brother or sister of", "brother or sister of", "family", None),
    "family-of": LinkKind("Family", "family of", "family of", "family", None),
    "carer-of": LinkKind("Carer", "carer of", "cared for by", "household", None),
    "partner-of": LinkKind("Partner", "partner of", "partner of", "household", None),
    "household": LinkKind("Household", "lives with", "lives with", "household", 730),
    "lives-at": LinkKind("Lives at", "lives at", "home of", "place", 730),
    "attends": LinkKind("Attends", "attends", "attended by", "place", 400),
    "works-at": LinkKind("Works at", "works at", "workplace of", "place", 400),
    "seen-with": LinkKind("Seen with", "seen with", "seen with", "peers", 365),
    "seen-at": LinkKind("Seen at", "seen at", "where was seen", "place", 365),
    "friend-of": LinkKind("Friend", "friend of", "friend of", "peers", 365),
    "associate-of": LinkKind("Spends time with", "spends time with", "spends time with", "peers", 365),
    "part-of": LinkKind("In this group", "spends time in", "people who spend time in it include", "group", 365),
    "contacted-by": LinkKind("Contacted by", "contacted by", "made contact with", "concern", 365),
    "exploited-by": LinkKind(
        "Believed to be exploited by", "believed to be exploited by", "believed to exploit", "concern", 730
    ),
    "gathers-at": LinkKind("Spends time at", "spends time at", "where they spend time:", "place", 365),
}

EVIDENCE_GRADES: dict[str, str] = {
    "recorded": "On an agency's record",
    "told": "The person told us",
    "seen": "A professional saw it",
    "reported": "Somebody reported it",
    "suspected": "Suspected",
}

PLACE_KINDS: dict[str, str] = {
    "park": "Park or open space",
    "food": "Takeaway or café",
    "hotel": "Hotel or serviced apartment",
    "nightclub": "Nightclub or bar",
    "shop": "Shop or supermarket",
    "school": "School or college",
    "youth-building": "Youth building",
    **{key: one.title for key, one in travel_kinds().items()},
    "home": "Home address",
    "childrens-home": "Children's home",
    "health": "Hospital or clinic",
    "online": "Online",
    "street": "Street or estate",
    "other": "Another place",
}


class Standing(StrEnum):
    """How alive a link is today."""

    CURRENT = "current"
    FADING = "fading"  # past half its time and not seen again
    DROPPED = "dropped"  # past its time: kept, shown only when asked for


class Strength(StrEnum):
    """How well a link is evidenced, in words; never a number about a child."""

    SEVERAL = "Several sources agree"
    ONE = "One source"
    SUSPECTED = "Suspected or reported only: nobody has recorded or seen it"


FIRM_GRADES = frozenset({"recorded", "told", "seen"})


@dataclass(frozen=True)
class Evidence:
    """What a link's rules need of one piece of evidence. `source` is the feed or the person who wrote it."""

    source: str
    grade: str
    recorded_on: date
    first_seen: date | None = None
    last_seen: date | None = None
    expires_on: date | None = None

    @property
    def as_of(self) -> date:
        """The last day it was true as far as anybody said; with no day given, the day it was recorded."""
        return self.last_seen or self.first_seen or self.recorded_on


def drops_out_on(kind: str, evidence: Evidence) -> date | None:
    """The day a piece of evidence stops counting:

    its own expiry, else its kind's time; None: it does not fade.
    """
    if evidence.expires_on:
        return evidence.expires_on
    lasts = LINK_KINDS[kind].fades_after
    return evidence.as_of + timedelta(days=lasts) if lasts is not None else None


def evidence_standing(kind: str, evidence: Evidence, today: date) -> Standing:
    """Current, fading in the second half of its time, dropped from the day its time is up."""
    drops_on = drops_out_on(kind, evidence)
    if drops_on is None:
        return Standing.CURRENT
    if today >= drops_on:
        return Standing.DROPPED
    half_way = evidence.as_of + (drops_on - evidence.as_of) / 2
    return Standing.FADING if today >= half_way else Standing.CURRENT


@dataclass(frozen=True)
class LinkSummary:
    """What all the evidence of one kind about one other subject adds up to on a day."""

    standing: Standing
    strength: Strength
    first_seen: date
    last_seen: date
    drops_out_on: date | None
    sources: int


def sum_up_link(kind: str, evidence: Sequence[Evidence], today: date) -> LinkSummary:
    """No evidence, no link: at least one piece is needed. Dropped evidence does not lend strength to what
    still stands.

    Raises ValueError for no evidence.
    """
    if not evidence:
        raise ValueError("A link needs at least one piece of evidence.")
    standings = [evidence_standing(kind, piece, today) for piece in evidence]
    alive = [piece for piece, stands in zip(evidence, standings, strict=True) if stands != Standing.DROPPED]
    counted = alive or list(evidence)
    ends = [drops_out_on(kind, piece) for piece in counted]
    return LinkSummary(
        standing=_best_standing(standings),
        strength=_strength(counted),
        first_seen=min(piece.first_seen or piece.as_of for piece in evidence),
        last_seen=max(piece.as_of for piece in evidence),
        drops_out_on=None if None in ends else max(end for end in ends if end),
        sources=len({piece.source for piece in counted}),
    )


def _best_standing(standings: Sequence[Standing]) -> Standing:
    return next(standing for standing in Standing if standing in standings)


def _strength(evidence: Sequence[Evidence]) -> Strength:
    firm = {piece.source for piece in evidence if piece.grade in FIRM_GRADES}
    if not firm:
        return Strength.SUSPECTED
    return Strength.SEVERAL if len({piece.source for piece in evidence}) > 1 else Strength.ONE


# Places that anybody can see from the street. Only these may be made known to the whole partnership by name:
# a home, a children's home or an online handle may lead straight to a child.
PUBLIC_PLACES = frozenset(
    {
        "park",
        "food",
        "hotel",
        "nightclub",
        "shop",
        "school",
        "youth-building",
        *travel_kinds(),
        "health",
        "street",
    }
)

UNNAMED = {
    SubjectKind.PERSON: "another person",
    SubjectKind.GROUP: "a group",
    SubjectKind.PLACE: "a place",
}

"""What kinds of subject, link, place and evidence there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    "exploited-by": LinkKind("Believed to be exploited by", "believed to be exploited by", "believed to exploit", "concern", 730),
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
    "transport": "Station, stop or taxi rank",
    "home": "Home address",
    "childrens-home": "Children's home",
    "health": "Hospital or clinic",
    "online": "Online",
    "street": "Street or estate",
    "other": "Another place",
}

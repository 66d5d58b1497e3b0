"""Which measures are compared by group, and with whom. Plain data."""

from __future__ import annotations

from dataclasses import dataclass

GROUPED = ("ethnicity", "sex", "send", "care")


@dataclass(frozen=True)
class Asked:
    """A measure that is compared. `among`: whether with all of its own denominator instead of all children known."""

    key: str
    short: str
    among: bool = False


ASKED = (
    Asked("excluded-children", "Permanently excluded"),
    Asked("suspended-children", "Suspended"),
    Asked("stopped-children", "Stopped and searched"),
    Asked("custody-children", "Brought into custody"),
    Asked("efh-children", "Told of for harm outside the home"),
    Asked("police-flags", "Flagged by the police"),
    Asked("efh-no-action", "Told of, and no further action", among=True),
    Asked("specialist-given", "Given a specialist worker, of those for whom it was asked", among=True),
    Asked("missing-children", "Reported missing"),
)
EXPLOITED = (
    ("suspended-and-sexual", "sexual exploitation", "suspended"),
    ("suspended-and-criminal", "criminal exploitation", "suspended"),
    ("excluded-and-sexual", "sexual exploitation", "permanently excluded"),
    ("excluded-and-criminal", "criminal exploitation", "permanently excluded"),
)

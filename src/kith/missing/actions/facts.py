"""What is announced of a missing child; what follows stands in config/reactions.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.missing.models import Episode


@dataclass(frozen=True)
class EpisodeOpened:
    """A child is first said to be missing, by anybody. `long_past`: it arrived already over; nobody acts on it now."""

    episode: Episode
    by: Viewer
    now: datetime
    long_past: bool = False


@dataclass(frozen=True)
class ChildBack:
    """A return first counts for an absence. `long_past`: it was over long before anybody told us."""

    episode: Episode
    by: Viewer
    now: datetime
    long_past: bool = False


@dataclass(frozen=True)
class ReturnCorrected:
    """The return that counts has changed for an absence that was over already."""

    episode: Episode
    before: datetime | None
    why: str
    by: Viewer
    now: datetime

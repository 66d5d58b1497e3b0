"""What linkage announces; what follows stands in config/reactions.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import Viewer


@dataclass(frozen=True)
class Loaded:
    """Deliveries have been loaded, linked and told whom to ring about. `by` is a named system job."""

    by: Viewer
    now: datetime


@dataclass(frozen=True)
class PeopleMoved:
    """Two records were found to be one person, or one to be two: what hangs on them has followed."""

    subjects: frozenset[int]
    by: Viewer
    now: datetime

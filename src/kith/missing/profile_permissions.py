"""Who keeps a child's profile, and who works through a home's list. On which rows, row security says."""

from __future__ import annotations

from datetime import datetime

from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.permissions import NotAllowed, can
from kith.foundations.access.queries import holds
from kith.foundations.access.rules import Permission, TeamWork
from kith.missing.models import Profile
from kith.missing.permissions import works_on

ENDED = "This profile has ended."


def can_keep(viewer: Viewer, profile: Profile, now: datetime) -> bool:
    """Whether they write this profile."""
    return profile.ended_at is None and holds(viewer, profile.keepers_id, now)


def check_keeps(viewer: Viewer, profile: Profile, now: datetime) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if profile.ended_at:
        raise NotAllowed(ENDED)
    if not can_keep(viewer, profile, now):
        raise NotAllowed("Only whoever keeps this profile writes in it.")


def homes_of(viewer: Viewer) -> list[Team]:
    """The homes whose staff they are."""
    return list(viewer.teams.filter(work=TeamWork.HOMES.value).select_related("agency", "audience").order_by("pk"))


def check_works_in_home(viewer: Viewer) -> None:
    """Raises NotAllowed with a sentence for the page."""
    if not works_on(viewer, TeamWork.HOMES):
        raise NotAllowed("The search list is for the staff of homes where children live.")


def check_can_review(viewer: Viewer) -> None:
    """Homes and those who search or follow missing children meet each month."""
    if not works_on(viewer, TeamWork.HOMES, TeamWork.SEARCH, TeamWork.MISSING):
        raise NotAllowed("The monthly review is for homes, the police search team and the team for missing children.")


def check_can_see_profiles(viewer: Viewer) -> None:
    """Everybody who works with children may keep profiles or be shown one; others have no such page."""
    if not can(viewer, Permission.READ_RECORDS):
        raise NotAllowed("Profiles are for those who look after children, and for those who search.")

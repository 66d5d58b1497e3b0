"""Who asks agencies, who answers for them, who advises and who oversees that. On which rows, row security says."""

from __future__ import annotations

from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.permissions import NotAllowed, can, check_may
from kith.foundations.access.rules import Permission, Role, TeamWork
from kith.front_door.checking import Band
from kith.front_door.models import Check, Consultation

LONGER = "Only a manager may allow longer than this area's maximum, and says why."
WITHDRAWN = "The front door has withdrawn this question."


def check_can_ask(viewer: Viewer) -> None:
    """Whoever decides on contacts asks agencies about them."""
    check_may(viewer, Permission.DECIDE_CONTACTS)


def can_ask(viewer: Viewer) -> bool:
    return can(viewer, Permission.DECIDE_CONTACTS)


def check_band(viewer: Viewer, band: Band, longer_because: str) -> None:
    """Raises NotAllowed for more time than the area allows, unless a manager says why."""
    if band.too_long and (Role(viewer.role) is not Role.MANAGER or not longer_because.strip()):
        raise NotAllowed(LONGER)


def check_can_answer(viewer: Viewer, check: Check) -> None:
    """Raises NotAllowed for anybody but the team that was asked, and for what was withdrawn."""
    if not viewer.teams.filter(pk=check.team_id).exists():
        raise NotAllowed(f"{check.agency.name} was asked, and you are not in its team that answers.")
    if check.withdrawn_at:
        raise NotAllowed(WITHDRAWN)


def check_can_say_presence(viewer: Viewer, agency: Agency) -> None:
    """The front door says it of every agency, the agency's own checks team of itself."""
    if not can_say_presence(viewer, agency):
        raise NotAllowed(f"The front door says whether {agency.name} is here, or its own team that answers checks.")


def can_say_presence(viewer: Viewer, agency: Agency) -> bool:
    """Whether they say who of this agency is in the hub."""
    if viewer.teams.filter(work=TeamWork.FRONT_DOOR.value).exists():
        return True
    return viewer.teams.filter(work=TeamWork.CHECKS.value, agency=agency).exists()


def check_can_oversee(viewer: Viewer, consultation: Consultation) -> None:
    """A manager signs what somebody else advised, once."""
    check_may(viewer, Permission.DECIDE_CONTACTS)
    if not can_oversee(viewer, consultation):
        raise NotAllowed("Another manager signs this: somebody who did not give the advice, and once.")


def can_oversee(viewer: Viewer, consultation: Consultation) -> bool:
    """Whether this manager may sign it now."""
    others = consultation.by_id != viewer.pk and consultation.overseen_at is None
    return Role(viewer.role) is Role.MANAGER and others

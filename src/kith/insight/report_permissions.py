"""Who may write and sign off reports, and who reads them."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can
from kith.foundations.access.rules import Permission, Role, says_something
from kith.insight.permissions import can_see_figures, check_see_figures

NOT_A_WRITER = "Reports are written and signed off by analysts and managers."
SAY_WHAT = "Say in a few words what you checked, so that somebody else can follow it."
STANDS = "This report is signed off. It cannot be changed; begin another one from the same cut."


def check_write_reports(viewer: Viewer) -> None:
    """Raises NotAllowed: analysts and managers of the partnership write reports; so do named jobs."""
    if viewer.role == Role.SYSTEM.value:
        return
    check_see_figures(viewer)
    if not _writes(viewer):
        raise NotAllowed(NOT_A_WRITER)


def can_write_reports(viewer: Viewer) -> bool:
    """Whether somebody may write reports, and so sees those that are not signed off yet."""
    return can_see_figures(viewer) and _writes(viewer)


def check_sign(viewer: Viewer, checked: str) -> None:
    """Raises NotAllowed without a word on what was checked."""
    check_write_reports(viewer)
    if not says_something(checked):
        raise NotAllowed(SAY_WHAT)


def _writes(viewer: Viewer) -> bool:
    return can(viewer, Permission.ANALYSE) or viewer.role == Role.MANAGER.value

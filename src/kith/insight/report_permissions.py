"""Who may write and sign off reports and problem profiles. Who reads a draft, row security decides in the same way."""

from __future__ import annotations

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed, can
from kith.foundations.access.rules import Permission, Role, says_something
from kith.insight.permissions import can_analyse, can_see_figures, check_analyse, check_see_figures
from kith.insight.rules.reports import ReportKind

NOT_A_WRITER = "Reports are written and signed off by analysts and managers."
SAY_WHAT = "Say in a few words what you checked, so that somebody else can follow it."
STANDS = "This report is signed off. It cannot be changed; begin another one from the same cut."


def check_write_reports(viewer: Viewer, kind: ReportKind | None = None) -> None:
    """Raises NotAllowed: analysts and managers of the partnership write reports, analysts alone problem profiles; so do
    named jobs."""
    if viewer.role == Role.SYSTEM.value:
        return
    if kind and kind.of_subject:
        return check_analyse(viewer)
    check_see_figures(viewer)
    if not _writes(viewer):
        raise NotAllowed(NOT_A_WRITER)


def can_write_reports(viewer: Viewer, *, of_subject: bool = False) -> bool:
    """Whether somebody may write reports, or problem profiles."""
    return can_analyse(viewer) if of_subject else can_see_figures(viewer) and _writes(viewer)


def check_sign(viewer: Viewer, kind: ReportKind, checked: str) -> None:
    """Raises NotAllowed without a word on what was checked."""
    check_write_reports(viewer, kind)
    if not says_something(checked):
        raise NotAllowed(SAY_WHAT)


def _writes(viewer: Viewer) -> bool:
    return can(viewer, Permission.ANALYSE) or viewer.role == Role.MANAGER.value

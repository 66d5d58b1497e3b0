"""What may be done with people, groups, places and links. Which rows exist is for row security."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Permission, Role
from kith.subjects.models import Subject


def can_read_records(viewer: Viewer) -> bool:
    """Whether this viewer's role reads records at all."""
    return Permission.READ_RECORDS in Role(viewer.role).permissions


def can_see_headlines(viewer: Viewer) -> bool:
    """Whether this viewer's role may know that a child is known and whom to ring."""
    return Permission.SEE_HEADLINES in Role(viewer.role).permissions


def can_write(viewer: Viewer) -> bool:
    """Whether this viewer's role writes entries, links, groups and places. An agency's own system may."""
    theirs = viewer.role == Role.SYSTEM.value and viewer.agency_id is not None
    return theirs or Permission.WRITE_ENTRIES in Role(viewer.role).permissions


def check_can_write(viewer: Viewer) -> None:
    """Raises PermissionDenied, with a sentence for the page, where the role does not write."""
    if not can_write(viewer):
        raise PermissionDenied("Your role reads or looks after the system; it does not write on records.")


def check_holds_all(subject_ids: Iterable[int]) -> None:
    """Raises PermissionDenied unless every subject exists in full for whoever is looking."""
    wanted = set(subject_ids)
    held = set(Subject.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if wanted - held:
        raise PermissionDenied("You can write only on records that are open to you.")

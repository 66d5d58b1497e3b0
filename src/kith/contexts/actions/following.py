"""Weighings stay with the child, and their places with the place, when two records become one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from kith.contexts.models import Change, Shared, Weighed, Weighing
from kith.contexts.queries.weighings import JOB
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.subjects.models import Subject


@transaction.atomic
def weighings_follow(*, subjects: Iterable[int], by: Viewer, now: datetime) -> int:
    """Moves what hangs on records that were joined into another. Answers how many records had something to move.

    Where both were being weighed, the unsigned one that moves is thrown away: what stands goes on being written.
    """
    moved = 0
    with viewing_as(system_viewer(JOB)):
        for subject in Subject.objects.filter(pk__in=list(subjects), joined_into__isnull=False):
            moved += _follow(subject, _end_of(subject), by, now)
    return moved


def _follow(subject: Subject, to: Subject, by: Viewer, now: datetime) -> bool:
    unsigned = Weighing.objects.filter(subject=subject, signed_at=None)
    if unsigned and Weighing.objects.filter(subject=to, signed_at=None).exists():
        unsigned.delete()
    theirs = Weighing.objects.filter(subject=subject)
    rows = Weighed.objects.filter(weighing__in=theirs).update(scope=to.scope_id)
    Change.objects.filter(weighing__in=theirs).update(scope=to.scope_id)
    Shared.objects.filter(weighing__in=theirs).update(scope=to.scope_id)
    rows += theirs.update(subject=to, scope=to.scope_id)
    Change.objects.filter(linked=subject, weighing=None).update(scope=to.scope_id)
    rows += Weighed.objects.filter(linked=subject).update(linked=to)
    rows += Change.objects.filter(linked=subject).update(linked=to, there=to.scope_id)
    if rows:
        record(viewer=by, action="follow-people", subjects=[to.pk], what="Weighings of contexts follow", now=now)
    return bool(rows)


def _end_of(subject: Subject) -> Subject:
    while subject.joined_into is not None:
        subject = subject.joined_into
    return subject

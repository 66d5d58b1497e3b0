"""Keeping words until they are sent, giving them back, throwing them away, and knowing a form that was sent before.

Keeping is not audited; putting back and throwing away are. A form's draft goes in the transaction that
accepts the form.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import Role
from kith.foundations.audit.actions import record
from kith.foundations.drafts.locking import one_at_a_time
from kith.foundations.drafts.models import Draft, SentForm
from kith.foundations.drafts.queries import unsent, was_sent
from kith.foundations.drafts.rules import LARGEST, MOST, Fields, forgotten_before, size_of


class FormAt(NamedTuple):
    """One form on one page: its address and its own mark."""

    path: str
    mark: UUID


class TooMuch(ValueError):
    """More than is kept of one form."""


class AlreadySent(ValueError):
    """The form was accepted: what is typed into it now is of another."""


@transaction.atomic
def keep(*, form: FormAt, fields: Fields, by: Viewer, now: datetime, largest: int = LARGEST) -> Draft | None:
    """Keeps what stands in a form, in place of what was kept of it before; an empty form is not kept.

    Raises TooMuch and AlreadySent; then nothing is changed.
    """
    if size_of(fields) > largest:
        raise TooMuch
    one_at_a_time(by, form.mark)
    if was_sent(by, form.mark):
        raise AlreadySent
    if not fields:
        Draft.objects.filter(viewer=by, mark=form.mark).delete()
        return None
    words = {"path": form.path, "fields": fields, "kept_at": now}
    draft, new = Draft.objects.update_or_create(viewer=by, mark=form.mark, defaults=words)
    if new:
        too_old = list(unsent(by)[MOST:].values_list("pk", flat=True))
        Draft.objects.filter(pk__in=too_old).delete()
    return draft


@transaction.atomic
def accepted(*, form: FormAt, sent_as: UUID, led_to: str, by: Viewer, now: datetime) -> None:
    """The form did what it was for, in the same transaction: its draft goes, and where it led is remembered."""
    SentForm.objects.create(viewer=by, mark=form.mark, sent_as=sent_as, led_to=led_to[:500], at=now)
    Draft.objects.filter(viewer=by, mark=form.mark).delete()


def note_put_back(*, draft: Draft, title: str, subjects: list[int], by: Viewer, now: datetime) -> None:
    """Somebody opened a form with the words they had not sent."""
    what = f"Put back unsent words: {title}"
    record(viewer=by, action="put-back-draft", subjects=subjects, what=what, now=now)


@transaction.atomic
def throw_away(*, draft: Draft, title: str, subjects: list[int], by: Viewer, now: datetime) -> None:
    """Somebody does not want these words any more."""
    draft.delete()
    what = f"Threw away unsent words: {title}"
    record(viewer=by, action="throw-away-draft", subjects=subjects, what=what, now=now)


def tidy(*, by: Viewer, now: datetime) -> int:
    """Removes what is too old, of everybody whom `by` (a system job) sees. Returns how many drafts went."""
    if by.role != Role.SYSTEM.value:
        raise PermissionError("Only a system job tidies everybody's drafts.")
    SentForm.objects.filter(at__lt=forgotten_before(now)).delete()
    return Draft.objects.filter(kept_at__lt=forgotten_before(now)).delete()[0]

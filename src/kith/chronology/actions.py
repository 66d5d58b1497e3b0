"""What people do with entries: write, correct, mark as significant, dispute. Never edit, never erase."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from kith.chronology.models import Dispute, Entry, EntrySubject
from kith.chronology.permissions import check_can_correct
from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.subjects.models import Subject
from kith.subjects.permissions import check_can_write, check_holds_all

NOTE = "note"


@dataclass(frozen=True)
class About:
    """One subject an entry is about, and what belongs on that subject's record alone."""

    subject_id: int
    private_text: str = ""


@dataclass(frozen=True)
class Written:
    """What somebody writes:

    the words all its subjects share, and when it happened (`at` only where known).
    """

    text: str
    on: date
    at: datetime | None = None
    kind: str = NOTE
    significant: bool = False


@transaction.atomic
def write_entry(
    *, written: Written, about: Sequence[About], by: Viewer, now: datetime, once: UUID | None = None
) -> Entry:
    """One entry on the record of each subject it is about;

    each private part is read by that subject's circle only.

    `once` is the mark of the form it came with: the same words sent again with the same mark, because the answer was
    lost, are the entry that already stands. Other words are another entry, so that nothing typed is lost either.
    """
    check_can_write(by)
    check_holds_all(part.subject_id for part in about)
    if not about:
        raise ValueError("An entry is about somebody or somewhere.")
    entry, new = _sign(written, _sent_as(once or uuid4(), written, about), by, now)
    if not new:
        return entry
    _stand_on_records(entry, about)
    subjects = [part.subject_id for part in about]
    record(viewer=by, action="write-entry", subjects=subjects, what=f"Wrote entry {entry.pk}", now=now)
    return entry


def _sent_as(mark: UUID, written: Written, about: Sequence[About]) -> UUID:
    """One for one form and everything in it, in whatever order the records were chosen."""
    parts = sorted((part.subject_id, part.private_text.strip()) for part in about)
    return uuid5(mark, json.dumps([astuple(written), parts], default=str))


def _sign(written: Written, sent_as: UUID, by: Viewer, now: datetime) -> tuple[Entry, bool]:
    """The entry, and whether it is new. Of two that arrive at once, the second waits for the first and finds it."""
    words = {
        "kind": written.kind,
        "on": written.on,
        "at": written.at,
        "summary": written.text.strip(),
        "agency": by.agency,
        "significant": written.significant,
        "recorded_at": now,
        "stated_on": written.on,
    }
    return Entry.objects.get_or_create(written_by=by, sent_as=sent_as, defaults=words)


def _stand_on_records(entry: Entry, about: Sequence[About]) -> None:
    scopes = dict(Subject.objects.filter(pk__in=[part.subject_id for part in about]).values_list("pk", "scope_id"))
    rows = [
        EntrySubject(
            entry=entry,
            subject_id=part.subject_id,
            scope_id=scopes[part.subject_id],
            on=entry.on,
            private_text=part.private_text.strip(),
            significant=entry.significant,
        )
        for part in about
    ]
    EntrySubject.objects.bulk_create(rows)


@transaction.atomic
def correct_entry(
    *,
    entry_id: int,
    written: Written,
    about: Sequence[About],
    because: str,
    by: Viewer,
    now: datetime,
    once: UUID | None = None,
) -> Entry:
    """A corrected entry in place of one the same person wrote; `once` as for `write_entry`.

    The old words stay readable behind the new ones.
    """
    old = Entry.objects.get(pk=entry_id)
    check_can_correct(by, old)
    new = write_entry(written=written, about=about, by=by, now=now, once=once)
    Entry.objects.filter(pk=old.pk, superseded_by=None).update(superseded_by=new)
    subjects = [part.subject_id for part in about]
    what = f"Corrected entry {old.pk} with {new.pk}"
    record(viewer=by, action="correct-entry", subjects=subjects, what=what, because=because[:300], now=now)
    return new


@transaction.atomic
def mark_significant(*, entry_id: int, subject_id: int, impact: str, by: Viewer, now: datetime) -> None:
    """Says that an entry matters in this subject's story, with one line on what it meant for them."""
    _mark(entry_id, subject_id, True, impact.strip(), by)
    what = f"Marked entry {entry_id} as significant"
    record(viewer=by, action="mark-significant", subjects=[subject_id], what=what, now=now)


@transaction.atomic
def unmark_significant(*, entry_id: int, subject_id: int, by: Viewer, now: datetime) -> None:
    """Says that an entry is not among those that matter most on this record."""
    _mark(entry_id, subject_id, False, "", by)
    what = f"Took the significant mark from entry {entry_id}"
    record(viewer=by, action="unmark-significant", subjects=[subject_id], what=what, now=now)


def _mark(entry_id: int, subject_id: int, significant: bool, impact: str, by: Viewer) -> None:
    check_can_write(by)
    check_holds_all([subject_id])
    rows = EntrySubject.objects.filter(entry_id=entry_id, subject_id=subject_id)
    if not rows.update(significant=significant, impact=impact, marked_significant_by=by.pk):
        raise Entry.DoesNotExist(f"Entry {entry_id} is not on this record.")


@transaction.atomic
def dispute_entry(*, entry_id: int, subject_id: int, said_by: str, text: str, by: Viewer, now: datetime) -> Dispute:
    """Records that somebody says an entry is wrong. It shows wherever the entry shows."""
    check_can_write(by)
    place = EntrySubject.objects.filter(entry_id=entry_id, subject_id=subject_id).order_by("pk")[:1].get()
    dispute = Dispute.objects.create(
        entry_id=entry_id,
        scope_id=place.scope_id,
        said_by=said_by.strip(),
        text=text.strip(),
        at=now,
        recorded_by=by.pk,
    )
    what = f"Disputed entry {entry_id}"
    record(viewer=by, action="dispute-entry", subjects=[subject_id], what=what, now=now)
    return dispute


@transaction.atomic
def withdraw_entry(*, entry_id: int, because: str, by: Viewer, now: datetime) -> None:
    """Ends an entry that a decision wrote and that was undone: kept, and no longer shown. By whoever wrote it."""
    entry = Entry.objects.get(pk=entry_id)
    check_can_correct(by, entry)
    subjects = list(entry.about.values_list("subject_id", flat=True))
    Entry.objects.filter(pk=entry_id).update(ended_at=now)
    what = f"Withdrew entry {entry_id}"
    record(viewer=by, action="withdraw-entry", subjects=subjects, what=what, because=because[:300], now=now)

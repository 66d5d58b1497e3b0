"""Write a letter; it goes when what it tells of is certain."""

from __future__ import annotations

from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Scope
from kith.foundations.audit.actions import record
from kith.foundations.letters.models import Letter


@transaction.atomic
def write_letter(*, to: str, subject: str, body: str, about: str, scope: Scope, now: datetime) -> Letter:
    """A letter that is sent once this transaction stands. `about` is the work it tells of, such as `contact:17`."""
    letter = Letter.objects.create(to=to, subject=subject, body=body, about=about, scope=scope, written_at=now)
    app.configure_task("letters.send").defer(letter_id=letter.pk)
    return letter


def send_letter(*, letter_id: int, now: datetime) -> bool:
    """Send it, unless it went already. A failure is kept on the letter and raised, so that it is tried again."""
    letter = Letter.objects.select_for_update().filter(pk=letter_id, sent_at=None).first()
    if letter is None:
        return False
    send_mail(letter.subject, letter.body, None, [letter.to])
    letter.sent_at, letter.failure = now, ""
    letter.save(update_fields=["sent_at", "failure"])
    what = f"Sent a letter about {letter.about}"
    record(viewer=system_viewer("letters"), action="send-letter", what=what, now=now)
    return True


def note_failure(*, letter_id: int, failure: str) -> None:
    """Keeps why it has not gone, for those whose work it tells of."""
    Letter.objects.filter(pk=letter_id, sent_at=None).update(failure=failure[:300])

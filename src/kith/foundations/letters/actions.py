"""Write a letter; it goes when what it tells of is certain."""

from __future__ import annotations

import re
from datetime import datetime

from django.core.mail import send_mail
from django.db import transaction
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Scope
from kith.foundations.audit.actions import record
from kith.foundations.letters.models import Letter, Message, Text
from kith.foundations.letters.texting import send_text


@transaction.atomic
def write_letter(*, to: str, subject: str, body: str, about: str, scope: Scope, now: datetime) -> Letter:
    """A letter that is sent once this transaction stands. `about` is the work it tells of, such as `contact:17`."""
    letter = Letter.objects.create(to=to, subject=subject, body=body, about=about, scope=scope, written_at=now)
    app.configure_task("letters.send").defer(letter_id=letter.pk)
    return letter


@transaction.atomic
def write_text(*, to: str, body: str, about: str, scope: Scope, now: datetime) -> Text:
    """A text message, sent like a letter. `to` is a phone number in any usual form."""
    text = Text.objects.create(to=to, body=body, about=about, scope=scope, written_at=now)
    app.configure_task("letters.send_text").defer(text_id=text.pk)
    return text


SECRET = re.compile("⟦(.*?)⟧", re.DOTALL)
TAKEN_OUT = "(this part went with the letter and is not kept)"


def send_letter(*, letter_id: int, now: datetime) -> bool:
    """Send it, unless it went already. A failure is kept on the letter and raised, so that it is tried again.

    What stands between ⟦ and ⟧, such as a link that lets somebody in, goes with the letter and is then kept nowhere.
    """
    letter = Letter.objects.select_for_update().filter(pk=letter_id, sent_at=None).first()
    if letter is None:
        return False
    send_mail(letter.subject, SECRET.sub(r"\1", letter.body), None, [letter.to])
    _note_sent(letter, "send-letter", "letter", now)
    return True


def send_text_message(*, text_id: int, now: datetime) -> bool:
    """The same for a text message."""
    text = Text.objects.select_for_update().filter(pk=text_id, sent_at=None).first()
    if text is None:
        return False
    send_text(text.to, SECRET.sub(r"\1", text.body))
    _note_sent(text, "send-text", "text message", now)
    return True


def _note_sent(message: Message, action: str, kind: str, now: datetime) -> None:
    message.sent_at, message.failure, message.body = now, "", SECRET.sub(TAKEN_OUT, message.body)
    message.save(update_fields=["sent_at", "failure", "body"])
    what = f"Sent a {kind} about {message.about}"
    record(viewer=system_viewer("letters"), action=action, what=what, now=now)


def note_failure(*, kind: type[Message], message_id: int, failure: str) -> None:
    """Keeps why it has not gone, for those whose work it tells of."""
    kind._default_manager.filter(pk=message_id, sent_at=None).update(failure=failure[:300])

"""Sending, in the background: tried again for a day when a server does not answer."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.actions import note_failure, send_letter, send_text_message
from kith.foundations.letters.models import Letter, Message, Text

AGAIN = RetryStrategy(max_attempts=12, exponential_wait=5, retry_exceptions={OSError})


@app.task(name="letters.send", retry=AGAIN)
def send(letter_id: int) -> bool:
    """Send one letter as the job that sends them."""
    return _send(Letter, letter_id, lambda: send_letter(letter_id=letter_id, now=timezone.now()))


@app.task(name="letters.send_text", retry=AGAIN)
def send_text(text_id: int) -> bool:
    """Send one text message as the same job."""
    return _send(Text, text_id, lambda: send_text_message(text_id=text_id, now=timezone.now()))


def _send(kind: type[Message], message_id: int, sending: Callable[[], bool]) -> bool:
    postman = system_viewer("letters")
    try:
        with viewing_as(postman):
            return sending()
    except OSError as failure:
        with viewing_as(postman):
            note_failure(kind=kind, message_id=message_id, failure=str(failure))
        raise

"""Sending, in the background: tried again for a day when the mail server does not answer."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.actions import note_failure, send_letter

AGAIN = RetryStrategy(max_attempts=12, exponential_wait=5, retry_exceptions={OSError})


@app.task(name="letters.send", retry=AGAIN)
def send(letter_id: int) -> bool:
    """Send one letter as the job that sends them."""
    postman = system_viewer("letters")
    try:
        with viewing_as(postman):
            return send_letter(letter_id=letter_id, now=timezone.now())
    except OSError as failure:
        with viewing_as(postman):
            note_failure(letter_id=letter_id, failure=str(failure))
        raise

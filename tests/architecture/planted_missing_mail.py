"""A letter on a missing child, for the addresses about it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from kith.front_door.actions.mailbox import take_email
from kith.front_door.models import MissingLetter

LETTERED = "Saffronletter"  # in the letter: read by those who search and follow, and by the front door

LETTER = f"""From: Control Room <control@police.example>
Subject: Missing person report
Message-ID: <planted-missing@police.example>

Ref: MP/{LETTERED}1
Name: Ottoline {LETTERED}
Missing since: yesterday 22:30
"""


def plant_missing_mail() -> dict[str, Any]:
    """It waits for those who search and those who follow missing children."""
    take_email(raw=LETTER.encode(), now=timezone.now())
    return {"proposal_id": MissingLetter.objects.get().pk}

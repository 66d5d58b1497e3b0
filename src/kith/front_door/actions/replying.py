"""Telling the giver what became of it: by letter, by phone, or where they follow it by reference and code."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from kith.foundations.access.models import Viewer
from kith.foundations.audit.actions import record
from kith.front_door.letters import write_reply
from kith.front_door.models import Contact, Reply
from kith.front_door.permissions import check_can_decide


@transaction.atomic
def reply(*, contact_id: int, text: str, spoken: bool, by: Viewer, now: datetime) -> Reply:
    """Keeps what the giver is told, and sends it where they left an address and were not told by phone."""
    check_can_decide(by)
    contact = Contact.objects.select_related("giver").get(pk=contact_id)
    letter = None
    if contact.giver.email and not spoken:
        letter = write_reply(contact=contact, to=contact.giver.email, text=text, now=now)
    kept = Reply.objects.create(
        contact=contact,
        scope_id=contact.scope_id,
        text=text.strip(),
        at=now,
        by=by,
        letter_id=letter.pk if letter else None,
        spoken=spoken,
    )
    record(viewer=by, action="reply-to-giver", what=f"Told the giver of {contact.reference} what became of it", now=now)
    return kept

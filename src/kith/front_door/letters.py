"""Letters to whoever told: that it was received, and what happened. No name, no harm: somebody may read along."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from kith.foundations.design_system.words import day
from kith.foundations.letters.actions import write_letter
from kith.foundations.letters.models import Letter
from kith.front_door.models import Contact
from kith.front_door.rules import reply_by

SUBJECT = "Your message {reference}"
RECEIPT = """Thank you. We have your message.

Your reference is {reference}.
You will hear from us by {promised}.
{follow}
If anything changes, or if somebody is in danger, do not wait for us: ring 999.
The front door: {phone}. At night and at weekends: {out_of_hours}.

{partnership}
"""
FOLLOW = """
To see where it has got to, go to {address}
and give the reference and this code: {code}
"""
REPLY = """About your message {reference}.

{text}

{partnership}
"""


def write_receipt(*, contact: Contact, to: str, code: str, now: datetime) -> Letter:
    """That it was received, the promised day, and how to follow it."""
    area = settings.PARTNERSHIP
    body = RECEIPT.format(
        reference=contact.reference,
        promised=day(reply_by(contact.received_at)),
        follow=_how_to_follow(code),
        phone=area.front_door_phone,
        out_of_hours=area.out_of_hours_phone,
        partnership=area.full_name,
    )
    return _write(contact, to, body, now)


def write_reply(*, contact: Contact, to: str, text: str, now: datetime) -> Letter:
    """What became of it, in the words the front door chose."""
    body = REPLY.format(reference=contact.reference, text=text.strip(), partnership=settings.PARTNERSHIP.full_name)
    return _write(contact, to, body, now)


def _write(contact: Contact, to: str, body: str, now: datetime) -> Letter:
    subject = SUBJECT.format(reference=contact.reference)
    return write_letter(to=to, subject=subject, body=body, about=f"contact:{contact.pk}", scope=contact.scope, now=now)


def _how_to_follow(code: str) -> str:
    site = settings.PARTNERSHIP.site_address.rstrip("/")
    try:
        address = site + reverse("follow")
    except NoReverseMatch:
        return ""
    return FOLLOW.format(address=address, code=code) if site else f"\nYour code to follow it: {code}\n"

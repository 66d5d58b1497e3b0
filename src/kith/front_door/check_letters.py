"""Letters about checks: to an agency's mailbox, which others may read. No child, place or harm is named in them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kith.foundations.design_system.words import day_and_time
from kith.foundations.letters.actions import write_letter
from kith.foundations.letters.models import Letter
from kith.front_door.models import Check

ASKED = "The front door asks your agency"
AGAIN = "Reminder: the front door asks your agency"
CODE = "Your code"
BODY = """{greeting}

The front door of the {partnership} asks {agency} a question about safeguarding.
Please answer by {by}.

{how}
"Nothing known" is an answer too: please send it.

If you cannot answer, or are not the right person, ring {phone}. The number of this question is {number}.

{partnership}
"""
BY_LINK = """To read it and answer, without an account:
⟦{link}⟧
The link is for your agency alone, works until {until}, and ends when the question is withdrawn. Do not pass it on.
"""
BY_PAGE = "To read it and answer, sign in and open “Checks asked of us”.\n"
CODE_BODY = """The code to open the question that the front door asked: ⟦{code}⟧

It works for 15 minutes. If you did not ask for it, do nothing.

{partnership}
"""


def write_check_letter(
    *, check: Check, link: str, until: datetime | None, reminder: bool = False, now: datetime
) -> Letter:
    """That something is asked, by when, and how to answer. `link` is a whole address, or empty where they sign in."""
    how = BY_LINK.format(link=link, until=day_and_time(until)) if link and until else BY_PAGE
    body = BODY.format(
        greeting="We have not yet heard from you." if reminder else "Good day.",
        partnership=settings.PARTNERSHIP.full_name,
        agency=check.agency.name,
        by=day_and_time(check.due_at),
        how=how,
        phone=settings.PARTNERSHIP.front_door_phone,
        number=check.pk,
    )
    return _write(check, AGAIN if reminder else ASKED, body, now)


def write_code_letter(*, check: Check, code: str, now: datetime) -> Letter:
    """The six figures, to the mailbox that got the link."""
    return _write(check, CODE, CODE_BODY.format(code=code, partnership=settings.PARTNERSHIP.full_name), now)


def link_address(token: str, site: str) -> str:
    """The whole address of a link; `site` is used where the partnership has set no address of its own."""
    start = settings.PARTNERSHIP.site_address or site
    return start.rstrip("/") + reverse("check-link", args=[token]) if start else ""


def _write(check: Check, subject: str, body: str, now: datetime) -> Letter:
    return write_letter(
        to=check.email, subject=subject, body=body, about=f"check:{check.pk}", scope=check.scope, now=now
    )

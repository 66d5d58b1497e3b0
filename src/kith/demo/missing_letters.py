"""Two letters of the police in the demonstration's mailbox: a child newly missing, and a child who is back.

They are taken in as any letter is; nothing comes of them until somebody decides. Running it again adds nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from email.message import EmailMessage

from django.conf import settings

from kith.demo import cast
from kith.foundations.clocks import HERE
from kith.front_door.actions.mailbox import take_email

HOST = "mx.severnmouth.example"  # the demonstration's own mail host, whose word on senders counts
SENDER = "Force Control Room <control@severnmouth-police.example>"
NEW = """Please see the report below.

> MISSING PERSON REPORT
> Occurrence No: MP/114101
> Name: {name}
> DOB: {born:%d/%m/%Y}
> Missing since: {gone:%d/%m/%Y} approx {gone:%H:%M}
> Last seen location: Fernhill Road bus stop
> Risk: Medium
> Clothing: school uniform, dark coat
> Circumstances: Did not come home after an after-school club. Phone rings and is not answered.
> Reporting officer: PC 2217 Marsh
"""
BACK = """Misper found - Ref MP/114095

Ref: MP/114095
Name: {name}
DOB: {born:%d/%m/%Y}
Returned: {back:%d/%m/%Y} at {back:%I.%M%p}
Found at: a friend's house near the park
No injuries seen.
"""


def write_missing_letters(*, today: date, now: datetime) -> int:
    """Takes both in; answers how many were new. They come from an address of the police that the host vouches for."""
    if HOST not in settings.KITH_MAIL_TRUSTED:
        return 0
    children = {one.key: one for one in cast.CHILDREN}
    fresh, leo = children["jamal"], children["leo"]
    moments = {"gone": now - timedelta(hours=1, minutes=20), "back": now - timedelta(minutes=25)}
    local = {name: at.astimezone(HERE) for name, at in moments.items()}
    new = NEW.format(name=fresh.name, born=fresh.born(today), **local)
    back = BACK.format(name=leo.name, born=leo.born(today), **local)
    letters = (_letter("missing-1", "Missing person report", new), _letter("missing-2", "Misper returned", back))
    return sum(take_email(raw=one, now=now).new for one in letters)


def _letter(number: str, subject: str, words: str) -> bytes:
    message = EmailMessage()
    message["Authentication-Results"] = f"{HOST}; dmarc=pass header.from=severnmouth-police.example"
    message["From"], message["To"], message["Subject"] = SENDER, "front-door@severnmouth.example", subject
    message["Message-ID"] = f"<{number}@severnmouth-police.example>"
    message["Auto-Submitted"] = "auto-generated"  # a control room's system: no receipt is sent
    message.set_content(words)
    return message.as_bytes()

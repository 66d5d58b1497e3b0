"""Making private links, sending them and their codes, and using them up. Whoever holds one has no account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Scope
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.letters.actions import write_letter, write_text
from kith.foundations.private_links import rules
from kith.foundations.private_links.models import PrivateLink

JOB = "private-links"
CODE_SUBJECT = "Your code"
CODE_WORDS = "Your code is ⟦{code}⟧. It works for 15 minutes. If you did not ask for it, do nothing."


class NoSuchLink(Exception):
    """It does not exist, was used, has ended or has run out: which of these, nobody is told."""


class TooOften(Exception):
    """It was opened, or a code asked for or tried, too often."""


@dataclass(frozen=True)
class To:
    """Where a link goes: one phone or one mailbox; neither: it is shown on a screen."""

    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Opened:
    """A link that works."""

    link_id: int
    purpose: str
    about: str
    asks_for_a_code: bool


@transaction.atomic
def make_link(*, purpose: str, about: str, to: To, scope: Scope, now: datetime, expires: datetime | None = None) -> str:
    """A new link's secret, which is kept nowhere. Links made before for the same thing end."""
    shown = not (to.phone or to.email)
    secret = rules.new_shown_secret() if shown else rules.new_secret()
    with viewing_as(system_viewer(JOB)):
        end_links(purpose=purpose, about=about, now=now)
        PrivateLink.objects.create(
            purpose=purpose,
            about=about,
            scope=scope,
            phone="" if to.email and not to.phone else to.phone,
            email="" if to.phone else to.email,
            secret_hash=rules.secret_hash(secret),
            made_at=now,
            expires_at=expires or now + (rules.SHOWN_LASTS if shown else rules.LASTS),
        )
        what = f"Made a private link about {about}"
        record(viewer=system_viewer(JOB), action="make-private-link", what=what, now=now)
    return secret


@transaction.atomic
def send_link(
    *,
    purpose: str,
    about: str,
    to: To,
    scope: Scope,
    subject: str,
    words: str,
    now: datetime,
    site: str = "",
    expires: datetime | None = None,
) -> bool:
    """Makes a link and sends it in neutral words, in which {link} stands for it. False where there is no address of
    this installation to put into a message.
    """
    start = settings.PARTNERSHIP.site_address or site
    if not start:
        return False
    secret = make_link(purpose=purpose, about=about, to=to, scope=scope, now=now, expires=expires)
    body = words.replace("{link}", f"⟦{_link_address(secret, start)}⟧")
    _write(to, subject, body, about, scope, now)
    return True


def _link_address(secret: str, start: str) -> str:
    """The whole address of a link."""
    return start.rstrip("/") + reverse("private", args=[secret])


def open_link(*, secret: str, now: datetime) -> Opened:
    """What a link is for. Raises NoSuchLink or TooOften."""
    with viewing_as(system_viewer(JOB)):
        link = _link(secret, now)
        if link.openings_since is None or now - link.openings_since > rules.HOUR:
            link.openings_since, link.openings = now, 0
        if link.openings >= rules.OPENINGS_AN_HOUR:
            raise TooOften
        link.openings += 1
        if link.opened_at is None:
            link.opened_at = now
            what = f"Opened the private link about {link.about}"
            record(viewer=system_viewer(JOB), action="open-private-link", what=what, now=now)
        link.save(update_fields=["openings_since", "openings", "opened_at"])
        return Opened(link.pk, link.purpose, link.about, link.asks_for_a_code)


def send_code(*, secret: str, now: datetime) -> None:
    """Six figures to where the link went; the ones before no longer count."""
    with viewing_as(system_viewer(JOB)):
        link = _link(secret, now)
        if not link.asks_for_a_code:
            raise NoSuchLink
        if link.codes_since is None or now - link.codes_since > rules.HOUR:
            link.codes_since, link.codes_sent = now, 0
        if link.codes_sent >= rules.CODES_AN_HOUR:
            raise TooOften
        code = rules.new_code()
        link.code_hash = rules.code_hash(code, link.pk, settings.SECRET_KEY)
        link.code_until, link.code_tries, link.codes_sent = now + rules.CODE_LASTS, 0, link.codes_sent + 1
        link.save(update_fields=["codes_since", "codes_sent", "code_hash", "code_until", "code_tries"])
        words = CODE_WORDS.format(code=code)
        _write(To(link.phone, link.email), CODE_SUBJECT, words, link.about, link.scope, now)


def confirm_code(*, secret: str, typed: str, now: datetime) -> bool:
    """Whether these are the six figures. Each code may be tried five times and works once; after fifteen wrong ones in
    all the link is locked.
    """
    with viewing_as(system_viewer(JOB)):
        link = _link(secret, now)
        if not link.code_hash or link.code_until is None or link.code_until < now:
            return False
        if link.code_tries >= rules.TRIES_A_CODE:
            raise TooOften
        typed_hash = rules.code_hash(rules.figures(typed), link.pk, settings.SECRET_KEY)
        right = rules.same(link.code_hash, typed_hash)
        link.code_tries += 1
        link.wrong_codes += not right
        link.code_hash = "" if right else link.code_hash
        if link.wrong_codes >= rules.WRONG_CODES_IN_ALL:
            link.ended_at = now
            what = f"Locked the private link about {link.about}: too many wrong codes"
            record(viewer=system_viewer(JOB), action="lock-private-link", what=what, now=now)
        link.save(update_fields=["code_tries", "wrong_codes", "code_hash", "ended_at"])
        return right


@transaction.atomic
def use_up(*, secret: str, now: datetime) -> Opened:
    """The one thing it was for is being done: from now on nobody can use it. Raises NoSuchLink."""
    with viewing_as(system_viewer(JOB)):
        link = _link(secret, now)
        link.used_at = now
        link.save(update_fields=["used_at"])
        return Opened(link.pk, link.purpose, link.about, link.asks_for_a_code)


def end_links(*, purpose: str, about: str, now: datetime) -> int:
    """Takes back every link of one purpose about one piece of work. Answers how many ended."""
    with viewing_as(system_viewer(JOB)):
        return PrivateLink.objects.filter(purpose=purpose, about=about, used_at=None, ended_at=None).update(
            ended_at=now
        )


def _link(secret: str, now: datetime) -> PrivateLink:
    """The link of this secret while it works, locked for this transaction."""
    hashed = rules.secret_hash(secret)
    links = PrivateLink.objects.select_for_update(of=("self",)).select_related("scope")
    link = links.filter(secret_hash=hashed, used_at=None, ended_at=None, expires_at__gt=now).first()
    if link is None or not rules.same(link.secret_hash, hashed):
        raise NoSuchLink
    return link


def _write(to: To, subject: str, body: str, about: str, scope: Scope, now: datetime) -> None:
    with viewing_as(system_viewer(JOB)):
        if to.phone:
            write_text(to=to.phone, body=body, about=about, scope=scope, now=now)
        else:
            write_letter(to=to.email, subject=subject, body=body, about=about, scope=scope, now=now)

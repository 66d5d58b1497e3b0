"""An agency's answer: by somebody signed in, or by a link without an account. Never edited; more is another answer."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.front_door import checking
from kith.front_door.actions.checks import JOB
from kith.front_door.check_letters import write_code_letter
from kith.front_door.checks_permissions import check_can_answer
from kith.front_door.models import Check, CheckAnswer, CheckLink

HOUR = timedelta(hours=1)


class NoSuchLink(Exception):
    """The link does not exist, has ended or has run out: which of these, nobody is told."""


class TooOften(Exception):
    """It was opened, or a code asked for or tried, too often."""


@dataclass(frozen=True)
class Answer:
    """What an agency says. `source` and `may_share` are keys of codes."""

    nothing_known: bool
    source: str
    may_share: str
    name: str
    role: str
    phone: str
    known: str = ""
    dates: str = ""
    works_with: str = ""
    worries: str = ""
    strengths: str = ""
    conditions: str = ""


@dataclass(frozen=True)
class Opened:
    """A link that works: its number, its check (read inside), what was typed and not sent."""

    link_id: int
    check: Check
    draft: dict[str, list[str]]
    answers: tuple[CheckAnswer, ...]


@transaction.atomic
def answer(*, check_id: int, given: Answer, once: UUID, by: Viewer, now: datetime) -> CheckAnswer:
    """The answer of somebody of the team that was asked."""
    check = Check.objects.select_for_update(of=("self",)).select_related("agency").get(pk=check_id)
    check_can_answer(by, check)
    return _stand(check, given, once, by, by, now)


def open_link(*, token: str, now: datetime) -> Opened:
    """What stands behind a link, and a line that it was opened. Raises NoSuchLink or TooOften."""
    job = system_viewer(JOB)
    with viewing_as(job):
        link = _link(token, now)
        _count_opening(link, now)
        check = link.check_asked
        what = f"Opened the link of check {check.pk} for {check.agency.name}"
        record(viewer=job, action="open-check-link", what=what, details={"check": check.pk, "link": link.pk}, now=now)
        answers = tuple(check.answers.order_by("at"))
        return Opened(link.pk, check, link.draft, answers)


def send_code(*, token: str, now: datetime) -> None:
    """Six figures to the mailbox that got the link; the one before no longer counts."""
    with viewing_as(system_viewer(JOB)):
        link = _link(token, now)
        if link.codes_since is None or now - link.codes_since > HOUR:
            link.codes_since, link.codes_sent = now, 0
        if link.codes_sent >= checking.CODES_AN_HOUR:
            raise TooOften
        code = checking.new_code()
        link.code_hash = checking.code_hash(code, link.pk, settings.SECRET_KEY)
        link.code_until, link.code_tries, link.codes_sent = now + checking.CODE_LASTS, 0, link.codes_sent + 1
        link.save(update_fields=["codes_since", "codes_sent", "code_hash", "code_until", "code_tries"])
        write_code_letter(check=link.check_asked, code=code, now=now)


def confirm_code(*, token: str, typed: str, now: datetime) -> bool:
    """Whether these are the six figures; each code may be tried five times and works once."""
    with viewing_as(system_viewer(JOB)):
        link = _link(token, now)
        if not link.code_hash or link.code_until is None or link.code_until < now:
            return False
        if link.code_tries >= checking.TRIES_A_CODE:
            raise TooOften
        figures = "".join(one for one in typed if one.isdigit() and one.isascii())
        right = hmac.compare_digest(link.code_hash, checking.code_hash(figures, link.pk, settings.SECRET_KEY))
        link.code_tries += 1
        link.code_hash = "" if right else link.code_hash
        link.save(update_fields=["code_tries", "code_hash"])
        return right


def keep_draft(*, token: str, fields: Mapping[str, list[str]], now: datetime) -> None:
    """Keeps what was typed and not sent, on the server, for whoever opens the link again."""
    with viewing_as(system_viewer(JOB)):
        link = _link(token, now)
        link.draft, link.draft_at = dict(fields), now if fields else None
        link.save(update_fields=["draft", "draft_at"])


def answer_by_link(*, token: str, given: Answer, once: UUID, now: datetime) -> CheckAnswer:
    """The answer of an agency that has no account, by whoever holds its link."""
    job = system_viewer(JOB)
    with viewing_as(job):
        link = _link(token, now)
        stands = _stand(link.check_asked, given, once, None, job, now)
        link.draft, link.draft_at = {}, None
        link.save(update_fields=["draft", "draft_at"])
        return stands


def _link(token: str, now: datetime) -> CheckLink:
    links = CheckLink.objects.select_for_update(of=("self",)).select_related(
        "check_asked__agency", "check_asked__scope"
    )
    link = links.filter(token_hash=checking.token_hash(token), ended_at=None, expires_at__gt=now).first()
    if link is None or link.check_asked.withdrawn_at:
        raise NoSuchLink
    return link


def _count_opening(link: CheckLink, now: datetime) -> None:
    if link.openings_since is None or now - link.openings_since > HOUR:
        link.openings_since, link.openings = now, 0
    if link.openings >= checking.OPENINGS_AN_HOUR:
        raise TooOften
    link.openings += 1
    link.save(update_fields=["openings_since", "openings"])


def _stand(check: Check, given: Answer, once: UUID, by: Viewer | None, actor: Viewer, now: datetime) -> CheckAnswer:
    """One form with the same words is one answer; other words from the same page are another, so that none is lost."""
    words = asdict(given)
    sent_as = uuid5(once, json.dumps([check.pk, words], sort_keys=True))
    row, new = CheckAnswer.objects.get_or_create(
        sent_as=sent_as, defaults={**words, "check_asked": check, "scope": check.scope, "at": now, "by": by}
    )
    if new:
        Check.objects.filter(pk=check.pk, answered_at=None).update(answered_at=now)
        what = f"Answered check {check.pk} for {check.agency.name}{'' if by else ' by its link'}"
        details = {"check": check.pk, "contact": check.contact_id}
        record(viewer=actor, action="answer-check", what=what, details=details, now=now)
    return row

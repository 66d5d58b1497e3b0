"""What is done at the doors. Whoever does it has no account: `by` is the doors' own job (`queries.the_doors`)."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from kith.doors.models import FileSoFar, HelpWords, Knock, ReportSoFar
from kith.doors.rules import (
    CODES_A_MINUTE,
    KEEPS_A_MINUTE,
    MOST_FILES,
    POSTS_A_MINUTE,
    TRIES_A_MINUTE,
    TRIES_AT_A_CODE,
    Typed,
    email_code,
    forgotten_before,
    source_mark,
)
from kith.foundations.access.actions import team_audience
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.permissions import check_may
from kith.foundations.access.rules import Permission, ScopeKind
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.documents.actions import keep as keep_document
from kith.foundations.documents.rules import Checked, Kind
from kith.foundations.letters.actions import write_letter
from kith.front_door.actions import Receipt, Told, WhoGave, receive
from kith.front_door.models import Contact, Giver
from kith.front_door.routing import receiving_team

AT_MOST = {"post": POSTS_A_MINUTE, "keep": KEEPS_A_MINUTE, "follow": TRIES_A_MINUTE, "code": CODES_A_MINUTE}
COUNT = """
insert into doors_knock as k (source, door, minute, times) values (%s, %s, %s, 1)
on conflict (source, door, minute) do update set times = k.times + 1 returning times,
  coalesce((select times from doors_knock where source = k.source and door = k.door
    and minute = k.minute - interval '1 minute'), 0)
"""
CODES = "Codes that prove an address"
CODE_LETTER = """Your code is {code}

Type it on the page where you asked for it. It shows us that this address is yours.
If you did not ask for it, you need do nothing.

{partnership}
"""


class TooManyTries(Exception):
    """The code was tried too often; another may be sent."""


class AlreadyPosted(Exception):
    """The form was sent after these words were typed."""


def knock(*, door: str, address: str, by: Viewer, now: datetime) -> bool:
    """Counts a knock, and says whether it may come in: so many in any minute, last minute's counted as far as it lies
    within sixty seconds. The address itself is not kept.
    """
    source = source_mark(settings.SECRET_KEY, address, now.date())
    with viewing_as(by), connection.cursor() as cursor:
        cursor.execute(COUNT, [source, door, now.replace(second=0, microsecond=0)])
        this_minute, last_minute = cursor.fetchone()
    return bool(this_minute + last_minute * (60 - now.second) / 60 <= AT_MOST[door])


def begin(*, pages: dict[str, Typed], by: Viewer, now: datetime) -> ReportSoFar:
    """A new report, with the answers that are there already."""
    with viewing_as(by):
        return ReportSoFar.objects.create(
            token=secrets.token_urlsafe(32), once=uuid4(), pages=pages, started_at=now, kept_at=now
        )


def keep(*, token: str, page: str, typed: Typed, mark: str, posted: bool, by: Viewer, now: datetime) -> bool:
    """Keeps what stands on one page. False where the report was sent or is no longer there.

    `mark` is the form's own. What a script kept while somebody typed may arrive after they sent the same form: those
    words are older, so AlreadyPosted is raised and nothing changes.
    """
    with viewing_as(by):
        report = ReportSoFar.objects.select_for_update().filter(token=token, sent_at=None).first()
        if report is None:
            return False
        if not posted and mark and report.posted.get(page) == mark:
            raise AlreadyPosted
        if posted:
            report.posted = {**report.posted, page: mark[:40]}
        report.pages, report.kept_at = {**report.pages, page: typed}, now
        report.save(update_fields=["pages", "posted", "kept_at"])
        return True


@transaction.atomic
def keep_file(*, token: str, checked: Checked, keep_place: bool, by: Viewer, now: datetime) -> bool:
    """Keeps a checked file beside the answers. False where there are as many as may be, or no such report."""
    with viewing_as(by):
        report = ReportSoFar.objects.select_for_update().filter(token=token, sent_at=None).first()
        if report is None or report.files.count() >= MOST_FILES:
            return False
        FileSoFar.objects.create(
            report=report,
            name=checked.name,
            kind=checked.kind.media_type,
            content=checked.content,
            note=checked.note[:400],
            position=checked.position[:200] if keep_place else "",
        )
        ReportSoFar.objects.filter(pk=report.pk).update(kept_at=now)
        return True


@transaction.atomic
def remove_file(*, token: str, number: int, by: Viewer, now: datetime) -> None:
    """Takes a file back, by its place in the list."""
    with viewing_as(by):
        report = ReportSoFar.objects.select_for_update().filter(token=token, sent_at=None).first()
        files = list(report.files.values_list("pk", flat=True)) if report else []
        if 0 <= number < len(files):
            FileSoFar.objects.filter(pk=files[number]).delete()
            ReportSoFar.objects.filter(token=token).update(kept_at=now)


def throw_away(*, token: str, by: Viewer, now: datetime) -> None:
    """Nothing of the report stays; what was sent is with the front door."""
    del now  # nothing is written of somebody who left
    with viewing_as(by):
        ReportSoFar.objects.filter(token=token).delete()


@transaction.atomic
def send(*, token: str, told: Told, passed_to: dict[str, str], by: Viewer, now: datetime) -> ReportSoFar | None:
    """Hands the report to the front door, once, and forgets its words. None where there is no such report."""
    with viewing_as(by):
        report = ReportSoFar.objects.select_for_update().filter(token=token).first()
        if report is None or report.sent_at:
            return report
        given = replace(told.giver, email_verified=bool(told.giver.email) and told.giver.email == report.proved_email)
        documents = _documents(report, by, now)
        receipt = receive(told=replace(told, giver=given, documents=documents), once=report.once, now=now)
        report.files.all().delete()
        report.pages, report.sent_at, report.kept_at = {}, now, now
        report.reference, report.reply_by, report.passed_to = receipt.reference, receipt.reply_by, passed_to
        report.code_for = ""
        report.save()
        return report


@transaction.atomic
def send_code(*, token: str, email: str, by: Viewer, now: datetime) -> bool:
    """Six figures by letter to an address that somebody says is theirs. False where too many were sent already."""
    with viewing_as(by):
        report = ReportSoFar.objects.select_for_update().filter(token=token, sent_at=None).first()
        if report is None or report.codes_sent >= CODES_A_MINUTE:
            return False
        report.codes_sent, report.code_for, report.tries = report.codes_sent + 1, email, 0
        report.save(update_fields=["codes_sent", "code_for", "tries"])
        scope, _ = Scope.objects.get_or_create(kind=ScopeKind.RESTRICTED.value, title=CODES)  # opened to nobody
        body = CODE_LETTER.format(code=_code_of(report), partnership=settings.PARTNERSHIP.full_name)
        write_letter(to=email, subject="Your code", body=body, about="doors:code", scope=scope, now=now)
        return True


@transaction.atomic
def prove_email(*, token: str, code: str, by: Viewer, now: datetime) -> bool:
    """Whether the code is the one that was sent; the address then counts as theirs. Raises TooManyTries."""
    del now
    with viewing_as(by):
        report = ReportSoFar.objects.select_for_update().filter(token=token, sent_at=None).first()
        if report is None or not report.code_for:
            return False
        if report.tries >= TRIES_AT_A_CODE:
            raise TooManyTries
        report.tries += 1
        given = "".join(letter for letter in code if letter.isdigit() and letter.isascii())
        if hmac.compare_digest(_code_of(report), given):
            report.proved_email = report.code_for
        report.save(update_fields=["tries", "proved_email"])
        return bool(report.proved_email)


def _documents(report: ReportSoFar, by: Viewer, now: datetime) -> list[tuple[int, str]]:
    """The report's files, kept for those who receive it: number and name of each."""
    given = list(report.files.all())
    if not given:
        return []
    scope, kinds = team_audience(team=receiving_team(), now=now), {kind.media_type: kind for kind in Kind}
    kept = []
    for one in given:
        checked = Checked(one.name, kinds[one.kind], bytes(one.content), one.note, one.position)
        document = keep_document(
            checked=checked, scope=scope, by=by, now=now, from_nobody=True, keep_gps=bool(one.position)
        )
        kept.append((document.pk, document.name))
    return kept


def _code_of(report: ReportSoFar) -> str:
    return email_code(settings.SECRET_KEY, report.once.bytes, report.code_for, report.codes_sent)


@transaction.atomic
def add_to(*, contact_id: int, words: str, once: UUID, by: Viewer, now: datetime) -> Receipt:
    """What somebody adds later: a contact of its own in the queue, beside the one it belongs to."""
    with viewing_as(by):
        first = Contact.objects.get(pk=contact_id)
        gave = Giver.objects.get(contact=first)
        giver = WhoGave(
            kind=gave.kind,
            name=gave.name,
            role=gave.role,
            agency_name=gave.agency_name,
            email=gave.email,
            email_verified=gave.email_verified,
            phone=gave.phone,
            best_time=gave.best_time,
            unnamed=gave.unnamed,
        )
        told = Told(about=first.about, what=words, giver=giver, where=first.where)
        receipt = receive(told=told, once=once, now=now)
        Contact.objects.filter(pk=receipt.contact_id, split_from=None).exclude(pk=first.pk).update(split_from=first)
        return receipt


def tidy(*, by: Viewer, now: datetime) -> int:
    """Removes reports that were not sent within a day, receipts as old, and counts. Answers how many reports."""
    with viewing_as(by):
        Knock.objects.filter(minute__lt=now - timedelta(minutes=10)).delete()
        return ReportSoFar.objects.filter(kept_at__lt=forgotten_before(now)).delete()[0]


@transaction.atomic
def write_help(*, block: str, text: str, by: Viewer, now: datetime) -> HelpWords:
    """A new version of a block of help; empty words bring back those that came with Kith."""
    check_may(by, Permission.MANAGE_STAFF)
    written = HelpWords.objects.create(block=block, text=text.strip(), at=now, by=by)
    record(viewer=by, action="write-help", what=f"Wrote help: {block}", details={"version": written.pk}, now=now)
    return written

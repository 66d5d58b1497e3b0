"""A signed report is sent to its distribution list: each a letter with a link of their own to the report as signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.audit.actions import record
from kith.foundations.private_links.actions import To, send_link
from kith.insight.models import Report, ReportRecipient, ReportSent
from kith.insight.queries.reports import asked, paper_signed, signed_of
from kith.insight.queries.sending import LINK, about_of, not_sent
from kith.insight.report_permissions import check_write_reports
from kith.insight.rules.reports import ReportKind

LASTS = timedelta(days=60)
NOT_SIGNED = "Only a report that is signed off is sent."
CHANGED = "What is kept is not what was signed: nothing is sent. Ask whoever runs Kith."
NO_ADDRESS = "Kith does not know its own address, so it cannot send a link. Ask whoever runs it to set one."
WORDS = (
    "{title} is published.\n\nRead it, or take it away as a file, here: {{link}}\n\n"
    "The link is yours alone, and lasts sixty days. It first sends a code to this address.\n"
    "Every number in it is as it was signed off; small numbers are left out."
)


@dataclass(frozen=True)
class RecipientSaid:
    """A line of a distribution list as somebody wrote it."""

    agency: str
    name: str
    email: str


@transaction.atomic
def add_recipient(*, kind: ReportKind, said: RecipientSaid, by: Viewer, now: datetime) -> ReportRecipient:
    """Somebody to whom this kind of report goes; a new version where the address is there already."""
    check_write_reports(by, kind)
    return _write(kind.key, said, by, now)


@transaction.atomic
def take_out_recipient(*, kind: ReportKind, recipient: ReportRecipient, by: Viewer, now: datetime) -> None:
    """It no longer goes to them; what was sent to them stands."""
    check_write_reports(by, kind)
    said = RecipientSaid(recipient.agency, recipient.name, recipient.email)
    _write(kind.key, said, by, now, taken_out=True)


def _write(kind: str, said: RecipientSaid, by: Viewer, now: datetime, *, taken_out: bool = False) -> ReportRecipient:
    found = ReportRecipient.objects.create(
        scope=figures_scope(),
        kind=kind,
        agency=said.agency.strip(),
        name=said.name.strip(),
        email=said.email.strip().lower(),
        taken_out=taken_out,
        by=by,
        at=now,
    )
    what = f"{'Took out of' if taken_out else 'Wrote in'} the list of whom a report goes to: {kind}"
    record(viewer=by, action="list-recipient", what=what, details={"recipient": found.pk}, now=now)
    return found


@transaction.atomic
def send_report(*, report: Report, site: str, by: Viewer, now: datetime) -> list[ReportSent]:
    """Sends it to everybody on the list to whom it was not sent yet. Raises NotAllowed, also where its numbers are not
    those that were signed."""
    of, signed = asked(report), signed_of(report)
    check_write_reports(by, of.kind)
    if signed is None:
        raise NotAllowed(NOT_SIGNED)
    if paper_signed(signed).checksum() != signed.checksum:
        raise NotAllowed(CHANGED)
    return [_send(report, one, signed.checksum, site, by, now) for one in not_sent(report)]


def _send(report: Report, to: ReportRecipient, checksum: str, site: str, by: Viewer, now: datetime) -> ReportSent:
    title = asked(report).title
    sending = ReportSent.objects.create(
        report=report, scope_id=report.scope_id, recipient=to, checksum=checksum, by=by, at=now
    )
    went = send_link(
        purpose=LINK,
        about=about_of(sending),
        to=To(email=to.email),
        scope=report.scope,
        subject=title[:200],
        words=WORDS.format(title=title),
        now=now,
        site=site,
        expires=now + LASTS,
    )
    if not went:
        raise NotAllowed(NO_ADDRESS)
    details = {"report": report.pk, "recipient": to.pk, "checksum": checksum}
    record(viewer=by, action="send-report", what=f"Sent a report: {title}, to {to.agency}", details=details, now=now)
    return sending

"""To whom a kind of report goes, to whom one was sent, and what a link in such a letter leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter
from kith.foundations.papers import Paper
from kith.foundations.private_links.actions import Opened
from kith.insight.models import Report, ReportRecipient, ReportSent
from kith.insight.queries.reports import paper_signed, signed_of

JOB = "reports"
LINK = "report"  # the purpose of its private links


@dataclass(frozen=True)
class Sent:
    """One letter with a report: to whom, when it was written, and whether it went."""

    sending: ReportSent
    letter: Letter | None


def recipients(kind: str) -> QuerySet[ReportRecipient]:
    """The distribution list of a kind of report, as it stands."""
    newer = ReportRecipient.objects.filter(kind=kind, email=OuterRef("email"), pk__gt=OuterRef("pk"))
    return ReportRecipient.objects.filter(~Exists(newer), kind=kind, taken_out=False).order_by("agency", "name", "pk")


def recipient_or_none(kind: str, number: int) -> ReportRecipient | None:
    """One line of the list, if it stands."""
    return recipients(kind).filter(pk=number).first()


def sent(report: Report) -> list[Sent]:
    """To whom it was sent, in order."""
    found = ReportSent.objects.filter(report=report).select_related("recipient", "by").order_by("at", "pk")
    letters = {one.about: one for one in Letter.objects.filter(about__startswith=f"report:{report.pk}:").order_by("pk")}
    return [Sent(one, letters.get(about_of(one))) for one in found]


def not_sent(report: Report) -> list[ReportRecipient]:
    """Those on the list to whose address it was not sent."""
    had = ReportSent.objects.filter(report=report).values("recipient__email")
    return list(recipients(report.kind).exclude(email__in=had))


def about_of(sending: ReportSent) -> str:
    """By what a letter and its link say of which sending they are."""
    return f"report:{sending.report_id}:{sending.pk}"


def paper_behind(opened: Opened) -> Paper | None:
    """The signed report that a private link leads to, as it was signed, and nothing else."""
    number = opened.about.rsplit(":", 1)[-1]
    if opened.purpose != LINK or not number.isdigit():
        return None
    with viewing_as(system_viewer(JOB)):
        sending = ReportSent.objects.filter(pk=int(number)).select_related("report").first()
        signed = signed_of(sending.report) if sending else None
        paper = paper_signed(signed) if signed else None
        return paper if paper and sending and paper.checksum() == sending.checksum else None

"""What those outside the grading team see: their receipts, what reached them, flags, what stands at a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.intelligence.models import Flag, Named, PassedOn, Receipt, Report, VersionNamed
from kith.intelligence.presenters.reports import receiver, shortened
from kith.intelligence.rules.codes import News, title
from kith.intelligence.rules.telling import said, used_in

SOON = 14  # days before a review


@dataclass(frozen=True)
class ReceiptShown:
    """What somebody passed on, and what became of it."""

    number: str
    text: str
    given: str
    news: tuple[tuple[str, str], ...]  # sentence, when
    summary: str


def show_receipt(receipt: Receipt) -> ReceiptShown:
    """Their own words and the news, oldest first."""
    lines = list(receipt.lines.all())
    news = tuple((said(News(line.kind), line.text), words.day_and_time(line.at)) for line in lines)
    return ReceiptShown(receipt.number, receipt.text, words.day_and_time(receipt.given_at), news, standing(lines))


def standing(lines: Sequence[object]) -> str:
    """Where it stands now, in a few words."""
    told = [News(line.kind) for line in lines]  # type: ignore[attr-defined]
    used = used_in(told)
    if used:
        return f"Used in {words.count(used, 'plan')}"
    last = {News.NOT_USED: "Not used", News.PASSED_ON: "Passed on", News.JOINED: "Joined with another"}
    return last.get(told[-1], "Graded" if News.GRADED in told else "Received") if told else "Received"


@dataclass(frozen=True)
class ReceivedShown:
    """What reached somebody's team or agency."""

    passed_on_id: int
    to: str
    grade: str
    text: str
    purpose: str
    basis: str
    conditions: str
    when: str
    uses: tuple[tuple[str, str], ...]  # what came of it, by whom and when


def show_received(one: PassedOn) -> ReceivedShown:
    """With its grade, because it is intelligence and never a fact."""
    uses = tuple(
        (
            f"{'Used in a plan' if use.used else 'Not used'}: {use.text}",
            f"{use.by.name}, {words.day_and_time(use.at)}",
        )
        for use in one.uses.all()
    )
    return ReceivedShown(
        passed_on_id=one.pk,
        to=receiver(one),
        grade=one.version.grade,
        text=one.version.text,
        purpose=title("purposes", one.purpose),
        basis=title("bases", one.basis),
        conditions=one.conditions,
        when=words.day_and_time(one.at),
        uses=uses,
    )


@dataclass(frozen=True)
class FlagShown:
    """A flag in the register."""

    flag_id: int
    on: str
    subject_id: int | None
    says: str
    why: str
    owner: str
    review: ClockWords
    until: str


def show_flag(flag: Flag, today: date) -> FlagShown:
    """A flag, with whether its review is due."""
    on = flag.subject.name if flag.subject else f"Vehicle {flag.vehicle}"
    late = (flag.review_on - today).days
    state, said_ = (
        ("overdue", "review is late") if late < 0 else ("soon", "review soon") if late <= 14 else ("later", "review")
    )
    review = ClockWords(state, said_, words.short_day(flag.review_on))  # type: ignore[arg-type]
    until = words.short_day(flag.expires_on)
    return FlagShown(flag.pk, on, flag.subject_id, flag.says, flag.why, flag.owner.name, review, until)


@dataclass(frozen=True)
class AboutRecord:
    """Intelligence that stands at a record: for those who may read both."""

    words: str
    grade: str
    when: str
    report_id: int | None  # for the team that grades


def show_about(versions: Iterable[VersionNamed], named: Iterable[Named]) -> tuple[AboutRecord, ...]:
    """What was passed on about this record, and, for the team that grades, reports that may name it."""
    shared = [
        AboutRecord(
            one.version.text, f"intelligence, graded {one.version.grade}", words.short_day(one.version.at), None
        )
        for one in versions
    ]
    own = [
        AboutRecord(
            shortened(one.report.text), _graded(one.report), words.short_day(one.report.given_at), one.report_id
        )
        for one in named
    ]
    return (*shared, *own)


def _graded(report: Report) -> str:
    latest = max(report.gradings.all(), key=lambda one: (one.at, one.pk), default=None)
    return f"intelligence, graded {latest.words}" if latest else "intelligence, not graded yet"

"""Intelligence as pages show it: words, not codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.intelligence.models import Flag, Grading, Named, PassedOn, Receipt, Report, Version, VersionNamed
from kith.intelligence.queries.reports import Item, Likely, Stage, closed
from kith.intelligence.queries.volumes import Volumes
from kith.intelligence.rules.codes import News, grading_on, title
from kith.intelligence.rules.holidays import where_from
from kith.intelligence.rules.telling import said, used_in

STAGES = {
    Stage.GRADE: "To be graded",
    Stage.MAKE: "To be made ready to pass on",
    Stage.APPROVE: "To be approved",
    Stage.SHARE: "To be passed on",
    Stage.WAITING: "Passed on; waiting to hear",
    Stage.DONE: "Done",
    Stage.JOINED: "Joined with another",
}
OF_NO_AGENCY = "Somebody of no agency"
FIRST_WORDS = 110  # letters of a report in a list
SOON = 14  # days before a review


@dataclass(frozen=True)
class Line:
    """One report in the queue."""

    report_id: int
    number: str
    first_words: str
    agency: str
    given: str
    priority: str
    clock: ClockWords | None
    grade: str
    joined: int


@dataclass(frozen=True)
class Section:
    """One stage of the queue."""

    stage: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class NamedShown:
    """What a report names, and on whose record it may be."""

    named_id: int
    kind: str
    value: str
    about: str
    subject_id: int | None
    subject: str


@dataclass(frozen=True)
class GradingShown:
    """One grading in words."""

    code: str
    sentence: str
    conditions: str
    note: str
    by: str
    when: str


@dataclass(frozen=True)
class VersionShown:
    """A version that was made, and what was decided."""

    version_id: int
    text: str
    grade: str
    by: str
    when: str
    kept_because: str
    decided: str
    because: str


@dataclass(frozen=True)
class PassedShown:
    """One receiver, and what came of it there."""

    to: str
    why: str
    conditions: str
    by: str
    when: str
    uses: tuple[str, ...]


@dataclass(frozen=True)
class ReportShown:
    """A report whole, as the team that grades reads it."""

    report_id: int
    number: str
    stage: Stage
    stage_title: str
    text: str
    facts: tuple[tuple[str, str], ...]
    clock: ClockWords | None
    danger: bool
    named: tuple[NamedShown, ...]
    gradings: tuple[GradingShown, ...]
    versions: tuple[VersionShown, ...]
    passed_on: tuple[PassedShown, ...]
    closed_because: str


def show_queue(items: Iterable[Item], now: datetime) -> tuple[Section, ...]:
    """The queue by stage; within each, what must be acted on first stands first."""
    by_stage: dict[Stage, list[Line]] = {}
    for item in items:
        by_stage.setdefault(item.stage, []).append(show_line(item, now))
    return tuple(Section(stage.value, STAGES[stage], tuple(lines)) for stage, lines in by_stage.items())


def show_line(item: Item, now: datetime) -> Line:
    """One report in a list. The clock runs until it is graded."""
    report = item.report
    return Line(
        report_id=report.pk,
        number=report.number,
        first_words=shortened(report.text),
        agency=from_whom(report),
        given=words.ago(report.given_at, now),
        priority=title("priorities", item.priority),
        clock=grade_clock(item, now),
        grade=item.grading.words if item.grading else "",
        joined=0,
    )


def grade_clock(item: Item, now: datetime) -> ClockWords | None:
    """By when it must be graded, until it is."""
    return words.clock(item.act_by, now) if item.stage == Stage.GRADE else None


def show_report(item: Item, now: datetime) -> ReportShown:
    """Everything that stands around a report."""
    report = item.report
    end = closed(report)
    return ReportShown(
        report_id=report.pk,
        number=report.number,
        stage=item.stage,
        stage_title=STAGES[item.stage],
        text=report.text,
        facts=tuple(_facts(report)),
        clock=grade_clock(item, now),
        danger=report.danger_now,
        named=tuple(show_named(one) for one in report.named.all()),
        gradings=tuple(show_grading(one) for one in report.gradings.all()),
        versions=tuple(show_version(one) for one in report.versions.all()),
        passed_on=tuple(show_passed(one) for one in item.passed_on),
        closed_because=end.because if end else "",
    )


def _facts(report: Report) -> Iterable[tuple[str, str]]:
    yes_no = {"yes": "Yes", "no": "No", "not-known": "Not known"}
    yield "Given", f"{words.day_and_time(report.given_at)}, by {from_whom(report)}"
    when = ", ".join(filter(None, [words.day(report.happened_on) if report.happened_on else "", report.happened_when]))
    if when:
        yield "When it happened", when
    yield "How they know", title("how_known", report.how_known)
    if report.harms:
        yield "Kind of harm", ", ".join(title("harms", one) for one in report.harms)
    if report.source_shows:
        yield "Could the words tell the source?", yes_no[report.source_shows]
    if report.referred:
        yield "Also told to the front door", ", ".join(filter(None, [yes_no[report.referred], report.referral]))
    if report.came_from:
        yield "Part of", report.came_from.replace(":", " ")


def show_named(one: Named) -> NamedShown:
    """The name of the record only where the viewer may read that record too."""
    subject = one.subject
    name = subject.name if subject else ""
    return NamedShown(one.pk, title("named", one.kind), one.value, one.about, one.subject_id, name)


def show_grading(one: Grading) -> GradingShown:
    """Codes with their words, as the system of that day has them."""
    system = grading_on(words.local_day(one.at))
    parts = (
        system.source_codes.get(one.source_code, ""),
        system.information_codes.get(one.information_code, "").lower(),
        system.handling_codes.get(one.handling_code, "").lower(),
    )
    sentence = "; ".join(filter(None, parts))
    code = f"{one.words}{one.handling_code}"
    return GradingShown(code, sentence, one.conditions, one.note, one.by.name, words.day_and_time(one.at))


def show_version(one: Version) -> VersionShown:
    """A version and what was decided of it."""
    decided = ""
    if one.decided_by and one.decided_at:
        did = "Approved" if one.approved else "Given back"
        decided = f"{did} by {one.decided_by.name}, {words.day_and_time(one.decided_at)}"
    when = words.day_and_time(one.at)
    return VersionShown(one.pk, one.text, one.grade, one.by.name, when, one.kept_because, decided, one.because)


def show_passed(one: PassedOn) -> PassedShown:
    """One receiver."""
    uses = tuple(f"{'Used in a plan' if use.used else 'Not used'}: {use.text}" for use in one.uses.all())
    why = f"{title('purposes', one.purpose)}. {title('bases', one.basis)}"
    return PassedShown(receiver(one), why, one.conditions, one.by.name, words.day_and_time(one.at), uses)


def receiver(one: PassedOn) -> str:
    """A team of an agency, or the whole agency."""
    return f"{one.team.name}, {one.agency.name}" if one.team else one.agency.name


def from_whom(report: Report) -> str:
    """The agency only: who it was is for the source unit."""
    return report.agency.name if report.agency else OF_NO_AGENCY


def shortened(text: str) -> str:
    """The first words of a text."""
    return text if len(text) <= FIRST_WORDS else text[:FIRST_WORDS].rsplit(" ", 1)[0] + "…"


@dataclass(frozen=True)
class LikelyShown:
    """A report that may tell of the same, and why."""

    report_id: int
    number: str
    first_words: str
    given: str
    reasons: str


def show_likely(found: Iterable[Likely]) -> tuple[LikelyShown, ...]:
    """Suggestions with their reasons."""
    return tuple(
        LikelyShown(
            one.report.pk,
            one.report.number,
            shortened(one.report.text),
            f"{words.short_day(one.report.given_at)}, {from_whom(one.report)}",
            "; ".join(one.reasons),
        )
        for one in found
    )


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


@dataclass(frozen=True)
class VolumesShown:
    """The table of volumes, and what it says in a sentence."""

    months: tuple[tuple[str, str], ...]  # month, its school holidays
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    total: int
    bars: tuple[tuple[str, int, int, bool], ...]  # month, reports, height in hundredths, whether it has holidays
    pace: str
    acknowledged: str
    where_from: str


def show_volumes(found: Volumes) -> VolumesShown:
    """The counts with the holidays of each month beside its name."""
    most = max(found.totals, default=0) or 1
    names = [words.month(month) for month in found.months]
    bars = zip(names, found.totals, found.marked, strict=True)
    return VolumesShown(
        months=tuple((name, ", ".join(marked)) for name, marked in zip(names, found.marked, strict=True)),
        rows=tuple((name, counts, sum(counts)) for name, counts in found.rows),
        totals=found.totals,
        total=sum(found.totals),
        bars=tuple((name, number, round(100 * number / most), bool(marked)) for name, number, marked in bars),
        pace=pace_words(found),
        acknowledged=f"{found.acknowledged} of {found.reports} reports were acknowledged to whoever gave them",
        where_from=where_from(),
    )


def pace_words(found: Volumes) -> str:
    """How many a week arrive in school holidays and in term."""
    off, term = found.in_holidays, found.in_term
    if not off.days or not term.days:
        return "The days of school holidays are not known for these months."
    return (
        f"{off.a_week:.1f} reports a week arrive in school holidays and {term.a_week:.1f} in term "
        f"({off.reports} in {off.days} days, {term.reports} in {term.days} days)."
    )

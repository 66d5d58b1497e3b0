"""Reports as those who grade them see them: words, not codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kith.foundations.design_system import words
from kith.foundations.design_system.words import ClockWords
from kith.intelligence.models import Grading, Named, PassedOn, Report, Version
from kith.intelligence.queries.reports import Item, Likely, Stage, closed
from kith.intelligence.rules.codes import grading_on, title

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

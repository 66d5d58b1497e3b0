"""The programme in tables: done of due, by agency, who came; and what the audits taught, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kith.case_audits.models import Judged, Meeting
from kith.case_audits.queries.programme import Done
from kith.case_audits.rules.kinds import AuditKind, Every
from kith.case_audits.rules.learning import Told, shares
from kith.case_audits.rules.questions import Question
from kith.case_audits.rules.rhythm import DueDay
from kith.foundations.access.models import Agency
from kith.foundations.charts import NOT_SHOWN, Cell, Line, Point, Series, Table, Value
from kith.insight.rules.periods import Month, Window


@dataclass(frozen=True)
class KindRow:
    """One kind: this month or quarter, and the year."""

    kind: AuditKind
    period: str
    done: int
    due: int
    of_year: int
    due_by_now: int
    state: str  # kind of badge
    words: str


@dataclass(frozen=True)
class CameRow:
    """One agency at the meetings of a year."""

    name: str
    came: int
    asked: int
    words: str


@dataclass(frozen=True)
class Trend:
    """One question, quarter by quarter."""

    question: Question
    line: Line | None
    words: str


def show_kinds(kinds: Mapping[str, AuditKind], done: Done, year: Window, today: date) -> list[KindRow]:
    """How many of how many, now and in the year so far."""
    return [_kind(one, done, year, today) for one in kinds.values()]


def _kind(kind: AuditKind, done: Done, year: Window, today: date) -> KindRow:
    now = kind.every.window(Month.of(today))
    of_now = sum(done.by_kind[kind.key, one] for one in now.months)
    of_year = sum(done.by_kind[kind.key, one] for one in year.months)
    over = [kind.every.window(one) for one in year.months]
    periods = len({one for one in over if one.last < Month.of(today)})
    before = of_year - of_now
    short = kind.least * periods - before
    state, words = ("done", "As planned") if short <= 0 else ("overdue", f"{short} behind the plan")
    period = str(now.first) if kind.every is Every.MONTH else str(now)
    return KindRow(kind, period, of_now, kind.least, of_year, kind.least * periods, state, words)


def plan_table(kinds: Mapping[str, AuditKind], done: Done, year: Window) -> Table:
    """The year's plan month by month: done of how many are due at least; a quarter's are due by its last month."""
    columns = ("Kind", *(f"{one.first:%b %y}" for one in year.months), "Year")
    rows: list[tuple[Cell, ...]] = []
    for kind in kinds.values():
        made = [done.by_kind[kind.key, one] for one in year.months]
        due = [kind.least if kind.every.window(one).last == one else 0 for one in year.months]
        both = zip([*made, sum(made)], [*due, sum(due)], strict=True)
        rows.append((kind.title, *(f"{one} of {least}" if least else str(one) for one, least in both)))
    note = "Done of how many are due at least. Where they are due by the quarter, its number stands at its last month."
    return Table("The year’s plan, month by month", columns, tuple(rows), notes=(note,))


def agency_table(kinds: Mapping[str, AuditKind], done: Done) -> Table:
    """Audits and parts of audits by agency."""
    names = sorted({name for _, name in done.by_agency})
    columns = ("Agency", *(one.title for one in kinds.values()))
    rows: list[tuple[Cell, ...]] = [(name, *(done.by_agency[key, name] for key in kinds)) for name in names]
    return Table("Case audits and parts of them, by agency, this year", columns, tuple(rows))


def show_came(meetings: Sequence[Meeting], agencies: Sequence[Agency]) -> list[CameRow]:
    """Who came to how many of the meetings to which they were asked; that nobody came is said plainly."""
    rows = []
    for agency in agencies:
        asked = [one.attendance[agency.key] for one in meetings if agency.key in one.attendance]
        if not asked:
            continue
        came = sum(bool(one["came"]) for one in asked)
        why = next((one["words"] for one in asked if not one["came"] and one["words"]), "")
        none = f"{agency.name} came to none of the {len(asked)}"
        words = (none if not came else f"Came to {came} of {len(asked)}") + (f": “{why}”" if why else "")
        rows.append(CameRow(agency.name, came, len(asked), words))
    return sorted(rows, key=lambda row: (row.came / row.asked, row.name))


def show_trends(judged: Sequence[Judged], questions: Sequence[Question], today: date) -> list[Trend]:
    """Of each question the share judged strong or good; nobody is ranked, and small numbers are not shown."""
    given = [(one.month, one.judgements) for one in judged]
    return [_trend(one, shares(given, one.key, today)) for one in questions]


def _trend(question: Question, told: Sequence[Told]) -> Trend:
    points = tuple(Point(f"{one.quarter.begins:%b %y}", _value(one)) for one in told)
    known = [one for one in told if one.share is not None]
    if not known:
        return Trend(question, None, "Too few audits yet to say anything of a quarter:")
    last = known[-1]
    words = f"Strong or good in {last.share}% of audits in {last.quarter}"
    if len(known) > 1:
        words += f"; {known[-2].share}% in {known[-2].quarter}"
    line = Line(question.title, words + ".", (Series("Strong or good", points),), (), "%", "Quarter that begins")
    return Trend(question, line, words + ".")


def _value(one: Told) -> Value:
    if one.share is not None:
        return float(one.share)
    return NOT_SHOWN if one.hidden else None


def trends_table(trends: Sequence[Trend]) -> Table:
    """Every number of the trends that may be shown."""
    rows: list[tuple[Cell, ...]] = []
    for one in trends:
        for point in one.line.series[0].points if one.line else ():
            rows.append((one.question.title, point.label, "" if point.value is None else point.value))
    return Table(
        "How questions were judged", ("Question", "Quarter that begins", "Strong or good, per cent"), tuple(rows)
    )


def in_time_table(days: Sequence[DueDay]) -> Table:
    """Each day learning was due, and when it was sent."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.on.isoformat(),
            one.sent.isoformat() if one.sent else "Not sent",
            "In time" if one.in_time else f"{one.days_late} days late" if one.sent else "Missed",
        )
        for one in days
    ]
    return Table("Learning sent to teams: due and sent", ("Due", "Sent", "In time"), tuple(rows))

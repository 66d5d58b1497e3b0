"""Patterns as pages show them: tables with what stands behind each number, and the calendar, drawn and as a table."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate

from kith.foundations.clocks import HERE, bank_holidays
from kith.foundations.design_system import words
from kith.intelligence.rules.holidays import holidays, in_holiday
from kith.missing.queries.patterns import Everybody
from kith.missing.rules import codes
from kith.missing.rules.counts import FEWEST, hide_small
from kith.missing.rules.patterns import Absence, Sign, is_school_day, ranked, rule, signs

HIDDEN = f"fewer than {FEWEST}"
TOP = 10
ALL = "all"
CELL, GAP, LEFT, TOP_EDGE = 20, 2, 44, 20  # of the calendar, in the drawing's own units


@dataclass(frozen=True)
class Row:
    """One line of a table: its words, numbers as shown, and the key by which the rows behind it are asked for."""

    name: str
    numbers: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Table:
    """A small table. `columns` are the heads of its numbers; `says` what the rule is."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    says: str = ""


@dataclass(frozen=True)
class Square:
    """A day of the calendar. `kind`: away, part, holiday, bank, contact or nothing; `x`, `y` in the drawing's units."""

    x: int
    y: int
    kind: str
    mark: str
    says: str


@dataclass(frozen=True)
class Calendar:
    """Months as rows, days as columns; `labels` are (text, y)."""

    width: int
    height: int
    squares: tuple[Square, ...]
    labels: tuple[tuple[str, int], ...]
    days: tuple[tuple[int, int], ...]
    says: str


@dataclass(frozen=True)
class Line:
    """One absence beside the calendar. `bar` in hundredths of the longest."""

    number: int
    reference: str
    gone: str
    back: str
    lasted: str
    bar: int
    day: str
    told: str
    grade: str
    missing_from: str
    found: str


def tables(found: Everybody, *, desk: bool, now: datetime) -> list[Table]:
    """Everything in numbers. Without `desk`, no small number."""
    return [
        _fired(found, now, desk),
        _why("From home", "home", found.why_home, desk),
        _why("From care", "care", found.why_care, desk),
        _counted("Where from", "from", Counter(one.missing_from or "not-known" for one in found.absences), desk),
        _counted("Where found", "found", Counter(one.found for one in found.absences if one.found), desk),
        _boys(found),
        _overlap(found, desk),
        _school(found, desk),
    ]


def behind(found: Everybody, of: str, now: datetime) -> tuple[str, list[int], set[int] | None]:
    """What a number is called, the absences behind it, and, where it rests on more than absences, the children.

    The rows of such children are shown only to those to whom their record is open. Raises KeyError for no such number.
    """
    what, _, key = of.partition(":")
    if what == "from":
        chosen = [one for one in found.absences if (one.missing_from or "not-known") == key]
        return f"Missing from: {codes.title('missing_from', key)}", [one.number for one in chosen], None
    if what == "found":
        chosen = [one for one in found.absences if one.found == key]
        return f"Found at: {key}", [one.number for one in chosen], None
    if what == "fired":
        children = {child for child, told in fired(found.absences, now).items() if any(s.rule.key == key for s in told)}
        return rule(key).says, [one.number for one in found.absences if one.subject in children], None
    if what == "school-day":
        return "Began on a school day", sorted(found.school_day), None
    resting: dict[str, frozenset[int]] = {
        "overlap": found.both_and_missing,
        "low-attendance": found.low_attendance,
        "without-school": found.without_school,
    }
    if what == "boys":
        return "Boys of 16 and 17", sorted(found.boys_absences), None
    known = resting[what]
    titles = {
        "overlap": "Sexual and criminal exploitation on record, and missing",
        "low-attendance": "Missing in the year, and low attendance",
        "without-school": "Missing in the year, and without a school",
    }
    return titles[what], [one.number for one in found.absences if one.subject in known], set(known)


def fired(absences: Iterable[Absence], now: datetime) -> dict[int, tuple[Sign, ...]]:
    """By child, what the rules point out."""
    of_each: dict[int, list[Absence]] = defaultdict(list)
    for one in absences:
        of_each[one.subject].append(one)
    found = {child: signs(theirs, now) for child, theirs in of_each.items()}
    return {child: told for child, told in found.items() if told}


def csv_rows(shown: Iterable[Table]) -> Iterator[list[str]]:
    """Every table, one under the other."""
    for table in shown:
        for row in table.rows:
            for column, number in zip(table.columns, row.numbers, strict=True):
                yield [table.title, row.name, column, number]


def _fired(found: Everybody, now: datetime, desk: bool) -> Table:
    told = Counter(sign.rule.key for signs_of in fired(found.absences, now).values() for sign in signs_of)
    keys = ("repeat", "normalising")
    rows = tuple(
        Row(rule(key).title, (_number(told[key], desk), _number(found.aside[key], desk)), f"fired:{key}")
        for key in keys
    )
    return Table("What the rules point out now", ("Children", "Set aside in the year"), rows)


def _why(title: str, key: str, counted: Counter[tuple[str, str]], desk: bool) -> Table:
    lines = ranked(counted.elements())[:TOP]
    numbers = _hidden([count for _, _, count in lines], desk)
    rows = tuple(
        Row(f"{codes.title(side, code)} ({'made it hard to stay' if side == 'push' else 'drew them'})", (number,))
        for (side, code, _), number in zip(lines, numbers, strict=True)
    )
    says = "What children said in conversations on return, and the main reason as agencies’ files have it"
    return Table(f"Why children go: {title.lower()}", ("Times said",), rows, says)


def _counted(title: str, key: str, counted: Counter[str], desk: bool) -> Table:
    lines = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:TOP]
    if not desk and key == "found":
        lines = [line for line in lines if line[1] >= FEWEST]  # a place alone may tell who is meant
    numbers = _hidden([count for _, count in lines], desk)
    rows = tuple(
        Row(codes.title("missing_from", name) if key == "from" else name, (number,), f"{key}:{name}")
        for (name, _), number in zip(lines, numbers, strict=True)
    )
    return Table(title, ("Absences",), rows)


def _boys(found: Everybody) -> Table:
    shares, told = found.boys, found.boys.fewer_than_expected()
    verdict = {
        None: f"Too few to say: at least {rule('boys').numbers['fewest']} of each are needed.",
        True: "Fewer than expected. Ask whether older boys who are away are reported, by families and by homes.",
        False: "Not fewer than expected.",
    }[told]
    few = 0 < shares.absences < FEWEST or 0 < shares.records < FEWEST
    sides = (
        ("Absences", shares.absences, shares.of_absences, "boys"),
        ("Children with exploitation on record", shares.records, shares.of_records, ""),
    )
    rows = tuple(
        Row(name, (HIDDEN if few else str(part), str(whole), _share(part, whole, few)), key)
        for name, part, whole, key in sides
    )
    return Table("Boys of 16 and 17", ("Boys of 16 and 17", "All", "Share"), rows, f"{rule('boys').says}. {verdict}")


def _overlap(found: Everybody, desk: bool) -> Table:
    part, whole = len(found.both_and_missing), found.both_harms
    few = not desk and 0 < part < FEWEST
    of_all = str(whole) if desk or whole >= FEWEST else HIDDEN
    numbers = (HIDDEN if few else str(part), of_all, _share(part, whole, few))
    row = Row("Both sexual and criminal exploitation on record", numbers, "overlap")
    return Table(
        "Exploitation and missing", ("Missing in the last 3 months", "All", "Share"), (row,), rule("overlap").says
    )


def _school(found: Everybody, desk: bool) -> Table:
    children = len({one.subject for one in found.absences})
    lines = (
        ("Absences that began on a school day", len(found.school_day), found.school_known, "school-day"),
        ("Children missing in the year who have low attendance", len(found.low_attendance), children, "low-attendance"),
        (
            "Children missing in the year who are without a school",
            len(found.without_school),
            children,
            "without-school",
        ),
    )
    rows = tuple(
        Row(name, (_number(part, desk), str(whole), _share(part, whole, not desk and 0 < part < FEWEST)), key)
        for name, part, whole, key in lines
    )
    return Table("School and missing", ("Number", "Of", "Share"), rows, rule("school").says)


def _share(part: int, whole: int, hide: bool) -> str:
    return "" if hide or not whole else f"{100 * part / whole:.0f} %"


def _number(number: int, desk: bool) -> str:
    return str(number) if desk or number == 0 or number >= FEWEST else HIDDEN


def _hidden(numbers: Sequence[int], desk: bool) -> list[str]:
    shown: Sequence[int | None] = numbers if desk else hide_small(numbers)
    return [HIDDEN if number is None else str(number) for number in shown]


def lines(absences: Sequence[Absence], now: datetime) -> list[Line]:
    """The latest first, each with a bar of how long it lasted."""
    lasted = [((one.back or now) - one.gone).total_seconds() for one in absences]
    longest = max(lasted, default=0) or 1
    return [_line(one, round(100 * long / longest), now) for one, long in zip(absences, lasted, strict=True)][::-1]


def _line(one: Absence, bar: int, now: datetime) -> Line:
    day = localdate(one.gone)
    school = {True: "school day", False: "no school", None: "school holidays not known"}[is_school_day(day)]
    if day in bank_holidays(day.year):
        school = "bank holiday"
    elif in_holiday(day):
        school = next(each.title for each in holidays() if each.first <= day <= each.last)
    return Line(
        one.number,
        one.reference,
        words.short_day(day) if one.gone_is_day else words.moment(one.gone, now),
        (words.short_day(one.back) if one.back_is_day else words.moment(one.back, now)) if one.back else "Not back yet",
        words.length((one.back or now) - one.gone),
        max(bar, 1),
        f"{day:%A}, {school}",
        "" if one.gone_is_day or one.told is None else words.length(max(one.told - one.gone, timedelta())),
        one.grade.replace("-", " ") or "not graded",
        codes.title("missing_from", one.missing_from) if one.missing_from else "Not known",
        one.found or "Not known",
    )


def calendar(absences: Sequence[Absence], contact: set[date], today: date, months: int, now: datetime) -> Calendar:
    """The last `months` months, this one last. The table of absences says the same in words."""
    firsts = _months(today, months)
    squares = tuple(
        square for row, first in enumerate(firsts) for square in _row_of(row, first, absences, contact, today, now)
    )
    away = sum(one.kind in {"away", "part"} for one in squares)
    return Calendar(
        LEFT + 31 * (CELL + GAP),
        TOP_EDGE + len(firsts) * (CELL + GAP),
        squares,
        tuple((f"{first:%b %y}", TOP_EDGE + row * (CELL + GAP) + 15) for row, first in enumerate(firsts)),
        tuple((number, LEFT + (number - 1) * (CELL + GAP) + 10) for number in (1, 5, 10, 15, 20, 25, 30)),
        f"Calendar of {len(firsts)} months up to {words.day(today)}: away on {words.count(away, 'day')}. "
        "The table below says the same.",
    )


def _row_of(
    row: int, first: date, absences: Sequence[Absence], contact: set[date], today: date, now: datetime
) -> Iterator[Square]:
    for number in range(1, monthrange(first.year, first.month)[1] + 1):
        day = first.replace(day=number)
        if day > today:
            return
        x, y = LEFT + (number - 1) * (CELL + GAP), TOP_EDGE + row * (CELL + GAP)
        kind = _kind(day, absences, now)
        yield Square(x, y, kind, "C" if day in contact else "", f"{words.short_day(day)}{_SAYS[kind]}")


_SAYS = {"away": ": away all day", "part": ": away part of the day", "bank": ": bank holiday",
         "holiday": ": school holiday", "": ""}  # fmt: skip


def _kind(day: date, absences: Sequence[Absence], now: datetime) -> str:
    start = datetime.combine(day, time(), tzinfo=HERE)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=HERE)
    over = [one for one in absences if one.gone < end and (one.back or now) >= start]
    if any(one.gone <= start and (one.back or now) >= end for one in over):
        return "away"
    if over:
        return "part"
    return "bank" if day in bank_holidays(day.year) else "holiday" if in_holiday(day) else ""


def _months(today: date, months: int) -> list[date]:
    firsts, first = [], today.replace(day=1)
    for _ in range(months):
        firsts.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return firsts[::-1]

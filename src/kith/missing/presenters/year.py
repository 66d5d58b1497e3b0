"""The year of missing children as a page, a file and a printed table say it: the same rows for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from kith.foundations.design_system import words
from kith.missing.queries.year import Month, YearCounted
from kith.missing.rules.counts import FEWEST, MEASURES, Line, ToldBy, Why, hide_small, percent_change

HIDDEN = f"fewer than {FEWEST}"
ABSENCES = "Kith’s absences"
KEPT = "not shown"  # hidden only because a total and its other parts would tell it
TOLD_BY = {
    ToldBy.BOTH: "Told by the police and by the council",
    ToldBy.POLICE: "Told only by the police",
    ToldBy.COUNCIL: "Told only by the council",
    ToldBy.NEITHER: "Told by neither: only by a home, a school or another agency",
}
WHY = {
    Why.BY_RULE: "Joined by the rule: the times overlap",
    Why.BY_PERSON: "Joined by a person, who says why on the absence",
    Why.AWAY: "The other calls it away, not missing: it is known where the child is",
    Why.WITHDRAWN: "The other has taken its account back",
    Why.OTHER_YEAR: "The other says that it began on a day outside these twelve months",
    Why.APART: "The other tells of that time too; a person said that it is another absence",
    Why.CLOSE_BY: "The other tells of an absence within a day of it; nobody has said whether it is the same",
    Why.SHORT: "Shorter than four hours",
    Why.DAY_ONLY: "Only the day is known",
    Why.NOT_TOLD: "Nothing on record says why the other does not tell of it",
}
RULES = (
    "A report is one agency’s account of one absence, counted for the agency that gave it, in the month in which that "
    "agency says the absence began. A report that was withdrawn, or set aside as reported in error, is not counted.",
    "A child is counted once, however many agencies know the child by different numbers.",
    "Missing: nobody knows where the child is. Away from where they should be, with it known where they are, is not "
    "counted here.",
    "Repeat: a child with two or more reports in the same twelve months.",
    "From care: the child lived in a foster home, a children’s home or supported accommodation then, or was in care by "
    "the record on that day. The two rows on care count children.",
    "Kith’s absences: reports that tell of one absence are counted as one. A report joins another agency’s where the "
    "times overlap; two reports by one agency are two absences until a person says otherwise. Each counts once, "
    "in the month in which it began.",
    "The last twelve months end the day before the day chosen, and the twelve before end where they begin. A change is "
    "said in percent of the twelve before, rounded half up; n/a where those hold none.",
    "A rise may say that more was reported rather than that more children were missing.",
)
SMALL = (
    f"Numbers from 1 to {FEWEST - 1} are not shown outside the teams that follow missing children, nor what would tell "
    "them."
)
MONTHLY = {
    "from_care": "Absences from care",
    "children_in_care": "Children missing from care",
    "from_home": "Absences from home",
    "children_at_home": "Children missing from home",
    "trafficking": "Trafficking feared",
    "back": "Returns",
    "in_time": "Conversation held in time",
    "late": "Conversation held late",
    "declined": "Conversation declined",
    "not_offered": "Not offered, with a reason",
}


@dataclass(frozen=True)
class Row:
    """One row of a table, as it is shown."""

    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One side's table. `key` tells it from the others in an address."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """One part of the comparison: how many absences, and why, with what to ask for the absences behind it."""

    told_by: str
    title: str
    number: str
    whys: tuple[tuple[str, str, str], ...]  # code, words, number


@dataclass(frozen=True)
class YearShown:
    """Everything on the page. `sums`: how the parts come to each side's reports; none where parts are hidden."""

    together: Table
    sides: tuple[Table, ...]
    parts: tuple[Part, ...]
    sums: tuple[str, ...]
    rules: tuple[str, ...]
    from_day: str
    to_day: str
    before_day: str


def show_year(found: YearCounted, *, desk: bool) -> YearShown:
    """As those who follow missing children see it (`desk`), or without any small number."""
    columns = ("Last 12 months", "12 before", "Change", "%")
    named = (("Police", found.police), ("Council", found.council), (ABSENCES, _as_absences(found.absences)))
    return YearShown(
        together=_together([lines for _, lines in named], desk),
        sides=tuple(Table(title, columns, tuple(_row(line, desk) for line in lines)) for title, lines in named),
        parts=_parts(found, desk),
        sums=_sums(found) if desk else (),
        rules=RULES if desk else (*RULES, SMALL),
        from_day=words.short_day(found.year.first),
        to_day=words.short_day(found.year.as_at),
        before_day=words.short_day(found.year.before),
    )


def show_months(months: Sequence[Month], *, desk: bool) -> Table:
    """The months as a table, newest first."""
    names = [field.name for field in fields(Month) if field.name != "month"]
    columns = [[getattr(one, name) for one in months] for name in names]
    shown = columns if desk else [hide_small(column) for column in columns]
    rows = zip(months, zip(*shown, strict=True), zip(*columns, strict=True), strict=True)
    found = [Row(words.month(one.month), tuple(map(_cell, cells, real))) for one, cells, real in rows]
    return Table("By month", tuple(MONTHLY[name] for name in names), tuple(reversed(found)))


def as_rows(shown: YearShown) -> Iterator[tuple[str, ...]]:
    """The table and the comparison as rows of a file."""
    yield ("Counted by", "What", *shown.sides[0].columns)
    for side in shown.sides:
        yield from ((side.title, row.title, *row.cells) for row in side.rows)
    for part in shown.parts:
        yield ("The two compared", part.title, part.number, "", "", "")
        yield from ((part.title, why, number, "", "", "") for _, why, number in part.whys)


def month_rows(table: Table) -> Iterator[tuple[str, ...]]:
    """The months as rows of a file."""
    yield ("Month", *table.columns)
    yield from ((row.title, *row.cells) for row in table.rows)


def as_text(shown: YearShown) -> str:
    """For a terminal: the same tables, the comparison, and how they are counted."""
    out = [f"Missing children, {shown.from_day} up to {shown.to_day}, beside the twelve months from {shown.before_day}"]
    for side in shown.sides:
        out += ["", side.title, *_aligned([("", *side.columns), *((row.title, *row.cells) for row in side.rows)])]
    out += ["", "The two compared (absences in the last twelve months)"]
    for part in shown.parts:
        out += [f"  {part.number:>6}  {part.title}", *(f"    {number:>6}  {why}" for _, why, number in part.whys)]
    return "\n".join([*out, *shown.sums, "", "How this is counted", *(f"- {rule}" for rule in shown.rules)])


def _as_absences(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(replace(line, title="Absences") if line.title == MEASURES[1] else line for line in lines)


def _together(sides: Sequence[Sequence[Line]], desk: bool) -> Table:
    """The last twelve months of all three, measure by measure."""
    rows = [
        Row(lines[0].title, tuple(_row(line, desk).cells[0] for line in lines)) for lines in zip(*sides, strict=True)
    ]
    return Table("Side by side: the last twelve months", ("Police", "Council", ABSENCES), tuple(rows))


def _row(line: Line, desk: bool) -> Row:
    small = [0 < number < FEWEST and not desk for number in (line.now, line.before)]
    numbers = [HIDDEN if hide else str(number) for hide, number in zip(small, (line.now, line.before), strict=True)]
    change = ("", "") if any(small) else (f"{line.change:+}" if line.change else "0", _percent(line))
    return Row(line.title, (*numbers, *change))


def _percent(line: Line) -> str:
    few = " (small numbers)" if 0 < line.before < 2 * FEWEST else ""
    return percent_change(line.now, line.before) + few


def _parts(found: YearCounted, desk: bool) -> tuple[Part, ...]:
    """All of the parts or none: each side's total is on the page, so that one hidden part could be told from it."""
    numbers = found.parts()
    hide = not desk and (found.again() or any(0 < number < FEWEST for number in numbers.values()))
    return tuple(
        Part(
            told_by.value,
            TOLD_BY[told_by],
            KEPT if hide else str(number),
            tuple((why.value, WHY[why], str(count)) for why, count in found.whys(told_by)) if desk else (),
        )
        for told_by, number in numbers.items()
    )


def _sums(found: YearCounted) -> tuple[str, ...]:
    numbers = found.parts()
    both = numbers[ToldBy.BOTH]
    sides = (("Police", numbers[ToldBy.POLICE], found.police), ("Council", numbers[ToldBy.COUNCIL], found.council))
    return tuple(_sum(name, both, only, lines[1].now) for name, only, lines in sides)


def _sum(name: str, both: int, only: int, reports: int) -> str:
    again = reports - both - only
    more = f" + {again} for an absence that it had told of already" if again else ""
    return f"{name}: {both} told by both + {only} told only by this side{more} = {reports} reports."


def _cell(shown: int | None, real: int) -> str:
    if shown is None:
        return HIDDEN if real < FEWEST else KEPT
    return str(shown)


def _aligned(rows: Iterable[tuple[str, ...]]) -> list[str]:
    held = list(rows)
    widths = [max(len(row[n]) for row in held) for n in range(len(held[0]))]
    return ["  " + "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in held]

"""The sections of a report of measures: what may be shown of the figures of its cut, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from kith.foundations.charts import NOT_SHOWN, Cell, Line, Point, Shape, Table
from kith.foundations.papers import Drawing, Heading, Part, Words, parts_of
from kith.insight.models import ReportStep
from kith.insight.presenters.process import show_process
from kith.insight.queries.figures import MeasureFigures, Shown, figures_of
from kith.insight.queries.reports import Asked, Written, course_of
from kith.insight.rules.change import CAUTIONS, Caution, Change, Comparator, Row, half_up, percentage_of
from kith.insight.rules.measures import BREAKDOWNS, GROUPS, MeasureKind, measures
from kith.insight.rules.periods import Window, read
from kith.insight.rules.reports import STATES, Section, State, TableAsked, newest_fixed

COUNTS = (MeasureKind.COUNT, MeasureKind.STANDING)
CHANGE_SHAPES: tuple[Shape, ...] = ("", "", "", "signed", "signed percent", "signed percent")
POINT_SHAPES: tuple[Shape, ...] = ("", "", "", "signed")
MONTHS = 24
NO_FIGURE = "n/a"
EMPTY = "An empty cell was not counted in this cut, or there was nothing to take a share of."
NOTHING_YET = "Nothing is written here yet."


def figures(of: Asked, key: str) -> MeasureFigures:
    """One measure's figures."""
    return figures_of(of.cut, measures()[key])


def pair(of: Asked, key: str) -> tuple[Shown, Shown]:
    """A measure's number of the period, and of the one beside it."""
    found = figures(of, key)
    return found.shown(of.period), found.shown(of.beside)


def parts_of_report(of: Asked, said: Written, *, draft: bool) -> Iterator[Part]:
    """Its periods in words, then every section."""
    yield Words(_periods(of))
    for section in of.kind.sections:
        yield from _part_of(of, said, section, draft=draft)


def _part_of(of: Asked, said: Written, section: Section, *, draft: bool) -> list[Part]:
    """A section; one without words and numbers is left out, but of a draft, where it waits to be written."""
    parts = list(_section(of, said, section))
    if len(parts) > 1:
        return parts
    return [*parts, Words(NOTHING_YET)] if draft else []


def _section(of: Asked, said: Written, section: Section) -> Iterator[Part]:
    yield Heading(section.title, section.level)
    if section.words:
        yield Words(section.words)
    yield from parts_of(said.words.get(section.key, ""))
    beside = said.beside.get(section.key, {})
    for key in section.sentences:
        if words := _sentence(of, key, beside):
            yield Words(words)
    for table in section.tables:
        yield from (_groups(of, table) if table.by else _changes(of, table, beside))
    for key in section.pictures:
        if picture := _picture(of, key):
            yield Drawing(picture)
    if section.plan:
        yield from _plan(said, section)


def elsewhere(beside: Any, key: str) -> Comparator | None:
    """How a measure moved elsewhere, as somebody typed it; None where nobody did."""
    try:
        return Comparator(str(beside["area"]), Decimal(str(beside["by"][key])))
    except (KeyError, TypeError, InvalidOperation):
        return None


def _sentence(of: Asked, key: str, beside: Any) -> str:
    measure, (now, before) = measures()[key], pair(of, key)
    if (now.count is None and not now.hidden) or now.count == before.count == 0:
        return ""
    if measure.kind in COUNTS:
        row = Row(measure.title, Change(now.count, before.count), measure.polarity, elsewhere(beside, key))
        return f"{measure.title}: {row.sentence(measure.counts)[0].lower()}{row.sentence(measure.counts)[1:]}"
    one, other, unit = now.as_asked(measure.kind), before.as_asked(measure.kind), _unit(measure.kind)
    if one is None:
        return ""
    was = f", and {other}{unit} in {of.beside}" if other is not None else ""
    return f"{measure.title}: {one}{unit} in {of.period}{was}."


def _unit(kind: MeasureKind) -> str:
    return "%" if kind is MeasureKind.SHARE else ""


def _changes(of: Asked, table: TableAsked, beside: Any) -> Iterator[Table]:
    """The measures that are counts in one table; shares and middle values in tables of their own."""
    for kinds, after in (
        (COUNTS, ""),
        ((MeasureKind.SHARE,), " (per cent)"),
        ((MeasureKind.MEDIAN,), " (middle value)"),
    ):
        keys = [key for key in table.measures if measures()[key].kind in kinds]
        if keys and kinds is COUNTS:
            yield _counts(of, table.caption, keys, beside)
        elif keys:
            yield _points(of, f"{table.caption}{after}", keys)


def _counts(of: Asked, caption: str, keys: list[str], beside: Any) -> Table:
    there = {key: elsewhere(beside, key) for key in keys}
    area = next((one.area for one in there.values() if one), "")
    rows: list[tuple[Cell, ...]] = []
    careful: list[str] = []
    for key in keys:
        now, before = pair(of, key)
        change = Change(now.count, before.count)
        rows.append((measures()[key].title, *_cells(now, before, change), *([_theirs(there[key])] if area else [])))
        if change.caution is not Caution.NONE and change.percentage is not None:
            careful.append(f"{measures()[key].title} – {CAUTIONS[change.caution].lower()}.")
    columns = ("Number of", "Current", "Previous", "Change", "Change (%)", *((f"Change (%), {area}",) if area else ()))
    return Table(caption, columns, tuple(rows), "", CHANGE_SHAPES, (*careful, *_empty(rows)))


def _cells(now: Shown, before: Shown, change: Change) -> tuple[Cell, ...]:
    known = all(one.count is not None or one.hidden for one in (now, before))
    if not known:
        return _count(now), _count(before), None, None
    if change.by is None:
        return _count(now), _count(before), NOT_SHOWN, NOT_SHOWN
    return _count(now), _count(before), change.by, NO_FIGURE if change.percentage is None else float(change.percentage)


def _count(shown: Shown) -> Cell:
    return shown.count if shown.count is not None else (NOT_SHOWN if shown.hidden else None)


def _theirs(comparator: Comparator | None) -> Cell:
    return float(comparator.percentage) if comparator else None


def _periods(of: Asked) -> str:
    return f"In the tables, current is {of.period}, and previous {of.beside}."


def _empty(rows: list[tuple[Cell, ...]]) -> tuple[str, ...]:
    """What an empty cell means, where there is one."""
    return (EMPTY,) if any(cell is None for row in rows for cell in row[1:4]) else ()


def _points(of: Asked, caption: str, keys: list[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in keys:
        kind, (now, before) = measures()[key].kind, pair(of, key)
        one, other = now.as_asked(kind), before.as_asked(kind)
        by: Cell = NOT_SHOWN if now.hidden or before.hidden else None
        if one is not None and other is not None:
            by = float(half_up(Decimal(one) - Decimal(other)))
        rows.append((measures()[key].title, _share(now, kind), _share(before, kind), by))
    columns = ("Measure", "Current", "Previous", f"Change ({_points_of(keys)})")
    return Table(caption, columns, tuple(rows), "", POINT_SHAPES, _empty(rows))


def _points_of(keys: list[str]) -> str:
    """What a change of these is counted in: points of a share, or the unit of middle values."""
    asked = [measures()[key] for key in keys]
    units = {"points" if one.kind is MeasureKind.SHARE else one.numerator.split()[0].lower() for one in asked}
    return " or ".join(sorted(units))


def _share(shown: Shown, kind: MeasureKind) -> Cell:
    number = shown.as_asked(kind)
    if number is None:
        return NOT_SHOWN if shown.hidden else None
    return float(number)


def _groups(of: Asked, table: TableAsked) -> Iterator[Table]:
    """One measure's groups, in the newest year or quarter that is over by then: groups are counted in no other."""
    found = figures(of, table.measures[0])
    window = newest_fixed(found.fixed(), of.period.last)
    groups = found.groups(table.by, window) if window else None
    if not window or not groups:
        return
    names = GROUPS.get(table.by, {})
    order = [*names, *sorted(set(groups) - set(names))]
    rows = [_group(found, window, table.by, one) for one in order if one in groups]
    columns = (BREAKDOWNS[table.by], found.measure.counts.capitalize(), "Per cent of those shown")
    note = (
        f"{window}: groups are counted by financial year and quarter alone, so that no small number can be worked out."
    )
    yield Table(table.caption, columns, tuple(_with_shares(rows)), "", ("", "", "percent"), (note,))


def _group(found: MeasureFigures, window: Window, by: str, group: str) -> tuple[str, Cell]:
    named = GROUPS.get(by, {}).get(group, group or "Not recorded")
    return named, _count(found.shown(window, by, group))


def _with_shares(rows: list[tuple[str, Cell]]) -> Iterator[tuple[Cell, ...]]:
    """With each number's share of all that are shown; of none where any is hidden, which it could give away."""
    numbers = [number for _, number in rows if isinstance(number, int)]
    whole = sum(numbers) if len(numbers) == len(rows) else 0
    for name, number in rows:
        share = percentage_of(number, whole) if whole and isinstance(number, int) else None
        yield name, number, float(share) if share is not None else None


def _picture(of: Asked, key: str) -> Line | None:
    """Month by month up to the end of the period, with limits where every month may be shown."""
    found = figures(of, key)
    months = [one for one in found.months(36) if one.last <= of.period.last][-MONTHS:]
    points = tuple(Point(f"{one.begins:%b %y}", _month(found, one)) for one in months)
    title = f"{found.measure.title}, month by month"
    process = show_process(found.measure, points, title, _unit(found.measure.kind))
    return process.line if process else None


def _month(found: MeasureFigures, window: Window) -> Any:
    shown = found.shown(window)
    return _count(shown) if found.measure.kind in COUNTS else _share(shown, found.measure.kind)


def _plan(said: Written, section: Section) -> Iterator[Part]:
    """Its actions; where any came from an earlier plan or from a meeting, also how it stood there."""
    steps = [step for step in said.steps if step.section == section.key]
    if not steps:
        yield Words("There is no action in this part of the plan.")
        return
    came, columns = [_came(step) for step in steps], ("Action", "Owner", "Due", "State", "Progress")
    rows: list[tuple[Cell, ...]] = [
        (step.what, step.owner, f"{step.due:%-d %B %Y}" if step.due else "", STATES[State(step.state)], step.progress)
        for step in steps
    ]
    if any(came):
        rows = [(*row, words or "New") for row, words in zip(rows, came, strict=True)]
    heads = (*columns, "Before") if any(came) else columns
    yield Table(f"Actions: {section.title.lower()}", heads, tuple(rows))


def _came(step: ReportStep) -> str:
    """How an action stood in each plan before, and which meeting it is from."""
    said = [f"{read(one.report.period)}: {STATES[State(one.state)].lower()}" for one in course_of(step)]
    if step.from_rating:
        meeting = step.from_rating.review
        said.insert(0, f"{meeting.group}, {meeting.met_on:%-d %B %Y}")
    return "; ".join(said)

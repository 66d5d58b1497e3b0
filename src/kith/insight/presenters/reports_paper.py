"""A report as a document: its sections, what may be shown of the figures of its cut, and what people wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kith.foundations.charts import NOT_SHOWN, Cell, Line, Point, Shape, Table
from kith.foundations.design_system.words import day_and_time
from kith.foundations.papers import Drawing, Heading, Paper, Part, Words, parts_of
from kith.insight.models import Cut, Report, ReportSigned
from kith.insight.presenters.process import show_process
from kith.insight.queries.cuts import manifest_of
from kith.insight.queries.figures import MeasureFigures, Shown, figures_of
from kith.insight.queries.reports import Asked, Written, asked, written
from kith.insight.rules.change import CAUTIONS, Caution, Change, Comparator, Row, half_up, percentage_of
from kith.insight.rules.measures import BREAKDOWNS, GROUPS, MeasureKind, measures
from kith.insight.rules.periods import Window
from kith.insight.rules.reports import SMALL, STATES, Section, State, TableAsked, newest_fixed

COUNTS = (MeasureKind.COUNT, MeasureKind.STANDING)
CHANGE_SHAPES: tuple[Shape, ...] = ("", "", "", "signed", "signed percent", "signed percent")
POINT_SHAPES: tuple[Shape, ...] = ("", "", "", "signed")
MONTHS = 24
NO_FIGURE = "n/a"
DRAFT = "draft, not signed off"
EMPTY = "An empty cell was not counted in this cut, or there was nothing to take a share of."
NOTHING_YET = "Nothing is written here yet."


@dataclass(frozen=True)
class Source:
    """Where the numbers of a report come from."""

    cut: Cut
    asked: Asked

    def figures(self, key: str) -> MeasureFigures:
        """One measure's figures."""
        return figures_of(self.cut, measures()[key])

    def pair(self, key: str) -> tuple[Shown, Shown]:
        """A measure's number of the period, and of the one beside it."""
        figures = self.figures(key)
        return figures.shown(self.asked.period), figures.shown(self.asked.beside)


def draft_paper(report: Report) -> Paper:
    """The report as it stands now."""
    return paper_of(Source(report.cut, asked(report)), written(report), made_by=report.made_by.name)


def final_paper(report: Report, by: str, at: datetime) -> Paper:
    """The report as it stands now, as it would be signed off by `by` at `at`."""
    source = Source(report.cut, asked(report))
    signed = f"{by}, {day_and_time(at)}"
    return paper_of(source, written(report), made_by=report.made_by.name, signed=signed, at=at, draft=False)


def again_from_cut(signed: ReportSigned) -> Paper:
    """A signed report made anew from its cut and what was written: the numbers must be those that were signed."""
    return final_paper(signed.report, signed.by.name, signed.at)


def paper_of(
    source: Source, said: Written, *, made_by: str, signed: str = "", at: datetime | None = None, draft: bool = True
) -> Paper:
    """A report of a cut with what was written; a draft says on every page that it is one."""
    kind = source.asked.kind
    marking = f"{kind.marking}: {DRAFT}" if draft else kind.marking
    return Paper(
        title=f"{kind.title}, {source.asked.period}",
        marking=marking,
        about=tuple(_about(source, made_by, signed)),
        parts=(Words(_periods(source)), *_parts(source, said, draft=draft)),
        made_at=at or source.cut.made_at,
        made_by=made_by,
    )


def _about(source: Source, made_by: str, signed: str) -> Iterator[tuple[str, str]]:
    cut, kind = source.cut, source.asked.kind
    feeds = manifest_of(cut).get("feeds", [])
    silent = [str(feed["title"] or feed["feed"]) for feed in feeds if feed["state"] in ("silent", "failed")]
    yield "What it is", kind.about
    yield "For", kind.for_
    yield "Period", str(source.asked.period)
    yield "Compared with", str(source.asked.beside)
    yield "Numbers from", f"cut {cut.name}, as at {cut.as_at:%-d %B %Y}"
    yield "Feeds that were silent", ", ".join(silent) or "none"
    yield "Small numbers", SMALL + "."
    if made_by:
        yield "Written by", made_by
    if signed:
        yield "Signed off by", signed


def _parts(source: Source, said: Written, *, draft: bool) -> Iterator[Part]:
    for section in source.asked.kind.sections:
        yield from _part_of(source, said, section, draft=draft)


def _part_of(source: Source, said: Written, section: Section, *, draft: bool) -> list[Part]:
    """A section; one without words and numbers is left out, but of a draft, where it waits to be written."""
    parts = list(_section(source, said, section))
    if len(parts) > 1:
        return parts
    return [*parts, Words(NOTHING_YET)] if draft else []


def _section(source: Source, said: Written, section: Section) -> Iterator[Part]:
    yield Heading(section.title, section.level)
    if section.words:
        yield Words(section.words)
    yield from parts_of(said.words.get(section.key, ""))
    beside = said.beside.get(section.key, {})
    for key in section.sentences:
        if words := _sentence(source, key, beside):
            yield Words(words)
    for table in section.tables:
        yield from (_groups(source, table) if table.by else _changes(source, table, beside))
    for key in section.pictures:
        if picture := _picture(source, key):
            yield Drawing(picture)
    if section.plan:
        yield from _plan(said, section)


def elsewhere(beside: Any, key: str) -> Comparator | None:
    """How a measure moved elsewhere, as somebody typed it; None where nobody did."""
    try:
        return Comparator(str(beside["area"]), Decimal(str(beside["by"][key])))
    except (KeyError, TypeError, InvalidOperation):
        return None


def _sentence(source: Source, key: str, beside: Any) -> str:
    measure, (now, before) = measures()[key], source.pair(key)
    if (now.count is None and not now.hidden) or now.count == before.count == 0:
        return ""
    if measure.kind in COUNTS:
        row = Row(measure.title, Change(now.count, before.count), measure.polarity, elsewhere(beside, key))
        return f"{measure.title}: {row.sentence(measure.counts)[0].lower()}{row.sentence(measure.counts)[1:]}"
    one, other, unit = now.as_asked(measure.kind), before.as_asked(measure.kind), _unit(measure.kind)
    if one is None:
        return ""
    was = f", and {other}{unit} in {source.asked.beside}" if other is not None else ""
    return f"{measure.title}: {one}{unit} in {source.asked.period}{was}."


def _unit(kind: MeasureKind) -> str:
    return "%" if kind is MeasureKind.SHARE else ""


def _changes(source: Source, table: TableAsked, beside: Any) -> Iterator[Table]:
    """The measures that are counts in one table; shares and middle values in tables of their own."""
    for kinds, after in (
        (COUNTS, ""),
        ((MeasureKind.SHARE,), " (per cent)"),
        ((MeasureKind.MEDIAN,), " (middle value)"),
    ):
        keys = [key for key in table.measures if measures()[key].kind in kinds]
        if keys and kinds is COUNTS:
            yield _counts(source, table.caption, keys, beside)
        elif keys:
            yield _points(source, f"{table.caption}{after}", keys)


def _counts(source: Source, caption: str, keys: list[str], beside: Any) -> Table:
    there = {key: elsewhere(beside, key) for key in keys}
    area = next((one.area for one in there.values() if one), "")
    rows: list[tuple[Cell, ...]] = []
    careful: list[str] = []
    for key in keys:
        now, before = source.pair(key)
        change = Change(now.count, before.count)
        rows.append((measures()[key].title, *_cells(now, before, change), *([_theirs(there[key])] if area else [])))
        if change.caution is not Caution.NONE and change.percentage is not None:
            careful.append(f"{measures()[key].title}: {CAUTIONS[change.caution].lower()}.")
    columns = ("Number of", "Current", "Previous", "Chg", "% Chg", *((f"% Chg, {area}",) if area else ()))
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


def _periods(source: Source) -> str:
    return f"In the tables, current is {source.asked.period}, and previous {source.asked.beside}."


def _empty(rows: list[tuple[Cell, ...]]) -> tuple[str, ...]:
    """What an empty cell means, where there is one."""
    return (EMPTY,) if any(cell is None for row in rows for cell in row[1:4]) else ()


def _points(source: Source, caption: str, keys: list[str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for key in keys:
        kind, (now, before) = measures()[key].kind, source.pair(key)
        one, other = now.as_asked(kind), before.as_asked(kind)
        by: Cell = NOT_SHOWN if now.hidden or before.hidden else None
        if one is not None and other is not None:
            by = float(half_up(Decimal(one) - Decimal(other)))
        rows.append((measures()[key].title, _share(now, kind), _share(before, kind), by))
    columns = ("Measure", "Current", "Previous", "Change (points)")
    return Table(caption, columns, tuple(rows), "", POINT_SHAPES, _empty(rows))


def _share(shown: Shown, kind: MeasureKind) -> Cell:
    number = shown.as_asked(kind)
    if number is None:
        return NOT_SHOWN if shown.hidden else None
    return float(number)


def _groups(source: Source, table: TableAsked) -> Iterator[Table]:
    """One measure's groups, in the newest year or quarter that is over by then: groups are counted in no other."""
    figures = source.figures(table.measures[0])
    window = newest_fixed(figures.fixed(), source.asked.period.last)
    groups = figures.groups(table.by, window) if window else None
    if not window or not groups:
        return
    names = GROUPS.get(table.by, {})
    order = [*names, *sorted(set(groups) - set(names))]
    rows = [_group(figures, window, table.by, one) for one in order if one in groups]
    columns = (BREAKDOWNS[table.by], figures.measure.counts.capitalize(), "Per cent of those shown")
    note = (
        f"{window}: groups are counted by financial year and quarter alone, so that no small number can be worked out."
    )
    yield Table(table.caption, columns, tuple(_with_shares(rows)), "", ("", "", "percent"), (note,))


def _group(figures: MeasureFigures, window: Window, by: str, group: str) -> tuple[str, Cell]:
    named = GROUPS.get(by, {}).get(group, group or "Not recorded")
    return named, _count(figures.shown(window, by, group))


def _with_shares(rows: list[tuple[str, Cell]]) -> Iterator[tuple[Cell, ...]]:
    """With each number's share of all that are shown; of none where any is hidden, which it could give away."""
    numbers = [number for _, number in rows if isinstance(number, int)]
    whole = sum(numbers) if len(numbers) == len(rows) else 0
    for name, number in rows:
        share = percentage_of(number, whole) if whole and isinstance(number, int) else None
        yield name, number, float(share) if share is not None else None


def _picture(source: Source, key: str) -> Line | None:
    """Month by month up to the end of the period, with limits where every month may be shown."""
    figures = source.figures(key)
    months = [one for one in figures.months(36) if one.last <= source.asked.period.last][-MONTHS:]
    points = tuple(Point(f"{one.begins:%b %y}", _month(figures, one)) for one in months)
    title = f"{figures.measure.title}, month by month"
    process = show_process(figures.measure, points, title, _unit(figures.measure.kind))
    return process.line if process else None


def _month(figures: MeasureFigures, window: Window) -> Any:
    shown = figures.shown(window)
    return _count(shown) if figures.measure.kind in COUNTS else _share(shown, figures.measure.kind)


def _plan(said: Written, section: Section) -> Iterator[Part]:
    rows = tuple(
        (step.what, step.owner, f"{step.due:%-d %B %Y}" if step.due else "", STATES[State(step.state)], step.progress)
        for step in said.steps
        if step.section == section.key
    )
    if rows:
        yield Table(f"Actions: {section.title.lower()}", ("Action", "Owner", "Due", "State", "Progress"), rows)
    else:
        yield Words("There is no action in this part of the plan.")

"""How figures are shown: a number, its change in words, its picture, what it means, how far to trust it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kith.foundations.charts import (
    NOT_SHOWN,
    Bars,
    BarSeries,
    Cell,
    Hidden,
    Point,
    Sparkline,
    Table,
    Value,
)
from kith.insight.presenters.process import Process, show_process
from kith.insight.queries.figures import MeasureFigures, Shown
from kith.insight.rules.change import CAUTIONS, Caution, Change, Polarity, Population, Row, Verdict, half_up, rate
from kith.insight.rules.measures import BREAKDOWNS, DASHBOARDS, GROUPS, THEMES, Measure, MeasureKind
from kith.insight.rules.periods import Span, Window
from kith.insight.rules.targets import Colour, colour_of_change, target_for

UNITS = {MeasureKind.SHARE: "%", MeasureKind.MEDIAN: "", MeasureKind.COUNT: "", MeasureKind.STANDING: ""}
COLOURS = {Colour.RED: "overdue", Colour.AMBER: "soon", Colour.GREEN: "done", Colour.NONE: "quiet"}  # kinds of badge
WAITS = Hidden("held back until its quarter is complete")
NOTHING_YET = "Nothing was told of this yet"


@dataclass(frozen=True)
class MeasureRow:
    """A measure as one line of a dashboard."""

    key: str
    title: str
    now: str
    before: str
    change: str
    colour: str  # of the tag
    verdict: str  # its words
    caution: str
    spark: Sparkline | None  # None where no month may be shown
    anything: bool


@dataclass(frozen=True)
class Section:
    """Measures of one theme. `untold`: those of which nothing was told yet, with their titles."""

    key: str
    title: str
    rows: list[MeasureRow]
    untold: list[tuple[str, str]]


@dataclass(frozen=True)
class Broken:
    """One breakdown in one window. `picture` is None where no number of it may be shown."""

    key: str
    title: str
    picture: Bars | None


@dataclass(frozen=True)
class MeasurePage:
    """Everything on a measure's page, in the order in which it stands there."""

    measure: Measure
    row: MeasureRow
    sentence: str
    window: str
    target: str
    rate: str  # for each 10,000 children who live here, with whose number that is
    process: Process | None
    windows: list[tuple[str, str, bool]]  # key, words, chosen
    broken: list[Broken]
    definition: list[tuple[str, str]]
    hidden: bool


def show_dashboard(found: Iterable[MeasureFigures], dashboard: str, theme: str = "") -> list[Section]:
    """The measures that a dashboard shows, by theme; of one theme, all of it."""
    rows: dict[str, list[MeasureRow]] = {}
    for figures in found:
        measure = figures.measure
        if (theme and measure.theme == theme) or (not theme and dashboard in measure.for_):
            rows.setdefault(measure.theme, []).append(show_row(figures))
    return [_section(name, rows[name]) for name in THEMES if name in rows]


def _section(theme: str, rows: list[MeasureRow]) -> Section:
    untold = [(row.key, row.title) for row in rows if not row.anything]
    return Section(theme, THEMES[theme], [row for row in rows if row.anything], untold)


def talk_first(sections: Iterable[Section]) -> list[MeasureRow]:
    """What is below its target or worse, the clearest first: what a meeting begins with."""
    rows = [row for section in sections for row in section.rows]
    return [row for colour in ("overdue", "soon") for row in rows if row.colour == colour]


def show_row(figures: MeasureFigures) -> MeasureRow:
    """The last twelve months beside the twelve before."""
    current = figures.current()
    return row_of(
        figures, figures.shown(current), figures.shown(current.previous()), spark_of(figures, _points(figures))
    )


def row_of(figures: MeasureFigures, now: Shown, before: Shown, spark: Sparkline | None) -> MeasureRow:
    """One number beside the one before it, of everybody or of a group."""
    measure = figures.measure
    change, words = _change(measure, now, before)
    colour = _colour(measure, now, change, figures.as_at)
    return MeasureRow(
        key=measure.key,
        title=measure.title,
        now=_number(measure, now),
        before=_number(measure, before),
        change=words,
        colour=COLOURS[colour],
        verdict=_verdict(measure, change, colour),
        caution=CAUTIONS[change.caution] if change and change.caution is not Caution.NONE else "",
        spark=spark,
        anything=figures.anything(),
    )


def _number(measure: Measure, shown: Shown) -> str:
    if shown.hidden and shown.as_asked(measure.kind) is None:
        return str(_sign(shown))
    number = shown.as_asked(measure.kind)
    if number is None:
        return "none" if shown.count in (None, 0) else ""
    return f"{number:,}{unit_of(measure)}"


def unit_of(measure: Measure) -> str:
    """What stands after a number in words: "%", " days"; "" where things are counted."""
    if measure.kind is MeasureKind.MEDIAN:
        return f" {measure.numerator.split()[0].lower()}"
    return UNITS[measure.kind]


def _change(measure: Measure, now: Shown, before: Shown) -> tuple[Change | None, str]:
    """How counts changed; shares and middle values change by points, in words only."""
    if measure.kind in {MeasureKind.COUNT, MeasureKind.STANDING}:
        change = Change(now.count, before.count)
        return change, _moved(change)
    one, other = now.as_asked(measure.kind), before.as_asked(measure.kind)
    if one is None or other is None:
        return None, ""
    by = half_up(Decimal(one) - Decimal(other))
    unit = "percentage points" if measure.kind is MeasureKind.SHARE else unit_of(measure).strip()
    return None, f"{by:+} {unit}".strip() if by else "the same"


def _moved(change: Change) -> str:
    if change.by is None:
        return ""
    if change.by == 0:
        return "the same"
    percentage = f" ({change.percentage:+}%)" if change.percentage is not None else ""
    return f"{change.by:+}{percentage}"


def _colour(measure: Measure, now: Shown, change: Change | None, as_at: date) -> Colour:
    target = target_for(measure.key, as_at)
    if target and measure.kind is MeasureKind.SHARE:
        return target.colour(now.share)
    return colour_of_change(change, measure.polarity) if change else Colour.NONE


def _verdict(measure: Measure, change: Change | None, colour: Colour) -> str:
    if measure.kind is MeasureKind.SHARE:
        return {Colour.RED: "Below target", Colour.AMBER: "Near target", Colour.GREEN: "On target"}.get(colour, "")
    if change is None or measure.polarity is Polarity.NEITHER:
        return ""
    worse = "A little worse" if colour is Colour.GREEN else "Worse"
    words = {Verdict.WORSE: worse, Verdict.BETTER: "Better", Verdict.SAME: "The same"}
    return words.get(change.verdict(measure.polarity), "")


def _sign(shown: Shown) -> Hidden:
    """Why a number is not shown. A number that waits is told so whether or not it is small."""
    return WAITS if shown.waits else NOT_SHOWN


def _value(shown: Shown, kind: MeasureKind) -> Value:
    number = shown.as_asked(kind)
    if number is None:
        return _sign(shown) if shown.hidden else None
    return number if isinstance(number, int) else float(number)


def _points(figures: MeasureFigures) -> tuple[Point, ...]:
    return points_of(figures, figures.months())


def points_of(
    figures: MeasureFigures, windows: Iterable[Window], breakdown: str = "", group: str = ""
) -> tuple[Point, ...]:
    """What may be shown of some windows, of everybody or of a group."""
    kind = figures.measure.kind
    return tuple(Point(f"{one.begins:%b %y}", _value(figures.shown(one, breakdown, group), kind)) for one in windows)


def spark_of(figures: MeasureFigures, points: tuple[Point, ...], each: str = "Month by month") -> Sparkline | None:
    measure = figures.measure
    if not any(isinstance(point.value, (int, float)) for point in points):
        return None
    return Sparkline(measure.title, each, points, UNITS[measure.kind], measure.counts.capitalize())


def show_measure(
    figures: MeasureFigures, chosen: Window | None = None, population: Population | None = None
) -> MeasurePage:
    """A measure's page; `chosen`: the window that is broken down by group; `population`: who lives here, for a rate."""
    measure, windows = figures.measure, figures.fixed()
    years = [one for one in windows if one.span is Span.YEAR]
    window = chosen if chosen in windows else next(iter(years or windows), None)
    target = target_for(measure.key, figures.as_at)
    row = show_row(figures)
    return MeasurePage(
        measure=measure,
        row=row,
        sentence=_sentence(figures),
        window=str(figures.current()),
        target=target.words if target else "",
        rate=_rate(figures, population),
        process=show_process(measure, _points(figures), f"{measure.title}, month by month", UNITS[measure.kind]),
        windows=[(one.key, str(one), one == window) for one in windows],
        broken=[_broken(figures, name, window) for name in measure.breakdowns] if window else [],
        definition=_definition(measure),
        hidden=any(figures.shown(one).hidden for one in [*figures.months(), figures.current()]),
    )


def _rate(figures: MeasureFigures, population: Population | None) -> str:
    """In words; "" where the measure has no rate, or nobody said how many live here."""
    if not figures.measure.rate or population is None:
        return ""
    found = rate(figures.shown(figures.current()).count, population)
    return "" if found is None else f"That is {found} for each 10,000 children. There are {population.words}."


def _sentence(figures: MeasureFigures) -> str:
    measure, current = figures.measure, figures.current()
    now, before = figures.shown(current), figures.shown(current.previous())
    if not figures.anything():
        return NOTHING_YET + "."
    if measure.kind in {MeasureKind.COUNT, MeasureKind.STANDING}:
        return Row(measure.title, Change(now.count, before.count)).sentence(measure.counts)
    one, other = now.as_asked(measure.kind), before.as_asked(measure.kind)
    if one is None:
        return f"The {current} may not be shown: small numbers."
    unit = unit_of(measure)
    was = f"; in the twelve months before it was {other}{unit}" if other is not None else ""
    return f"In the {current} it was {one}{unit}{was}."


def _broken(figures: MeasureFigures, breakdown: str, window: Window) -> Broken:
    measure, title = figures.measure, BREAKDOWNS[breakdown]
    groups = figures.groups(breakdown, window) or []
    order = list(GROUPS.get(breakdown, {}))
    groups = sorted(groups, key=lambda group: (order.index(group) if group in order else len(order), group))
    values = tuple(_value(figures.shown(window, breakdown, group), measure.kind) for group in groups)
    if all(isinstance(value, Hidden) for value in values):
        return Broken(breakdown, title, None)
    names = tuple(GROUPS.get(breakdown, {}).get(group, group or "Not recorded") for group in groups)
    unit, words = UNITS[measure.kind], unit_of(measure).strip("% ")
    when = f"In {window}, in {words}." if words else f"In {window}."
    picture = Bars(f"{measure.title} by {title.lower()}", when, names or ("None",),
                   (BarSeries(measure.counts.capitalize(), values or (None,)),), unit, title)  # fmt: skip
    return Broken(breakdown, title, picture)


def _definition(measure: Measure) -> list[tuple[str, str]]:
    said = [
        ("What it is", measure.about),
        ("What is counted", measure.numerator),
        ("Out of", measure.denominator),
        ("Which way is better", measure.polarity.value.replace("-", " ").capitalize()),
        ("Who answers for it", measure.owner),
        ("Where it comes from", measure.source),
        ("Shown to", ", ".join(DASHBOARDS[name] for name in measure.for_)),
    ]
    return [(title, words) for title, words in said if words]


def as_table(figures: MeasureFigures) -> Table:
    """Every number of a measure that may be shown, a row each, for a file."""
    measure, rows = figures.measure, []
    wanted = [figures.current(), figures.current().previous(), *figures.fixed(), *figures.months(36)]
    for window in dict.fromkeys(wanted):
        rows.append(_cells(figures, window, "", ""))
        for breakdown in measure.breakdowns:
            for group in figures.groups(breakdown, window) or ():
                rows.append(_cells(figures, window, breakdown, group))
    columns = ("Period", "From", "To", "Breakdown", "Group", "Counted", "Percentage", "Middle value")
    return Table(measure.title, columns, tuple(rows))


def _cells(figures: MeasureFigures, window: Window, breakdown: str, group: str) -> tuple[Cell, ...]:
    shown, kind = figures.shown(window, breakdown, group), figures.measure.kind
    count: Cell = shown.count if shown.count is not None else (_sign(shown) if shown.hidden else 0)
    share: Cell = _value(shown, kind) if kind is MeasureKind.SHARE else ""
    value: Cell = _value(shown, kind) if kind is MeasureKind.MEDIAN else ""
    named = GROUPS.get(breakdown, {}).get(group, group or ("Not recorded" if breakdown else ""))
    about = (BREAKDOWNS.get(breakdown, "Everybody"), named)
    return str(window), window.begins.isoformat(), str(window.last.last), *about, count, share, value

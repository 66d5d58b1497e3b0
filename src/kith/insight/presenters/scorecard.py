"""The scorecard: a measure a row, its rating in words and shape, what the process chart says, how complete it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kith.foundations.charts import Cell, Point, Sparkline, Table
from kith.insight.presenters.figures import NOTHING_YET, UNITS, MeasureRow, points_of, row_of, show_row, spark_of
from kith.insight.presenters.process import WHY_NO_LIMITS, show_process
from kith.insight.queries.beside import Complete
from kith.insight.queries.figures import MeasureFigures, Shown
from kith.insight.queries.scorecard import SPLITS, Line, Scorecard
from kith.insight.rules.change import percentage_of
from kith.insight.rules.measures import BREAKDOWNS, THEMES
from kith.insight.rules.periods import Span, Window
from kith.insight.rules.quality import FIELDS
from kith.insight.rules.targets import target_for

MONTHS = 24
RATINGS = {"done": "Good", "soon": "Watch", "overdue": "Act", "quiet": "Not rated"}  # by kind of badge
STEADY = {"A little worse": "Steady: a little worse", "The same": "Steady: the same"}  # where a change is small
RARE = "Rare: judged by twelve months, not by one."
SOME_HELD_BACK = "Some months may not be shown: judge it by quarters and years."
HELD_BACK = "Months are too small to show."
GROUP_ONLY = "Groups are counted by quarter and year, so no process chart."


@dataclass(frozen=True)
class Group:
    """One locality or agency that is looked at alone."""

    split: str
    key: str
    title: str

    @property
    def words(self) -> str:
        return f"{BREAKDOWNS[self.split]}: {self.title}"


@dataclass(frozen=True)
class ScoreRow:
    """One row. `rating` says in words what the colour says."""

    row: MeasureRow
    why: str
    rating: str
    target: str
    meaning: str
    complete: str
    period: str


@dataclass(frozen=True)
class ScoreSection:
    """Rows of one theme."""

    key: str
    title: str
    rows: list[ScoreRow]


@dataclass(frozen=True)
class ScorePage:
    """Everything on the page."""

    sections: list[ScoreSection]
    months: Table | None
    period: str
    not_split: list[str]  # measures that are not counted by the group that was asked for
    themes: list[tuple[str, str]]
    groups: list[tuple[str, str]]


def group_from(found: Scorecard, asked: str) -> Group | None:
    """The group of an address ("locality:North"); None where nobody was asked for, or there is none such."""
    split, _, key = asked.partition(":")
    if split not in SPLITS or key not in (found.localities if split == "locality" else found.agencies):
        return None
    return Group(split, key, key if split == "locality" else _agency(found, key))


def show_scorecard(found: Scorecard, group: Group | None = None) -> ScorePage:
    """The page, of everybody or of one group."""
    sections: dict[str, list[ScoreRow]] = {}
    for line in _told_apart(found, group):
        sections.setdefault(line.figures.measure.theme, []).append(_row(line, group))
    shown = [ScoreSection(key, THEMES[key], sections[key]) for key in THEMES if key in sections]
    periods = [one.period for section in shown for one in section.rows if one.period]
    return ScorePage(
        sections=shown,
        months=_months(found, group),
        period=max(periods, key=periods.count, default=""),
        not_split=[one.figures.measure.title for one in found.lines if not _splits(one, group)],
        themes=list(THEMES.items()),
        groups=[(f"locality:{key}", f"Locality: {key}") for key in found.localities]
        + [(f"agency:{key}", f"Agency: {_agency(found, key)}") for key in found.agencies],
    )


def _agency(found: Scorecard, key: str) -> str:
    return found.names.get(key) or key.replace("-", " ").capitalize()


def _splits(line: Line, group: Group | None) -> bool:
    return group is None or group.split in line.figures.measure.breakdowns


def _told_apart(found: Scorecard, group: Group | None) -> Iterable[Line]:
    return (line for line in found.lines if _splits(line, group))


def _row(line: Line, group: Group | None) -> ScoreRow:
    figures = line.figures
    row, period = (show_row(figures), str(figures.current())) if group is None else _row_of_group(figures, group)
    target = target_for(figures.measure.key, figures.as_at)
    return ScoreRow(
        row=row,
        why=line.scored.why,
        rating=_rating(row),
        target=target.words.partition(": ")[2].capitalize() if target else "",
        meaning=_meaning(figures, group),
        complete=_complete(line, group),
        period=period if row.anything else "",
    )


def _rating(row: MeasureRow) -> str:
    if row.colour == "done" and row.verdict in STEADY:
        return STEADY[row.verdict]
    word = RATINGS[row.colour]
    return f"{word}: {row.verdict.lower()}" if row.verdict and row.colour != "quiet" else word


def _row_of_group(figures: MeasureFigures, group: Group) -> tuple[MeasureRow, str]:
    """The newest whole year that may be shown of a group beside the year before; its shape by quarter."""
    windows = [one for one in figures.fixed() if figures.groups(group.split, one) is not None]
    years = [one for one in windows if one.span is Span.YEAR]
    year = next((one for one in years if not _shown(figures, one, group).hidden), next(iter(years), None))
    quarters = sorted(one for one in windows if one.span is Span.QUARTER)
    spark = spark_of(figures, points_of(figures, quarters, group.split, group.key), "Quarter by quarter")
    if year is None:
        return row_of(figures, Shown(hidden=True), Shown(hidden=True), spark), ""
    before = year.a_year_before()
    was = _shown(figures, before, group) if before in years else Shown(hidden=True)
    return row_of(figures, _shown(figures, year, group), was, spark), str(year)


def _shown(figures: MeasureFigures, window: Window, group: Group) -> Shown:
    return figures.shown(window, group.split, group.key)


def _meaning(figures: MeasureFigures, group: Group | None) -> str:
    """What the process chart says in words."""
    measure = figures.measure
    if not figures.anything():
        return NOTHING_YET + "."
    if group is not None:
        return GROUP_ONLY
    if measure.small:
        return RARE
    process = show_process(measure, points_of(figures, figures.months()), "", UNITS[measure.kind])
    if process is None:
        return HELD_BACK
    return SOME_HELD_BACK if process.meaning == WHY_NO_LIMITS else process.meaning


def _complete(line: Line, group: Group | None) -> str:
    """The field that is least complete; without fields, how many months anything was told of."""
    agency = group.key if group and group.split == "agency" else ""
    shares = [share for one in line.fields if (share := _field(one, agency)) is not None]
    if shares:
        least, words = min(shares)
        return f"{words} recorded for {least}%"
    if not line.figures.anything():
        return ""
    months = line.figures.months(MONTHS)
    told = sum(one.hidden or bool(one.count) for one in map(line.figures.shown, months))
    return f"Told of in {told} of {len(months)} months"


def _field(one: Complete, agency: str) -> tuple[float, str] | None:
    numbers = one.of(agency)
    share = percentage_of(numbers[1], numbers[0]) if numbers else None
    return (float(share), FIELDS[one.field]) if share is not None else None


def _months(found: Scorecard, group: Group | None) -> Table | None:
    """The shapes as numbers: a row for each measure and month, since a column for each would be too wide."""
    rows: list[tuple[Cell, ...]] = []
    for line in _told_apart(found, group):
        spark = _spark_of(line.figures, group)
        for point in spark.points if spark else ():
            rows.append((line.figures.measure.title, point.label, _cell(point)))
    columns = ("Measure", "Month" if group is None else "Quarter that begins", "Number")
    return Table("Month by month" if group is None else "Quarter by quarter", columns, tuple(rows)) if rows else None


def _spark_of(figures: MeasureFigures, group: Group | None) -> Sparkline | None:
    return show_row(figures).spark if group is None else _row_of_group(figures, group)[0].spark


def _cell(point: Point) -> Cell:
    return "" if point.value is None else point.value


def as_file(found: Scorecard, group: Group | None = None) -> Table:
    """Every row as it stands on the page, and after it its months."""
    columns = ("Subject", "Measure", "Of", "Period", "Now", "The year before", "Change", "Rating", "Target",
               "What the process chart says", "How complete", "Why it stands here")  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    of = group.words if group else "Everybody"
    for section in show_scorecard(found, group).sections:
        for one in section.rows:
            row = one.row
            rows.append((section.title, row.title, of, one.period, row.now, row.before, row.change, one.rating,
                         one.target, one.meaning, one.complete, one.why))  # fmt: skip
    months = _months(found, group)
    for title, label, number in months.rows if months else ():
        rows.append(("", title, of, label, number, "", "", "", "", "", "", ""))
    return Table("Scorecard", columns, tuple(rows))

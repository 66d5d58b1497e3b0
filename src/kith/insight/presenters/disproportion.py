"""Who is counted more often than others, in words, tables and pictures. Of groups; never of a child."""

from __future__ import annotations

from dataclasses import dataclass

from kith.foundations.charts import NOT_SHOWN, Bars, BarSeries, Cell, Table, Value
from kith.foundations.design_system.words import count, sentence
from kith.insight.queries.disproportion import Disproportion, Excluded, Group, MeasureCompared, Pair
from kith.insight.rules.change import percentage_of
from kith.insight.rules.disproportion_measures import GROUPED
from kith.insight.rules.measures import BREAKDOWNS, GROUPS

COLUMNS = (
    "Group",
    "Counted",
    "Their share of those counted",
    "Known here",
    "Their share of those known",
    "How often, beside all other children",
    "Ratio (95% interval)",
)
SMALL = "The numbers of this year are too small to be told apart by group."


@dataclass(frozen=True)
class Section:
    """One measure by group."""

    key: str
    title: str
    sentence: str
    missing: str
    picture: Bars | None
    tables: tuple[Table, ...]
    among: str


@dataclass(frozen=True)
class DisproportionPage:
    """The page, in the order in which it is read: what is missing, what stands out, each measure."""

    year: str
    years: list[tuple[str, str, bool]]
    missing: str
    clear: list[tuple[str, str]]  # measure's key, what stands out
    sections: list[Section]
    schools: Table


def show_disproportion(found: Disproportion, schools: list[Excluded]) -> DisproportionPage:
    """The page of one year."""
    return DisproportionPage(
        year=str(found.year),
        years=[(year.key, str(year), year == found.year) for year in found.years],
        missing=_missing_of_all(found),
        clear=[(one.asked.key, words) for one in found.compared for words in _clear(one)],
        sections=[_section(one, found) for one in found.compared],
        schools=show_schools(schools),
    )


def _missing_of_all(found: Disproportion) -> str:
    if found.known is None:
        return "How many children are known here may not be shown."
    if found.known_missing is None:
        known = count(found.known, "child", "children")
        return f"Of {known} known here, too few have no ethnicity recorded for the number to be shown."
    share = percentage_of(found.known_missing, found.known)
    return (
        f"For {found.known_missing:,} of {count(found.known, 'child', 'children')} known here ({share}%) nobody has"
        " recorded an ethnicity. They are left out of each comparison by ethnicity."
    )


def _clear(one: MeasureCompared) -> list[str]:
    """What stands out, in words."""
    short = f"{one.asked.short[0].lower()}{one.asked.short[1:]}"
    return [f"{_name(group)}, {short}: {group.compared.words}" for group in _standing_out(one) if group.compared]


def _standing_out(one: MeasureCompared) -> list[Group]:
    """Groups that do; where two are each other's mirror, only the one that is counted more often."""
    return [
        group
        for group in one.groups
        if group.compared and group.compared.ratio is not None and not group.compared.is_by_chance
        if (group.group and group.breakdown != "sex") or group.compared.ratio > 1
    ]


def _name(group: Group) -> str:
    name = GROUPS[group.breakdown][group.group]
    if group.breakdown == "ethnicity":
        return f"{name} children"
    return f"Children {name[0].lower()}{name[1:]}" if group.group in ("plan", "in care") else name


def _section(one: MeasureCompared, found: Disproportion) -> Section:
    among = f"all {one.measure.counts} counted: {one.measure.denominator.lower()}" if one.asked.among else ""
    return Section(
        key=one.asked.key,
        title=one.asked.short,
        sentence=_sentence(one),
        missing=_missing(one.missing, one.total),
        picture=_picture(one, str(found.year)),
        tables=tuple(_table(one, name) for name in GROUPED if any(g.breakdown == name for g in one.groups)),
        among=among,
    )


def _sentence(one: MeasureCompared) -> str:
    if not one.groups:
        return SMALL
    clear = [
        f"{_name(group)} ({group.compared.words.partition(';')[0]})" for group in _standing_out(one) if group.compared
    ]
    if all(None in (group.numbers.counted, group.numbers.of) for group in one.groups):
        return SMALL
    if not clear:
        return "No group stands out from the others by more than chance could give, or there are too few to say."
    return f"More or less often than all others, beyond chance: {'; '.join(clear)}."


def _missing(missing: Pair, total: Pair) -> str:
    """How many of those counted have no ethnicity recorded."""
    if not missing.counted or not total.counted:
        return ""
    share = percentage_of(missing.counted, total.counted)
    return f"Ethnicity is not recorded for {missing.counted:,} of the {total.counted:,} counted ({share}%)."


def _picture(one: MeasureCompared, year: str) -> Bars | None:
    groups = [group for group in one.groups if group.breakdown == "ethnicity"]
    if not groups:
        return None
    names = tuple(GROUPS["ethnicity"][group.group] for group in groups)
    counted = tuple(_share(group.numbers.counted, group.total.counted) for group in groups)
    known = tuple(_share(group.numbers.of, group.total.of) for group in groups)
    if not any(isinstance(share, float) for share in (*counted, *known)):
        return None  # bars of which none may be shown say nothing: the sentence does
    of = "Of all counted" if one.asked.among else "Of all known here"
    series = (BarSeries("Of these", counted), BarSeries(of, known))
    words = "If it happened to all alike, each pair of bars would be about as long."
    return Bars(f"{one.asked.short}, by ethnicity, {year}", words, names, series, "%", "Ethnicity")


def _share(part: int | None, whole: int | None) -> Value:
    if part is None or whole is None:
        return NOT_SHOWN
    share = percentage_of(part, whole)
    return float(share) if share is not None else None


def _table(one: MeasureCompared, breakdown: str) -> Table:
    rows = tuple(_cells(group) for group in one.groups if group.breakdown == breakdown)
    known = "All counted" if one.asked.among else COLUMNS[3]
    columns = (BREAKDOWNS[breakdown], *COLUMNS[1:3], known, *COLUMNS[4:])
    return Table(
        f"{one.asked.short}, by {BREAKDOWNS[breakdown].lower()}",
        columns,
        rows,
        shapes=("", "", "percent", "", "percent"),
    )


def _cells(group: Group) -> tuple[Cell, ...]:
    numbers = group.numbers
    return (
        GROUPS[group.breakdown][group.group],
        NOT_SHOWN if numbers.counted is None else numbers.counted,
        _share(numbers.counted, group.total.counted),
        NOT_SHOWN if numbers.of is None else numbers.of,
        _share(numbers.of, group.total.of),
        sentence(group.compared.words) if group.compared else "Not shown: small numbers",
        _interval(group),
    )


def _interval(group: Group) -> str:
    found = group.compared
    if found is None or found.ratio is None or found.low is None or found.high is None:
        return ""
    return f"{found.ratio:.2f} ({found.low:.2f} to {found.high:.2f})"


def show_schools(found: list[Excluded]) -> Table:
    """Exclusion by exploitation: each kind of either."""
    rows: list[tuple[Cell, ...]] = []
    for one in found:
        name = f"Told of for {one.harm}, and {one.what} in the year before"
        if one.numbers is None:
            rows.append((name, str(one.window), NOT_SHOWN, NOT_SHOWN, NOT_SHOWN))
            continue
        counted, met = one.numbers
        share = percentage_of(met, counted)
        rows.append((name, str(one.window), counted, met, float(share) if share is not None else None))
    columns = ("Children", "Period", "Told of", "Of these, away from school", "Share")
    return Table(
        "Told of for exploitation, after exclusion or suspension",
        columns,
        tuple(rows),
        shapes=("", "", "", "", "percent"),
    )


def as_file(found: Disproportion) -> Table:
    """Every comparison, a row each, for a file."""
    rows = [
        (one.asked.short, BREAKDOWNS[group.breakdown], *_cells(group), str(found.year))
        for one in found.compared
        for group in one.groups
    ]
    return Table("Disproportion", ("Measure", "Breakdown", *COLUMNS, "Year"), tuple(rows))

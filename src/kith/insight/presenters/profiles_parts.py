"""The sections of a problem profile: each number goes through `rules.suppression.tens` before it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kith.chronology.kinds import kind as entry_kind
from kith.foundations.charts import Cell, Hidden, Line, Point, Series, Table, Value, WeekGrid
from kith.foundations.charts.week_grid import DAYS, hour_words
from kith.foundations.papers import Bullets, Drawing, Heading, Part, Words
from kith.insight.queries.reports import Asked
from kith.insight.rules.measures import BREAKDOWNS, GROUPS
from kith.insight.rules.profiles import NAMED_FROM, Subject, SubjectKind, help_events
from kith.insight.rules.suppression import Number
from kith.insight.rules.suppression.tens import FIVE, TEN, Told, change_words, in_tens, line_in_tens, share_words
from kith.intelligence.rules.holidays import where_from
from kith.pathways.rules import pathways
from kith.subjects.rules import PLACE_KINDS

NOT_LISTED = "Those with fewer than ten are not listed."
FEW = "Fewer than 10 events are told of in the period: too few for hours, places or groups."
WEEK_KEY = (
    "Each number is the least of its five: 5 stands for 5 to 9, 10 for 10 to 14. Slanting lines: fewer than 5, or "
    "none, or fewer than 5 young people."
)
TERMS = {"holidays": "In school holidays", "term": "In term"}
MONTHS_FROM = 10  # events in the usual month, below which quarters are shown


@dataclass(frozen=True)
class Source:
    """What a profile is of, and the exact numbers that are told in tens."""

    of: Asked
    subject: Subject
    numbers: Mapping[str, Any]

    @property
    def total(self) -> Told:
        return in_tens(number(self.numbers["all"]))

    @property
    def before(self) -> Told:
        return in_tens(number(self.numbers["before"]))

    @property
    def is_few(self) -> bool:
        """Whether so few events are told of that nothing may be broken down."""
        return self.total.least < TEN

    def total_words(self) -> str:
        """How many, and beside what."""
        return (
            f"Events told of in {self.of.period}: {self.total.words}. In {self.of.beside}: {self.before.words}. "
            f"Change: {change_words(self.total, self.before)}."
        )


def number(given: Sequence[int | None]) -> Number:
    """Events, and the children behind them; a child may be behind several, never more children than are counted."""
    count, children = int(given[0] or 0), given[1]
    return Number(count, None, None if children is None else min(children, count))


def numbers(groups: Mapping[str, Sequence[int | None]]) -> dict[str, Number]:
    """Those of a line."""
    return {name: number(given) for name, given in groups.items()}


def in_words(key: str) -> str:
    """A key such as an agency's, in words."""
    return key.replace("-", " ").capitalize() or "Not recorded"


def what(source: Source) -> Iterator[Part]:
    """Kinds of events, with their numbers before and how they changed."""
    now, before = (_all_of(source.numbers["kinds"][part], source.subject.events) for part in ("now", "before"))
    rows = tuple(
        (entry_kind(kind).title, now[kind].words, before[kind].words, change_words(now[kind], before[kind]))
        for kind in source.subject.events
    )
    yield Table("Kinds of events", ("Kind", "Period", "Compared with", "Change"), rows, notes=(_periods(source),))


def _all_of(groups: Mapping[str, Sequence[int | None]], names: Iterable[str]) -> dict[str, Told]:
    """Every group of these, whether or not anything is told of it: that a small one is there must not be seen."""
    return line_in_tens(numbers({name: groups.get(name, (0, None)) for name in (*names, *groups)}))


def _periods(source: Source) -> str:
    return f"Period: {source.of.period}. Compared with: {source.of.beside}."


def when(source: Source) -> Iterator[Part]:
    """Month by month, and the week."""
    yield Heading("Over time", 2)
    yield from _by_time(source)
    yield from _terms(source)
    yield Heading("In the week", 2)
    hours = source.numbers["hours"]
    timed = in_tens(number(hours["timed"]))
    told = f"A time is recorded for {timed.words} of {source.total.words} events."
    if hours["midnight"]:
        told += " So many are at exactly midnight that it stands for a time nobody knew; those are left out."
    yield Words(told)
    if timed.least < TEN or not timed.is_shown:
        yield Words("Too few events have a time to say when in the week.")
        return
    grid = _grid(hours, run_words(source) or "No time of the week stands out.")
    yield Drawing(grid, with_table=False)
    yield _week_table(grid)


def run_words(source: Source) -> str:
    """The run of hours that stands out, in words; empty where none does."""
    hours = source.numbers["hours"]
    run = hours["run"]
    timed, seen = in_tens(number(hours["timed"])), in_tens(Number(run["seen"])) if run else None
    if seen is None or seen.least < TEN or not timed.is_shown:
        return ""
    from_to = _between(run["start"], run["length"])
    return f"{seen.words} of {timed.words} events are {from_to} {run['days']}: {share_words(seen, timed)}."


def _between(start: int, length: int) -> str:
    return f"between {_clock(start)} and {_clock((start + length) % 24)}"


def _clock(hour: int) -> str:
    return {0: "midnight", 12: "noon"}.get(hour, hour_words(hour))


def _by_time(source: Source) -> Iterator[Part]:
    months = numbers(source.numbers["months"])
    usual = sorted(one.count for one in months.values())[len(months) // 2]
    by_month = usual >= MONTHS_FROM
    told = line_in_tens(months if by_month else numbers(source.numbers["quarters"]))
    labels = [f"{date.fromisoformat(f'{key}-01'):%b %y}" for key in told]
    if not any(one.least >= TEN for one in told.values()):
        yield Words("No month or quarter has ten events: their course cannot be told.")
        return
    named = "month" if by_month else "quarter"
    points = tuple(Point(label, _least(one)) for label, one in zip(labels, told.values(), strict=True))
    if sum(isinstance(point.value, (int, float)) for point in points) > 1:
        sentence = "Each point is the least of its ten. Where there is a gap, fewer than ten are told of, or none."
        title = f"Events {named} by {named}"
        yield Drawing(Line(title, sentence, (Series("Events", points),), times=named.capitalize()), with_table=False)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, one.words) for label, one in zip(labels, told.values(), strict=True)
    )
    columns = (named.capitalize() if by_month else "Quarter that begins", "Events")
    yield Table(f"{named.capitalize()} by {named}", columns, rows)


def _terms(source: Source) -> Iterator[Part]:
    """School holidays beside term; nothing where the days of either are not known."""
    terms = source.numbers.get("terms", {"days": {}})
    if not all(terms["days"].get(name) for name in TERMS):
        return
    told = line_in_tens(numbers({name: terms["events"].get(name, (0, None)) for name in (*TERMS, "")}))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (title, told[name].words, f"{terms['days'][name] / 7:.0f}") for name, title in TERMS.items()
    )
    note = f"School holidays: {where_from()}"
    yield Table("School holidays and term", ("When", "Events", "Weeks"), rows, notes=(note,))


def _least(one: Told) -> Value:
    return one.least if one.least >= TEN else Hidden(one.words)


def _grid(hours: Mapping[str, Any], sentence: str) -> WeekGrid:
    behind = hours["children"]
    cells = tuple(
        tuple(_hour(Number(count, None, _fewer(behind[day][hour], count))) for hour, count in enumerate(row))
        for day, row in enumerate(hours["week"])
    )
    run = hours["run"] if "events are" in sentence else None
    outlined = frozenset((int(day), int(hour)) for day, hour in run["hours"]) if run else frozenset()
    return WeekGrid("When in the week", f"{sentence} {WEEK_KEY}", cells, outlined)


def _fewer(children: int | None, count: int) -> int | None:
    return None if children is None else min(children, count)


def _hour(count: Number) -> int | Hidden:
    told = in_tens(count, by=FIVE)
    return told.least if told.least >= FIVE else Hidden(told.words)


def _week_table(grid: WeekGrid) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (hour_words(hour), *(_five_words(day[hour]) for day in grid.cells))
        for hour in range(24)
        if any(isinstance(day[hour], int) for day in grid.cells)
    )
    note = "Hours that have fewer than 5, or none, on every day are not listed."
    return Table("Hours of the week", ("Hour that begins", *DAYS), rows, notes=(note,))


def _five_words(value: int | Hidden) -> str:
    if isinstance(value, Hidden):
        return value.words
    return f"{value} to {value + FIVE - 1}"


def where(source: Source) -> Iterator[Part]:
    """Localities, kinds of place, and public places of which enough is told to name them."""
    if source.is_few:
        yield Words(FEW)
        return
    if source.subject.kind is SubjectKind.THEME:
        yield _line(
            source, "Localities", "Locality", source.numbers["localities"], lambda key: key or "No public place"
        )
    if source.subject.kind is not SubjectKind.PLACE:
        yield _line(source, "Kinds of place", "Kind", source.numbers["place_kinds"], _place_kind)
        yield from _named(source)
    else:
        kinds = [_place_kind(key) for key in source.numbers["place_kinds"]]
        there = [key for key in source.numbers["localities"] if key]
        yield Words(
            f"{source.subject.title}: {', '.join(kinds).lower()}; {', '.join(there) or 'no locality is known'}."
        )
    yield Words("Homes have no row in a cut: no number here is of a home.")


def _locality(name: str) -> str:
    return name or "No public place is told"


def _place_kind(key: str) -> str:
    return PLACE_KINDS.get(key, in_words(key)) if key else "No public place is told"


def _line(source: Source, caption: str, head: str, groups: Mapping[str, Any], named: Any) -> Table:
    told = line_in_tens(numbers(groups))
    whole = source.total
    order = sorted(_enough(told), key=lambda key: (-told[key].least, key))
    rows = tuple((named(key), told[key].words, share_words(told[key], whole)) for key in order)
    return Table(caption, (head, "Events", "Share"), rows, notes=(f"{source.of.period}. {NOT_LISTED}",))


def _enough(told: Mapping[str, Told]) -> list[str]:
    return [key for key, one in told.items() if one.least >= TEN]


def _named(source: Source) -> Iterator[Part]:
    told = [(one, in_tens(number(one["count"]))) for one in source.numbers["named"]]
    enough = [(one, many) for one, many in told if many.is_shown and many.least >= NAMED_FROM]
    if not enough:
        yield Words("No public place has ten events of five young people: none is named.")
        return
    rows = tuple(
        (one["place_name"], _place_kind(one["place_kind"]), one["locality"] or "Not known", many.words)
        for one, many in sorted(enough, key=lambda pair: (-pair[1].least, pair[0]["place_name"], pair[0]["place"]))
    )
    note = "Only places with at least ten events, of at least five young people, are named."
    yield Table("Public places", ("Place", "Kind", "Locality", "Events"), rows, notes=(note,))


def who(source: Source) -> Iterator[Part]:
    """Young people in groups, each once for each event; never one of them."""
    rows, different = source.numbers["children"]
    all_told = in_tens(Number(rows, None, different))
    if all_told.least < TEN or not all_told.is_shown:
        yield Words("Fewer than ten times is a young person told of: no group is shown.")
        return
    yield Words(
        f"Different young people: {in_tens(Number(different)).words}. Below, a young person is counted once for each "
        f"event: {all_told.words} in all."
    )
    for name, groups in source.numbers["who"].items():
        named = GROUPS[name]
        told = _all_of(groups, named)
        table = tuple(
            (named.get(key, in_words(key)), one.words, share_words(one, all_told)) for key, one in told.items()
        )
        yield Table(BREAKDOWNS[name], (BREAKDOWNS[name], "Young people", "Share"), table)


def help_nearby(source: Source) -> Iterator[Part]:
    """Help that young people who live there were given, as far as the cut knows."""
    given = source.numbers["help"]
    near = "the whole area" if source.subject.kind is SubjectKind.THEME else "the same locality"
    yield Words(f"Events of help and youth work for young people who live in {near}, {source.of.period}.")
    kinds, agencies = _all_of(given["kinds"], help_events()), line_in_tens(numbers(given["agencies"]))
    yield Table("Help by kind", ("Help", "Events"), tuple((entry_kind(key).title, kinds[key].words) for key in kinds))
    rows = tuple((in_words(key), agencies[key].words) for key in sorted(_enough(agencies)))
    yield Table("Help by who gives it", ("Agency", "Events"), rows, notes=(NOT_LISTED,))


def tried(source: Source) -> Iterator[Part]:
    """Works on the safety of places there, and how each stands."""
    works = source.numbers["works"]
    if works:
        yield Bullets(tuple(_work(one) for one in works))
    else:
        yield Words("No work on the safety of a place stands in the cut for this.")
    yield Words(
        "Visits, closures and other disruption are not recorded here yet: what was done by them is missing from this "
        "section unless somebody wrote it above."
    )


def _work(one: Mapping[str, Any]) -> str:
    states = {state.key: state.title for path in pathways().values() for state in path.states if path.key == "context"}
    steps = [f"{states.get(state, in_words(state)).lower()} ({_day(day)})" for day, state in one["moves"]]
    ended = f", ended on {_day(one['ended'])}" if one["ended"] else ""
    now = states.get(one["state"], in_words(one["state"])).lower()
    went = f" It went through: {', '.join(steps)}." if steps else ""
    return f"{one['place'] or 'A place that is not named'}: opened on {_day(one['opened'])}{ended}; now {now}.{went}"


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%-d %B %Y}"


def changed(source: Source) -> Iterator[Part]:
    """Before and after, there and everywhere else, as far as it can be told from chance."""
    found = source.numbers["changed"]
    if found.get("why_not") == "theme":
        yield Words(f"A theme is of the whole area: there is nothing beside it to compare with. {source.total_words()}")
        return
    since = "work began" if found["work"] else "the period began; no work is known to have begun"
    yield Words(f"Before and after {_day(found['began'])}, when {since}; from {_day(found['from'])} on.")
    sides = [in_tens(Number(one)).words for one in found["sides"]]
    rows = ((source.subject.title, sides[0], sides[1]), ("All other public places", sides[2], sides[3]))
    yield Table("Before and after", ("Where", "Before", "After"), rows)
    if "why_not" in found:
        yield Words("Each of the four needs twenty events, and time before and after: nothing is compared.")
        return
    yield Words(_compared(found))
    if found["warnings"]:
        yield Bullets(tuple(found["warnings"]))


def _compared(found: Mapping[str, Any]) -> str:
    """In tens of per cent, so that nothing exact can be worked out of it."""
    interval = f"95% interval about {_percent(found['low'])} to {_percent(found['high'])}"
    if found["low"] <= 1 <= found["high"]:
        return f"No difference from elsewhere can be told from chance ({interval})."
    way = "fewer" if found["ratio"] < 1 else "more"
    by = _percent(found["ratio"]).lstrip("+−")
    return f"About {by} {way} than elsewhere would lead one to expect ({interval})."


def _percent(ratio: float) -> str:
    return f"{round((ratio - 1) * 10) * 10:+d}%".replace("-", "−").replace("+0", "0")

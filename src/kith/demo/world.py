"""Everything the feeds draw on: who lives in Severnmouth, who the agencies think they are, and what happened."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import Homes, places, week_pattern
from kith.demo.chance import Days, Ints, Rng, Texts, either, pick, stream, texts, which
from kith.demo.dirt import HABITS, seen_as, swapped
from kith.demo.names import spellings
from kith.demo.people import make_people
from kith.demo.size import YEARS, Size
from kith.demo.systems import CAST_SIZE, SYSTEMS, numbers

SECONDARY = (
    "Harbour View Academy",
    "Fernhill Academy",
    "Marshwater School",
    "Orchard Vale High School",
    "Coldstream School",
    "Highmead Community School",
)
PRIMARY = (
    "St Brannock Primary School",
    "Ropewalk Primary School",
    "Seawall Primary School",
    "Skylark Primary School",
    "Withy Bridge Primary School",
    "Hawkfield Primary School",
)
LESSONS: dict[tuple[str, str], dict[str, str]] = {
    # What particular systems have written about cast members, where the demonstration turns on it.
    ("police/niche", "amara"): {"last_name": "OSIE", "born": "swapped"},
    ("health/emergency", "amara"): {"last_name": "OSEI-MENSAH", "born": "swapped"},
    ("education/hub", "zofia"): {"known_as": "Zosia"},
    ("youth/work", "zofia"): {"first_name": "Zosia", "last_name": "Novak", "born": "a day out", "postcode": "none"},
}


@dataclass
class World:
    """The whole invented partnership on one day."""

    size: Size
    seed: int
    today: date
    people: pl.DataFrame
    homes: Homes
    events: dict[str, pl.DataFrame] = field(default_factory=dict)
    truth: dict[str, pl.DataFrame] = field(default_factory=dict)
    _views: dict[str, pl.DataFrame] = field(default_factory=dict)
    _known: dict[str, list[pl.DataFrame]] = field(default_factory=dict)

    def rng(self, *names: object) -> Rng:
        """The stream of chance for this purpose."""
        return stream(self.seed, self.size.name, *names)

    @property
    def start(self) -> date:
        """The first day of the two and a half years that are told."""
        return self.today - timedelta(days=round(YEARS * 365.25))

    @cached_property
    def age(self) -> np.ndarray:
        """Everyone's age today, in years."""
        return np.asarray((np.datetime64(self.today, "D") - self.born).astype(int) / 365.25)

    @cached_property
    def born(self) -> Days:
        """Everyone's date of birth."""
        return self.people["born"].to_numpy().astype("datetime64[D]")

    @cached_property
    def role(self) -> Texts:
        """Everyone's role."""
        return texts(self.people["role"].to_list())

    @cached_property
    def sex(self) -> Texts:
        """Everyone's sex."""
        return texts(self.people["sex"].to_list())

    @cached_property
    def children(self) -> Ints:
        """Everyone under 18, but not the cast (their stories are told by name)."""
        return np.flatnonzero((self.age < 18) & (np.arange(len(self.people)) >= CAST_SIZE))

    def aged(self, low: float, high: float) -> Ints:
        """Children (not cast) of these ages today."""
        return self.children[(self.age[self.children] >= low) & (self.age[self.children] < high)]

    def with_role(self, *roles: str) -> Ints:
        """People (not cast) with one of these roles."""
        here = np.isin(self.role.astype(str), roles) & (np.arange(len(self.people)) >= CAST_SIZE)
        return np.flatnonzero(here)

    def column(self, name: str, who: Ints) -> Texts:
        """One true fact about each person."""
        return texts(self.people[name].gather(who).to_list())

    def view(self, system: str) -> pl.DataFrame:
        """What the system has written about everybody; people it never met are in it but never sent."""
        if system not in self._views:
            self._views[system] = self._written(system, np.arange(len(self.people)))
        return self._views[system]

    def _view_of(self, system: str, who: Ints) -> pl.DataFrame:
        """What the system has written about these people: whole views only for systems that send several feeds."""
        if SYSTEMS[system].shared:
            return self.view(system)[who]
        known = np.unique(who)
        return self._written(system, known)[np.searchsorted(known, who)]

    def _written(self, system: str, known: Ints) -> pl.DataFrame:
        """The view of these people, in order of their numbers."""
        others = self.people[known[known >= CAST_SIZE]]
        made = seen_as(others, HABITS[system], self.rng("view", system))
        told = self._taught(system, self._cast_view(system, made.columns))
        return pl.concat([told[known[known < CAST_SIZE]], made])

    def _cast_view(self, system: str, columns: list[str]) -> pl.DataFrame:
        """The cast are written down plainly, so that every size and seed tells the same story."""
        plain = self.people.head(CAST_SIZE).with_columns(pl.lit(None, dtype=pl.String).alias("known_as"))
        habits = HABITS[system]
        for name, share in (("nhs_number", habits.has_nhs), ("upn", habits.has_upn), ("phone", habits.has_phone)):
            if share < 0.5:
                plain = plain.with_columns(pl.lit(None, dtype=pl.String).alias(name))
        if habits.upper:
            plain = plain.with_columns(pl.col("first_name", "last_name", "middle_names", "address").str.to_uppercase())
        return plain.select(columns)

    def _taught(self, system: str, view: pl.DataFrame) -> pl.DataFrame:
        for (name, key), facts in LESSONS.items():
            if name == system:
                pid = next(person.pid for person in cast.PEOPLE if person.key == key)
                for column, value in facts.items():
                    view = _with_fact(view, pid, column, value)
        return view

    def seen(self, system: str, who: Ints, *names: object) -> pl.DataFrame:
        """One row per event: the system's number and words for its person. What is sent is noted in the truth."""
        rng = self.rng("seen", system, *names)
        second = (rng.random(len(who)) < SYSTEMS[system].twice * 2) & self._has_second(system)[who]
        key = texts(np.where(second, self.keys(system, who, True), self.keys(system, who)).tolist())
        rows = self._view_of(system, who).with_columns(pl.Series("key", key.tolist()))
        rows = self._as_second_record(rows, second)
        self._note(system, rows["key"], who)
        return rows

    def keys(self, system: str, who: Ints, second: bool = False) -> Texts:
        """The system's numbers for these people."""
        return numbers(system, who, len(self.people), self.seed, second)

    def note(self, system: str, who: Ints) -> Texts:
        """The system's numbers for these people, noted as sent."""
        key = self.keys(system, who)
        self._note(system, pl.Series("key", key.tolist(), dtype=pl.String), who)
        return key

    def note_keys(self, system: str, key: Texts, who: Ints) -> None:
        """Note other numbers as standing for these people (incident numbers, for a system without its own)."""
        self._note(system, pl.Series("key", key.tolist(), dtype=pl.String), who)

    def _has_second(self, system: str) -> np.ndarray:
        has = self.rng("twice", system).random(len(self.people)) < SYSTEMS[system].twice
        has[:CAST_SIZE] = False
        return np.asarray(has)

    def _as_second_record(self, rows: pl.DataFrame, second: np.ndarray) -> pl.DataFrame:
        """A duplicate record is thinner: an older address or none, no numbers, another spelling."""
        if not second.any():
            return rows
        other = rows["first_name"].map_elements(_other_spelling, return_dtype=pl.String)
        thin = pl.Series(second)
        return rows.with_columns(
            first_name=pl.when(thin).then(other).otherwise(pl.col("first_name")),
            **{c: pl.when(thin).then(None).otherwise(pl.col(c)) for c in ("nhs_number", "upn", "postcode", "address")},
        )

    def _note(self, system: str, key: pl.Series, who: Ints) -> None:
        rows = pl.DataFrame({"key": key.to_list(), "person": who}, schema={"key": pl.String, "person": pl.Int64})
        self._known.setdefault(system, []).append(rows.filter(pl.col("key").is_not_null()).unique())

    def record_truth(self) -> pl.DataFrame:
        """Every person record sent, by system and number, and whose it truly is."""
        parts = [
            pl.concat(rows).unique().with_columns(system=pl.lit(name)).select("system", "key", "person")
            for name, rows in sorted(self._known.items())
        ]
        return pl.concat(parts).sort("system", "key")

    def old_enough(self, rng: Rng, who: Ints, day: np.ndarray, least: float, weight: np.ndarray | None = None) -> Ints:
        """The same people, but anyone younger than `least` on the day gives way to somebody older. Never the cast."""
        older = self.aged(least + YEARS + 0.1, 17.97)
        chance = None if weight is None else weight[older] / weight[older].sum()
        age = (day.astype("datetime64[D]") - self.born[who]).astype(int) / 365.25
        young = (age < least) & (who >= CAST_SIZE)
        out = who.copy()
        out[young] = rng.choice(older, int(young.sum()), p=chance)
        return out

    def days(self, rng: Rng, count: int, start: date | None = None, end: date | None = None) -> Days:
        """Days spread evenly over the period told (or between the two given)."""
        first = np.datetime64(start or self.start, "D")
        span = max(1, int((np.datetime64(end or self.today, "D") - first).astype(int)))
        return np.asarray(first + rng.integers(0, span, count))

    def spots(self, rng: Rng, count: int, kinds: tuple[str, ...] = ()) -> Ints:
        """Places where things happened, busier ones likelier; row numbers in the table of places."""
        table = places()
        fits = table["kind"].is_in(list(kinds)) if kinds else table["ward"].is_not_null()
        weight = np.where(fits.to_numpy(), table["busy"].to_numpy(), 0)
        return which(rng, len(table), count, weight.tolist())

    def times_at(self, rng: Rng, spot: Ints, start: date | None = None, end: date | None = None) -> np.ndarray:
        """A time for each happening, on the planted pattern of hours of its place."""
        hours = places()["hours"].to_numpy()[spot]
        out = np.zeros(len(spot), dtype="datetime64[m]")
        for shape in sorted(set(hours.tolist())):
            here = hours == shape
            out[here] = self._times(rng, shape, int(here.sum()), start, end)
        return out

    def _times(self, rng: Rng, shape: str, count: int, start: date | None, end: date | None) -> np.ndarray:
        slot = which(rng, 168, count, week_pattern(shape).ravel().tolist())
        day = self.days(rng, count, start, end)
        weekday = (day.astype("datetime64[D]").astype(int) + 3) % 7
        day = day - weekday + slot // 24
        limit = np.datetime64(end or self.today, "D") - 1
        day = np.where(day > limit, day - 7, day).astype("datetime64[D]")
        minute = rng.integers(0, 60, count)
        return np.asarray(day.astype("datetime64[m]") + (slot % 24) * 60 + minute)


def _with_fact(view: pl.DataFrame, pid: int, column: str, value: str) -> pl.DataFrame:
    target = "born" if column == "born" else column
    if value == "a day out":
        fact = view["born"].dt.offset_by("1d")
    elif value == "swapped":
        fact = pl.Series(swapped(view["born"].to_numpy()))
    elif value == "none":
        fact = pl.Series([None] * len(view), dtype=view.schema[target])
    else:
        fact = pl.Series([value] * len(view))
    here = pl.int_range(pl.len()) == pid
    return view.with_columns(pl.when(here).then(fact).otherwise(pl.col(target)).alias(target))


def _other_spelling(name: str) -> str:
    known = spellings().get(name.title())
    return known[0] if known else name


def make_world(size: Size, seed: int, today: date) -> World:
    """The people and places, before anything has happened."""
    people, homes = make_people(size, seed, today)
    world = World(size, seed, today, people, homes)
    world.people = people.with_columns(school=pl.Series(_schools(world)))
    return world


def _schools(world: World) -> list[str | None]:
    """A school for everyone of school age: secondary by locality, primary by ward."""
    rng = world.rng("schools")
    count = len(world.people)
    given = world.people["school"].to_list()
    secondary = pick(rng, SECONDARY, count, [6, 5, 4, 4, 4, 3])
    primary = texts([PRIMARY[ward % len(PRIMARY)] for ward in world.people["ward"].to_list()])
    at = np.where(
        (world.age >= 11.2) & (world.age < 16.9),
        secondary,
        either((world.age >= 4.4) & (world.age < 11.2), primary, None),
    )
    adult = (world.age >= 18) | (np.arange(count) == cast.ISLA.pid)
    return [g or (None if grown else s) for g, s, grown in zip(given, at.tolist(), adult, strict=True)]

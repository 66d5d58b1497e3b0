"""School life: absence, suspensions, plans for special needs, worries written in the safeguarding log.

Shares: 3 % of pupils have an education, health and care plan (2018-19), 27 % of victims of exploitation do (scrutiny
report 2023): of children being exploited, and of those about whom the front door was told of it. About one pupil in
five is persistently absent, 43 % of children in the highest group were (strategy 2020-22).
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import Rng, moments, pick, some
from kith.demo.lives.groups import troubled
from kith.demo.size import YEARS
from kith.demo.world import World

SUSPENSIONS, WORRIES, NOT_IN_SCHOOL, TAUGHT_AT_HOME = 1_500, 2_600, 120, 250
EXPLOITATION = ("sexual exploitation", "criminal exploitation", "county lines")
EXPLOITED_WITH_PLAN = 0.25  # comes out as 27 % of the children of whom a year's contacts tell
REASONS = (
    "Persistent disruptive behaviour",
    "Physical assault against a pupil",
    "Verbal abuse against an adult",
    "Damage",
    "Drug and alcohol related",
    "Physical assault against an adult",
    "Bullying",
    "Carrying an item not allowed",
)
NEEDS = ("SEMH", "ASD", "SLCN", "MLD", "SPLD", "HI", "PD")


def make_school_life(world: World) -> None:
    """Everything that schools and the education service write down."""
    rng = world.rng("school life")
    weight = troubled(world, rng)
    world.events["education_plans"] = _plans(world, rng)
    world.events["absence"] = _absence(world, rng, weight)
    world.events["suspensions"] = _suspensions(world, rng, weight)
    world.events["worries"] = _worries(world, rng, weight)
    world.events["not_in_school"] = _not_in_school(world, rng, weight)
    world.events["taught_at_home"] = _taught_at_home(world, rng)


def _plans(world: World, rng: Rng) -> pl.DataFrame:
    pool = world.aged(4.5, 17.97)
    told = world.events["outside_home"].filter(pl.col("harm").is_in(EXPLOITATION))
    harmed = np.union1d(world.events["exploited"]["person"].to_numpy(), told["person"].to_numpy())
    chance = np.where(np.isin(pool, harmed), EXPLOITED_WITH_PLAN, 0.031)
    who = np.concatenate([[cast.LEO.pid, cast.TYRESE.pid], pool[rng.random(len(pool)) < chance]])
    earlier = np.where(
        np.isin(who, harmed), 640, 0
    )  # needs were there, and mostly seen, before anybody harmed the child
    start = np.datetime64(world.today, "D") - rng.integers(60, 1900, len(who)) - earlier
    return (
        pl.DataFrame(
            {
                "person": who,
                "start": start,
                "need": pick(rng, NEEDS, len(who), [30, 34, 16, 8, 5, 3, 4]).tolist(),
                "review": start + 365 * ((np.datetime64(world.today, "D") - start).astype(int) // 365 + 1),
            }
        )
        .sort("start", "person")
        .with_row_index("plan")
    )


def terms(world: World) -> list[tuple[date, date]]:
    """School terms in the period told: autumn, spring, summer, near enough."""
    out = []
    for year in range(world.start.year, world.today.year + 1):
        out += [
            (date(year, 1, 5), date(year, 3, 28)),
            (date(year, 4, 13), date(year, 7, 21)),
            (date(year, 9, 3), date(year, 12, 18)),
        ]
    return [(start, end) for start, end in out if start >= world.start and end < world.today]


def _absence(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """A row a term for each pupil below 90 %: a summary, not a daily mark."""
    pool = np.concatenate([[p.pid for p in cast.CHILDREN if p.school], world.aged(5, 17.9)])
    low = 1 - np.exp(-0.16 - 0.05 * np.sqrt(weight[pool]))
    low[: sum(1 for p in cast.CHILDREN if p.school)] = 0.9
    parts = []
    for number, term in enumerate(terms(world)):
        age = (np.datetime64(term[0], "D") - world.born[pool]).astype(int) / 365.25
        parts.append(_term(rng, number, term, pool[age > 4.6], low[age > 4.6]))
    return pl.concat(parts)


def _term(rng: Rng, number: int, term: tuple[date, date], pool: np.ndarray, low: np.ndarray) -> pl.DataFrame:
    who = pool[rng.random(len(pool)) < low]
    possible = np.full(len(who), 118 if number % 3 else 108)
    present = (possible * (1 - np.minimum(0.1 + rng.exponential(0.11, len(who)), 0.97))).astype(int)
    unauthorised = ((possible - present) * rng.beta(1.4, 2.2, len(who))).astype(int)
    return pl.DataFrame(
        {
            "person": who,
            "term_start": [term[0]] * len(who),
            "term_end": [term[1]] * len(who),
            "possible": possible,
            "present": present,
            "unauthorised": unauthorised,
        }
    )


def _school_days(world: World, rng: Rng, count: int) -> np.ndarray:
    day = world.days(rng, count)
    weekday = (day.astype(int) + 3) % 7
    day = np.where(weekday > 4, day - 2, day)
    month = day.astype("datetime64[M]").astype(int) % 12
    return np.where(month == 7, day - 60, day).astype("datetime64[D]")


def _suspensions(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    pool = world.aged(7, 16.9)
    chance = weight[pool] * np.where(world.age[pool] > 11.3, 4.0, 0.5)
    count = round(world.size.yearly(SUSPENSIONS, 10) * YEARS)
    who = rng.choice(pool, count, p=chance / chance.sum())
    told = [
        (cast.AMARA, 140),
        (cast.AMARA, 58),
        (cast.LEO, 200),
        (cast.LEO, 133),
        (cast.LEO, 38),
        (cast.TYRESE, 400),
        (cast.KAI, 78),
    ]
    who = np.concatenate([who, [p.pid for p, _ in told]])
    day = np.concatenate(
        [_school_days(world, rng, count), [np.datetime64(world.today - timedelta(days=d), "D") for _, d in told]]
    )
    who = world.old_enough(rng, who, day, 5, weight)
    return (
        pl.DataFrame(
            {
                "person": who,
                "day": day,
                "days": np.minimum(rng.geometric(0.42, len(who)), 15) * 0.5 + 0.5,
                "reason": pick(rng, REASONS, len(who), [40, 16, 15, 7, 7, 6, 4, 5]).tolist(),
                "permanent": (rng.random(len(who)) < 0.006) & (who >= len(cast.PEOPLE)),
            }
        )
        .sort("day", "person")
        .with_row_index("suspension")
    )


def _worries(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Safeguarding log: worries and good news, with a note."""
    pool = world.aged(5, 17.9)
    chance = np.sqrt(weight[pool]) + 0.1
    count = round(world.size.yearly(WORRIES, 30) * YEARS)
    who = rng.choice(pool, count, p=chance / chance.sum())
    told = [
        person.pid
        for person, times in (
            (cast.AMARA, 9),
            (cast.TIA, 4),
            (cast.JAMAL, 3),
            (cast.KAI, 2),
            (cast.KANE, 1),
            (cast.LEO, 6),
            (cast.ZOFIA, 2),
            (cast.TYRESE, 5),
        )
        for _ in range(times)
    ]
    ago = (np.arange(len(told)) * 13) % 300 + 3
    who = np.concatenate([who, told])
    day = np.concatenate([_school_days(world, rng, count), np.datetime64(world.today, "D") - ago])
    who = world.old_enough(rng, who, day, 4.6, weight)
    at = day.astype("datetime64[m]") + rng.integers(510, 990, len(who))
    return (
        pl.DataFrame(
            {
                "person": who,
                "at": moments(at),
                "spot": world.spots(rng, len(who)),
                "kind": pick(
                    rng, ("Worry", "Worry", "Talk with home", "Good news"), len(who), [50, 22, 20, 8]
                ).tolist(),
            }
        )
        .sort("at", "person")
        .with_row_index("log")
    )


def _not_in_school(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    pool = world.aged(6, 16.9)
    who = some(rng, pool, round(world.size.yearly(NOT_IN_SCHOOL, 3) * YEARS), weight[pool] + 0.1)
    start = world.days(rng, len(who))
    who = world.old_enough(rng, who, start, 5, weight)
    end = start + rng.gamma(1.3, 45, len(who)).astype(int) + 3
    today = np.datetime64(world.today, "D")
    return (
        pl.DataFrame(
            {
                "person": who,
                "start": start,
                "end": np.where(end < today, end, np.datetime64("NaT")),
                "reason": pick(
                    rng,
                    (
                        "Moved, new school not found",
                        "No school place since arrival",
                        "Left roll, whereabouts being checked",
                        "Part-time timetable ended",
                    ),
                    len(who),
                ).tolist(),
            }
        )
        .sort("start", "person")
        .with_row_index("case")
    )


def _taught_at_home(world: World, rng: Rng) -> pl.DataFrame:
    who = some(rng, world.aged(5.5, 16.5), world.size.yearly(TAUGHT_AT_HOME, 4))
    return pl.DataFrame(
        {"person": who, "start": np.datetime64(world.today, "D") - rng.integers(40, 900, len(who))}
    ).sort("start", "person")

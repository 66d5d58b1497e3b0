"""The council's work with children: contacts, referrals, assessments, enquiries, plans, care.

Yearly counts from the annual report 2022-23 (9,293 contacts, 1,024 referrals of which 122 within a year of another, 268
children on plans for children in need, 108 on protection plans of whom 36 % not for the first time, 226 in care of whom
87 started in the year) and the scrutiny report 2023 (1,385 contacts about harm outside the home: 46 % to a social
worker, 10 % to early help).
"""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import Days, Ints, Rng, exactly, pick, some
from kith.demo.lives.groups import troubled
from kith.demo.size import YEARS
from kith.demo.world import World

CONTACTS, OUTSIDE_HOME, REFERRALS, STARTED_CARE = 9_293, 1_385, 1_024, 87
SOURCES = ("6", "2A", "3E", "1A", "3A", "5B", "3C", "4", "8", "2B", "7", "9", "5D", "1D", "10")
SOURCE_SHARE = (34, 21, 7, 9, 4, 5, 4, 3, 5, 2, 2, 1.5, 1.5, 0.7, 0.3)
HARM_KINDS = (
    "criminal exploitation",
    "sexual exploitation",
    "going missing",
    "violence between young people",
    "harm online",
    "county lines",
    "radicalisation",
    "harmful sexual behaviour between children",
)
HARM_SHARE = (11, 17, 22, 26, 14, 3, 3, 4)  # so that 97 and 118 children are open for criminal and sexual exploitation
PATHS = ("no further action", "early help", "assessed only", "child in need", "child protection")
PATH_SHARE = (17, 10, 43.5, 20.5, 9)
ANOTHER_PLAN = 0.39  # of children of any age; the youngest cannot have had one, so that 36 % have
SINCE = 3.4  # years of referrals, so that open work at the start is there


def make_social_care(world: World) -> None:
    """Everything the council does, each table on the ones before."""
    rng = world.rng("social care")
    weight = troubled(world, rng)
    world.events["referrals"] = _with_earlier_plans(world, _referrals(world, rng, weight))
    world.events["care"] = _care(world, rng, weight)
    world.events["contacts"] = _contacts(world, rng, weight)
    world.events["outside_home"] = _outside_home(world, rng, weight)


def _referrals(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """One row per referral with the path it took and the days on the way. A child has one open at a time."""
    count = round(world.size.yearly(REFERRALS, 16) * SINCE * 1.05)
    who = _people_for(world, rng, count, weight, repeats=0.13)
    start = world.days(rng, len(who), world.today - timedelta(days=round(SINCE * 365)))
    path = exactly(rng, range(len(PATHS)), len(who), PATH_SHARE).astype(int)
    start, path = np.concatenate([start, _cast_starts(world)[0]]), np.concatenate([path, _cast_starts(world)[2]])
    who = np.concatenate([who, _cast_starts(world)[1]])
    born_before = world.born[who] + 10 < start
    table = pl.DataFrame({"person": who, "start": start, "path": path}).filter(pl.Series(born_before))
    return _one_at_a_time(_milestones(world, rng, table), world).sort("start", "person").with_row_index("referral")


def _people_for(world: World, rng: Rng, count: int, weight: np.ndarray, repeats: float) -> Ints:
    first = some(rng, world.children, round(count * (1 - repeats)), weight[world.children])
    return np.concatenate([first, rng.choice(first, count - len(first))])


def _cast_starts(world: World) -> tuple[Days, Ints, Ints]:
    told = [
        (cast.AMARA, 620, 4),
        (cast.LEO, 380, 3),
        (cast.TIA, 170, 3),
        (cast.TYRESE, 1150, 4),
        (cast.JAMAL, 90, 2),
        (cast.KAI, 75, 3),
        (cast.ZOFIA, 44, 2),
    ]
    start = np.array([np.datetime64(world.today - timedelta(days=ago), "D") for _, ago, _ in told])
    return start, np.array([p.pid for p, _, _ in told]), np.array([path for _, _, path in told])


def _milestones(world: World, rng: Rng, table: pl.DataFrame) -> pl.DataFrame:
    """Days: assessment authorised (mostly inside 45 working days), enquiry, conference, plan, closure."""
    count, path = len(table), table["path"].to_numpy()
    start = table["start"].to_numpy().astype("datetime64[D]")
    assessed = np.where(path >= 2, start + rng.gamma(6, 7.2, count).astype(int) + 3, np.datetime64("NaT"))
    enquiry = np.where(
        (path == 4) | ((path == 3) & (rng.random(count) < 0.3)), start + rng.integers(0, 9, count), np.datetime64("NaT")
    )
    conference = np.where(path == 4, enquiry + rng.integers(8, 27, count), np.datetime64("NaT"))
    plan = np.where(path == 3, assessed + rng.integers(1, 12, count), conference)
    length = np.where(path == 3, rng.gamma(1.8, 245, count), rng.gamma(2.2, 160, count)).astype(int) + 40
    end = np.where(path >= 3, plan + length, np.where(path == 2, assessed + rng.integers(1, 20, count), start + 1))
    end = np.where(table["person"].to_numpy() < len(cast.PEOPLE), np.datetime64(world.today, "D") + 30, end)
    columns = {"assessed": assessed, "enquiry": enquiry, "conference": conference, "plan": plan, "end": end}
    table = table.with_columns(pl.Series(name, _until_today(days, world)) for name, days in columns.items())
    return table.with_columns(
        source=pl.Series(pick(rng, SOURCES, count, SOURCE_SHARE).tolist()),
        need=pl.Series(pick(rng, ("N1", "N2", "N3", "N4", "N5", "N6", "N8"), count, [58, 7, 4, 9, 12, 6, 4]).tolist()),
    )


def _with_earlier_plans(world: World, referrals: pl.DataFrame) -> pl.DataFrame:
    """When an earlier protection plan began, for those who had one: it had ended before this referral."""
    rng, count = world.rng("earlier plans"), len(referrals)
    began = referrals["start"].to_numpy().astype("datetime64[D]") - rng.integers(500, 1900, count)
    had = (rng.random(count) < ANOTHER_PLAN) & (referrals["person"].to_numpy() >= len(cast.PEOPLE))
    had &= (referrals["path"].to_numpy() == 4) & (began > world.born[referrals["person"].to_numpy()])
    return referrals.with_columns(earlier_plan=pl.Series(np.where(had, began, np.datetime64("NaT"))))


def _until_today(days: np.ndarray, world: World) -> np.ndarray:
    days = days.astype("datetime64[D]")
    return np.where(days > np.datetime64(world.today, "D") - 1, np.datetime64("NaT"), days)


def _one_at_a_time(table: pl.DataFrame, world: World) -> pl.DataFrame:
    table = table.sort("person", "start", "path")
    before = pl.col("end").fill_null(world.today).cum_max().shift().over("person")
    return table.filter(before.is_null() | (pl.col("start") > before))


def _care(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Periods in care: eighty-seven start a year and last 2.6 years on average, so about 226 are open."""
    count = round(world.size.yearly(STARTED_CARE, 2) * 9 * 0.74)
    who = some(rng, world.children, count, (weight + 0.5)[world.children])
    start = world.days(rng, len(who), world.today - timedelta(days=9 * 365))
    start = np.maximum(start, world.born[who] + 20)
    end = start + rng.exponential(2.75 * 365, len(who)).astype(int) + 14
    alone = np.concatenate([world.with_role("arrived alone"), world.with_role("care leaver")])
    arrived = np.minimum(np.datetime64(world.today, "D") - 90, world.born[alone] + 6200) - rng.integers(
        0, 640, len(alone)
    )
    grown = np.where(world.age[alone] >= 18, world.born[alone] + 6575, np.datetime64(world.today, "D") + 1)
    told = [(cast.AMARA, 505), (cast.TYRESE, 1090)]
    rows = {
        "person": np.concatenate([who, alone, [p.pid for p, _ in told]]),
        "start": np.concatenate(
            [start, arrived, [np.datetime64(world.today - timedelta(days=d), "D") for _, d in told]]
        ),
        "end": np.concatenate([end, grown, [np.datetime64(world.today, "D") + 30] * len(told)]),
    }
    rows["end"] = _until_today(np.minimum(rows["end"], world.born[rows["person"]] + 6575), world)
    table = pl.DataFrame(rows).filter(pl.col("end").is_null() | (pl.col("end") > pl.col("start")))
    return _placed(world, rng, table.sort("start", "person")).with_row_index("care")


def _placed(world: World, rng: Rng, table: pl.DataFrame) -> pl.DataFrame:
    kind = pick(rng, ("U6", "U3", "K2", "P1", "K3", "U1"), len(table), [46, 15, 13, 7, 11, 8])
    legal = pick(rng, ("C2", "C1", "V2", "E1"), len(table), [52, 20, 24, 4])
    kind = np.where(table["person"].to_numpy() == cast.AMARA.pid, "U1", kind)
    kind = np.where(table["person"].to_numpy() == cast.TYRESE.pid, "K2", kind)
    legal = np.where(table["person"].to_numpy() < len(cast.PEOPLE), "C2", legal)
    return table.with_columns(placement=pl.Series(kind.tolist()), legal=pl.Series(legal.tolist()))


def _contacts(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """All contacts but those about harm outside the home: every referral began as one, most end in advice."""
    began = world.events["referrals"].filter(pl.col("start") >= world.start)
    count = round(world.size.yearly(CONTACTS - OUTSIDE_HOME, 30) * YEARS) - len(began)
    who = rng.choice(world.children, count, p=_shares((weight + 0.25)[world.children]))
    outcome = pick(rng, ("No Further Action", "Information and Advice", "Early Help Referral"), count, [48, 38, 14])
    rest = pl.DataFrame(
        {
            "person": who,
            "day": world.days(rng, count),
            "source": pick(rng, SOURCES, count, SOURCE_SHARE).tolist(),
            "outcome": outcome.tolist(),
        }
    ).filter(pl.Series(world.born[who] < np.datetime64(world.start, "D")))
    led = began.select("person", day="start", source="source", outcome=pl.lit("Child In Need Referral"))
    return pl.concat([led, rest])


def _shares(weight: np.ndarray) -> np.ndarray:
    return np.asarray(weight / weight.sum())


def _outside_home(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Contacts about harm outside the home, with the kind of harm and what was decided. Growing 18 % a year."""
    count = round(world.size.yearly(OUTSIDE_HOME, 24) * YEARS * 0.853)
    pool = world.aged(10.5, 17.97)
    who = rng.choice(pool, count, p=_shares(weight[pool] + 0.4))
    span = (world.today - world.start).days
    day = np.datetime64(world.start, "D") + (span * rng.power(1.22, count)).astype(int)
    who = world.old_enough(rng, who, day, 9.5, weight + 0.4)
    outcome = exactly(
        rng, ("Social worker", "Early help", "Advice given", "No further action"), count, [46, 10, 27, 17]
    )
    told = [
        (cast.AMARA, 300, 1),
        (cast.AMARA, 150, 2),
        (cast.AMARA, 22, 2),
        (cast.LEO, 390, 0),
        (cast.LEO, 129, 2),
        (cast.TIA, 175, 1),
        (cast.JAMAL, 92, 0),
        (cast.KAI, 80, 3),
        (cast.ZOFIA, 45, 4),
    ]
    return pl.DataFrame(
        {
            "person": np.concatenate([who, [p.pid for p, _, _ in told]]),
            "day": np.concatenate([day, [np.datetime64(world.today - timedelta(days=d), "D") for _, d, _ in told]]),
            "harm": [*pick(rng, HARM_KINDS, count, HARM_SHARE).tolist(), *[HARM_KINDS[h] for _, _, h in told]],
            "outcome": [*outcome.tolist(), *["Social worker"] * len(told)],
            "source": pick(rng, SOURCES, count + len(told), SOURCE_SHARE).tolist(),
            "place": np.where(rng.random(count + len(told)) < 0.4, world.spots(rng, count + len(told)), -1),
        }
    ).sort("day", "person")

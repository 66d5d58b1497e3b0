"""Friends, and the adults and places that harm them.

Yearly counts: 97 children open to a social worker for criminal and 118 for sexual exploitation (scrutiny report, 2023).
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import Ints, Rng, some
from kith.demo.world import World

OPEN_CRIMINAL, OPEN_SEXUAL = 97, 118
HARMS = ("criminal exploitation", "sexual exploitation", "violence between young people")
DISSOLVED_DAYS_AGO = 240


def make_groups(world: World) -> None:
    """Friend groups with members, adults and places, and who is being exploited when."""
    rng = world.rng("groups")
    groups = [_cast_group(world, rng)]
    free = list(some(rng, world.aged(13.2, 17.9), 10**9))
    for number in range(1, max(3, world.size.yearly(42, 3))):
        group, free = _group(world, rng, number, free)
        groups.append(group)
    world.events["groups"] = pl.DataFrame([{k: v for k, v in g.items() if k != "people"} for g in groups])
    rows = [{"group": g["group"], **row} for g in groups for row in g["people"]]
    world.events["members"] = pl.DataFrame(rows)
    world.events["links"] = _friendships(world)
    world.events["exploited"] = _exploited(world, rng)


def _cast_group(world: World, rng: Rng) -> dict[str, Any]:
    since = world.today - timedelta(days=330)
    others = [int(pid) for pid in rng.choice(world.aged(14, 16.5), 2, replace=False)]
    members = [person.pid for person in cast.FRIENDS] + others
    people = [{"person": pid, "part": "child", "since": since, "until": None} for pid in members]
    people.append({"person": cast.MARLON.pid, "part": "adult of concern", "since": since, "until": None})
    return {
        "group": 0,
        "name": "Harbour Park friends",
        "harm": HARMS[1],
        "place": _place(cast.HARBOUR_PARK),
        "since": since,
        "until": None,
        "people": people,
    }


def _place(name: str) -> int:
    return int(places()["name"].to_list().index(name))


def _group(world: World, rng: Rng, number: int, free: list[int]) -> tuple[dict[str, Any], list[int]]:
    """A group grows from one child, with others of about that age who live nearby."""
    first, rest = free[0], np.array(free[1:])
    ward = world.people["ward"].to_numpy()
    near = np.where(ward[rest] == ward[first], 30.0, 1.0) * np.exp(-np.abs(world.age[rest] - world.age[first]))
    chosen = [first, *some(rng, rest, int(rng.integers(3, 8)), near).tolist()]
    since, until = _span(world, rng, number)
    people = [
        {"person": pid, "part": "child", "since": since + timedelta(days=int(rng.integers(0, 60))), "until": until}
        for pid in chosen
    ]
    adults = rng.choice(world.with_role("adult of concern"), int(rng.integers(0, 3)))
    people += [{"person": int(a), "part": "adult of concern", "since": since, "until": until} for a in adults]
    return {
        "group": number,
        "name": f"Group {number}",
        "harm": HARMS[number % 3],
        "place": int(world.spots(rng, 1)[0]),
        "since": since,
        "until": until,
        "people": people,
    }, [pid for pid in free if pid not in set(chosen)]


def _span(world: World, rng: Rng, number: int) -> tuple[date, date | None]:
    """Group 1 has dissolved; of the rest about a third have."""
    if number == 1:
        return world.start + timedelta(days=60), world.today - timedelta(days=DISSOLVED_DAYS_AGO)
    since = world.start + timedelta(days=int(rng.integers(0, 600)))
    ended = rng.random() < 0.33
    return since, since + timedelta(days=int(rng.integers(120, 300))) if ended else None


def _friendships(world: World) -> pl.DataFrame:
    """Every pair in a group truly knew each other while both were in it."""
    members = world.events["members"]
    pairs = members.join(members, on="group", suffix="_b").filter(pl.col("person") < pl.col("person_b"))
    adults = (pl.col("part") != "child") | (pl.col("part_b") != "child")
    return pairs.select(
        "group",
        a="person",
        b="person_b",
        kind=pl.when(adults).then(pl.lit("exploited-by")).otherwise(pl.lit("friend-of")),
        since=pl.max_horizontal("since", "since_b"),
        until=pl.min_horizontal("until", "until_b"),
    )


def _exploited(world: World, rng: Rng) -> pl.DataFrame:
    """Children being exploited, with the harm and the time: four in five girls for sexual, boys for criminal."""
    kinds = ((HARMS[0], OPEN_CRIMINAL, "M"), (HARMS[1], OPEN_SEXUAL, "F"))
    parts = [_harmed(world, rng, harm, world.size.yearly(round(count * 1.5), 2), sex) for harm, count, sex in kinds]
    return pl.concat([_cast_harm(world), *parts])


def _harmed(world: World, rng: Rng, harm: str, count: int, sex: str) -> pl.DataFrame:
    grouped = world.events["members"].filter(pl.col("part") == "child")["person"].to_numpy()
    pool = world.aged(12.5, 17.95)
    weight = np.where(np.isin(pool, grouped), 14.0, 1.0) * np.where(world.sex[pool] == sex, 5.0, 1.0)
    who = some(rng, pool, count, weight)
    start = world.days(rng, len(who), world.start - timedelta(days=120))
    start = np.maximum(start, world.born[who] + round(11.5 * 365.25))
    length = rng.gamma(2.5, 110, len(who)).astype(int) + 30
    end = start + length
    today = np.datetime64(world.today, "D")
    return pl.DataFrame(
        {
            "person": who,
            "harm": [harm] * len(who),
            "since": start,
            "until": np.where(end > today, np.datetime64("NaT"), end),
        }
    )


def _cast_harm(world: World) -> pl.DataFrame:
    rows = [
        (cast.AMARA, HARMS[1], 290),
        (cast.TIA, HARMS[1], 200),
        (cast.JAMAL, HARMS[0], 240),
        (cast.LEO, HARMS[0], 410),
        (cast.TYRESE, HARMS[0], 700),
    ]
    return pl.DataFrame(
        {
            "person": [p.pid for p, _, _ in rows],
            "harm": [h for _, h, _ in rows],
            "since": [world.today - timedelta(days=ago) for _, _, ago in rows],
        }
    ).with_columns(until=pl.lit(None, dtype=pl.Date))


def troubled(world: World, rng: Rng) -> np.ndarray:
    """How likely each person is to come to notice: exploited and grouped children most, a few others more than most."""
    weight = rng.gamma(0.35, 1.0, len(world.people)) + 0.02
    for table, factor in ((world.events["members"], 6.0), (world.events["exploited"], 14.0)):
        weight[table["person"].to_numpy()] += factor
    return np.asarray(weight)


def at_risk_on(world: World, who: Ints, day: np.ndarray) -> np.ndarray:
    """Whether each person was being exploited on the day."""
    spans = world.events["exploited"].with_columns(pl.col("until").fill_null(world.today))
    asked = pl.DataFrame({"person": who, "day": day.astype("datetime64[D]")}).with_row_index()
    hits = asked.join(spans, on="person").filter(pl.col("day").is_between("since", "until"))["index"].unique()
    out = np.zeros(len(who), dtype=bool)
    out[hits.to_numpy()] = True
    return out

"""Health: injuries, ambulances, mental health and its waits, school nursing, sexual health, substances."""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import Ints, Rng, moments, pick
from kith.demo.lives.groups import troubled
from kith.demo.size import YEARS
from kith.demo.world import World

INJURIES, AMBULANCES, MIND, NURSE, SEXUAL, SUBSTANCE = 1_250, 240, 850, 1_900, 700, 120
TOLD: dict[str, tuple[tuple[cast.CastPerson, int], ...]] = {
    "injuries": (
        (cast.AMARA, 95),
        (cast.AMARA, 21),
        (cast.JAMAL, 70),
        (cast.KANE, 33),
        (cast.LEO, 127),
        (cast.TYRESE, 260),
    ),
    "ambulances": ((cast.AMARA, 21), (cast.LEO, 127)),
    "mind": ((cast.AMARA, 210), (cast.TIA, 120), (cast.TYRESE, 500), (cast.LEO, 300)),
    "nurse": ((cast.AMARA, 260), (cast.AMARA, 100), (cast.ZOFIA, 40), (cast.KAI, 66), (cast.KANE, 66)),
    "sexual": ((cast.AMARA, 130), (cast.AMARA, 20), (cast.ISLA, 48), (cast.TIA, 22)),
    "substance": ((cast.JAMAL, 60), (cast.LEO, 90)),
}


def make_health(world: World) -> None:
    """Every health event, each with its person and time."""
    rng = world.rng("health")
    weight = troubled(world, rng)
    world.events["injuries"] = _injuries(world, rng, weight)
    world.events["ambulances"] = _visits(world, rng, weight, "ambulances", AMBULANCES, (9, 17.95))
    world.events["mind"] = _mind(world, rng, weight)
    world.events["nurse"] = _visits(world, rng, weight, "nurse", NURSE, (5, 17.9))
    world.events["sexual"] = _visits(world, rng, weight, "sexual", SEXUAL, (13, 17.97), girls=3.0)
    world.events["substance"] = _visits(world, rng, weight, "substance", SUBSTANCE, (12.5, 17.9))


def _people(
    world: World, rng: Rng, weight: np.ndarray, name: str, yearly: int, ages: tuple[float, float], girls: float = 1.0
) -> Ints:
    pool = world.aged(*ages)
    chance = (np.sqrt(weight[pool]) + 0.25) * np.where(world.sex[pool] == "F", girls, 1.0)
    who = rng.choice(pool, round(world.size.yearly(yearly, 4) * YEARS), p=chance / chance.sum())
    return np.concatenate([who, [person.pid for person, _ in TOLD[name]]])


def _told_days(world: World, name: str) -> np.ndarray:
    return np.array([np.datetime64(world.today - timedelta(days=ago), "D") for _, ago in TOLD[name]])


def _visits(
    world: World, rng: Rng, weight: np.ndarray, name: str, yearly: int, ages: tuple[float, float], girls: float = 1.0
) -> pl.DataFrame:
    who = _people(world, rng, weight, name, yearly, ages, girls)
    day = np.concatenate([world.days(rng, len(who) - len(TOLD[name])), _told_days(world, name)])
    who = world.old_enough(rng, who, day, ages[0])
    at = day.astype("datetime64[m]") + rng.integers(540, 1000, len(who))
    return (
        pl.DataFrame({"person": who, "at": moments(at), "spot": world.spots(rng, len(who))})
        .sort("at", "person")
        .with_row_index(name)
    )


def _injuries(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Injuries seen at the emergency department, on the hours of the place where they happened."""
    who = _people(world, rng, weight, "injuries", INJURIES, (4, 17.97))
    told = len(TOLD["injuries"])
    spot = world.spots(rng, len(who))
    at = world.times_at(rng, spot)
    who = world.old_enough(rng, who, at, 2)
    at[-told:] = _told_days(world, "injuries").astype("datetime64[m]") + 1275
    kind = pick(rng, ("Accident", "Assault", "Self-harm", "Sport", "Road traffic"), len(who), [46, 22, 10, 14, 8])
    kind[-told:] = "Assault"
    return (
        pl.DataFrame(
            {
                "person": who,
                "at": moments(at + rng.integers(25, 150, len(who))),
                "spot": spot,
                "kind": kind.tolist(),
                "arrived": pick(
                    rng, ("Walked in", "Ambulance", "With police", "With parent or carer"), len(who), [22, 16, 6, 56]
                ).tolist(),
            }
        )
        .sort("at", "person")
        .with_row_index("attendance")
    )


def _mind(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Mental health referrals, with the wait for a first appointment."""
    who = _people(world, rng, weight, "mind", MIND, (6, 17.9))
    start = np.concatenate([world.days(rng, len(who) - len(TOLD["mind"])), _told_days(world, "mind")])
    who = world.old_enough(rng, who, start, 5)
    first = start + rng.gamma(2.0, 55, len(who)).astype(int) + 5
    today = np.datetime64(world.today, "D")
    return (
        pl.DataFrame(
            {
                "person": who,
                "start": start,
                "first": np.where(first < today, first, np.datetime64("NaT")),
                "reason": pick(
                    rng,
                    ("Low mood", "Anxiety", "Trauma", "Self-harm", "Eating", "Neurodevelopmental"),
                    len(who),
                    [24, 27, 16, 13, 6, 14],
                ).tolist(),
                "urgency": pick(rng, ("Routine", "Urgent", "Emergency"), len(who), [80, 16, 4]).tolist(),
            }
        )
        .sort("start", "person")
        .with_row_index("referral")
    )

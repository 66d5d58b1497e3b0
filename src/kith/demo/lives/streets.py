"""What happens at places and times: crimes, stops, arrests, intelligence, complaints.

Yearly counts from the police scorecard 2022-23: 1,115 child victims, 824 child suspects, 227 crimes of child sexual
exploitation, 1,475 domestic abuse incidents; partner reports 253 in about two years (strategy 2020-22).
"""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import Ints, Rng, moments, pick, some, which
from kith.demo.lives.groups import troubled
from kith.demo.size import YEARS
from kith.demo.world import World

VICTIMS, SUSPECTS, EXPLOITED_VICTIMS, HOUSEHOLD_INCIDENTS = 860, 824, 227, 1_475
STOPS, REPORTS, NUISANCE = 320, 190, 900
SAFER_PLACE, SAFER_DAYS_AGO, SAFER_SHARE = "Lantern Arcade", 270, 0.72
VICTIM_OFFENCES = (
    "Assault without injury",
    "Assault with injury",
    "Robbery of personal property",
    "Theft from the person",
    "Threats",
    "Harassment",
    "Racially aggravated assault",
    "Sending a harmful message",
)
EXPLOITATION_OFFENCES = (
    "Sexual communication with a child",
    "Sexual activity with a child",
    "Meeting a child after grooming",
    "Arranging child sexual exploitation",
    "Taking indecent images of a child",
)
SUSPECT_OFFENCES = (
    "Assault without injury",
    "Shop theft",
    "Possession of cannabis",
    "Criminal damage",
    "Possession with intent to supply class A",
    "Robbery of personal property",
    "Possession of a blade",
    "Taking a vehicle",
    "Public order",
)
NOISES = (
    "Motorbike nuisance",
    "Group gathering, residents worried",
    "Shouting and loud music",
    "Fireworks thrown",
    "Young people asked to leave shop",
    "Damage to bus shelter",
)


def happenings(world: World, rng: Rng, count: int, kinds: tuple[str, ...] = ()) -> tuple[Ints, np.ndarray]:
    """Places and times on the planted pattern. After work at one place, most of what would have happened does not."""
    spot = world.spots(rng, count, kinds)
    at = world.times_at(rng, spot)
    safer = places()["name"].to_list().index(SAFER_PLACE)
    since = np.datetime64(world.today - timedelta(days=SAFER_DAYS_AGO), "m")
    keep = ~((spot == safer) & (at > since) & (rng.random(count) < SAFER_SHARE))
    return spot[keep], at[keep]


def make_streets(world: World) -> None:
    """Crimes, custody, stops, intelligence, flags, household incidents and nuisance."""
    rng = world.rng("streets")
    weight = troubled(world, rng)
    world.events["crimes"] = _crimes(world, rng, weight)
    world.events["stops"] = _stops(world, rng, weight)
    world.events["intelligence"] = _intelligence(world, rng)
    world.events["nuisance"] = _nuisance(world, rng)
    world.events["household_incidents"] = _household_incidents(world, rng)


def _crimes(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """One row for each person in each crime: victims, suspects, and the friends suspected with them."""
    victims = _crime_rows(world, rng, weight, VICTIMS, VICTIM_OFFENCES, "victim", (9, 17.97))
    harmed = _exploitation_crimes(world, rng)
    suspects = _crime_rows(world, rng, weight, SUSPECTS * 0.72, SUSPECT_OFFENCES, "suspect", (11, 17.97))
    table = pl.concat([victims, harmed, suspects, _cast_crimes(world)]).sort("at", "person")
    table = table.with_row_index("crime")
    return pl.concat([table, _suspected_together(world, rng, table)]).sort("at", "crime", "person")


def _crime_rows(
    world: World,
    rng: Rng,
    weight: np.ndarray,
    yearly: float,
    offences: tuple[str, ...],
    part: str,
    ages: tuple[float, float],
) -> pl.DataFrame:
    spot, at = happenings(world, rng, round(world.size.yearly(round(yearly), 8) * YEARS))
    pool = world.aged(*ages)
    chance = (weight if part == "suspect" else np.sqrt(weight) + 0.3)[pool] * (world.age[pool] - 7)
    who = rng.choice(pool, len(spot), p=chance / chance.sum())
    who = world.old_enough(rng, who, at, 10.1 if part == "suspect" else 6, weight)
    return _crime_table(who, at, spot, pick(rng, offences, len(spot), list(range(len(offences), 0, -1))), part)


def _crime_table(who: Ints, at: np.ndarray, spot: Ints, offence: np.ndarray, part: str) -> pl.DataFrame:
    return pl.DataFrame(
        {"person": who, "at": moments(at), "spot": spot, "offence": offence.tolist(), "part": [part] * len(who)}
    )


def _exploitation_crimes(world: World, rng: Rng) -> pl.DataFrame:
    """Crimes against children being exploited, while they are; about a third of them online."""
    spans = world.events["exploited"].filter(pl.col("harm") == "sexual exploitation")
    count = round(world.size.yearly(EXPLOITED_VICTIMS, 3) * YEARS)
    row = rng.integers(0, len(spans), count)
    who = spans["person"].to_numpy()[row]
    start = np.maximum(spans["since"].to_numpy()[row].astype("datetime64[D]"), np.datetime64(world.start, "D"))
    end = spans["until"].fill_null(world.today).to_numpy()[row].astype("datetime64[D]")
    day = start + (rng.random(count) * np.maximum((end - start).astype(int), 1)).astype(int)
    online = rng.random(count) < 0.33
    spot = np.where(
        online,
        world.spots(rng, count, ("online",)),
        world.spots(rng, count, ("hotel", "serviced apartments", "park", "takeaway")),
    )
    at = np.minimum(
        day.astype("datetime64[m]") + rng.integers(1080, 1439, count), np.datetime64(world.today, "m") - 600
    )
    return _crime_table(who, at, spot, pick(rng, EXPLOITATION_OFFENCES, count), "victim")


def _cast_crimes(world: World) -> pl.DataFrame:
    park = places()["name"].to_list().index(cast.HARBOUR_PARK)
    told = [
        (cast.AMARA, 148, 22, EXPLOITATION_OFFENCES[0], "victim"),
        (cast.AMARA, 21, 20, EXPLOITATION_OFFENCES[3], "victim"),
        (cast.TIA, 21, 20, EXPLOITATION_OFFENCES[3], "victim"),
        (cast.MARLON, 21, 20, EXPLOITATION_OFFENCES[3], "suspect"),
        (cast.LEO, 128, 17, SUSPECT_OFFENCES[4], "suspect"),
        (cast.JAMAL, 70, 16, VICTIM_OFFENCES[2], "victim"),
        (cast.TYRESE, 310, 19, SUSPECT_OFFENCES[1], "suspect"),
    ]
    at = [np.datetime64(world.today - timedelta(days=d), "m") + hour * 60 + 25 for _, d, hour, _, _ in told]
    return pl.DataFrame(
        {
            "person": [p.pid for p, *_ in told],
            "at": moments(np.array(at)),
            "spot": [park] * len(told),
            "offence": [o for *_, o, _ in told],
            "part": [part for *_, part in told],
        }
    )


def _suspected_together(world: World, rng: Rng, table: pl.DataFrame) -> pl.DataFrame:
    """In about a third of cases a friend of that time is suspected of the same crime."""
    links = world.events["links"].filter(pl.col("kind") == "friend-of")
    both = pl.concat(
        [links.select("a", "b", "since", "until"), links.select(a="b", b="a", since="since", until="until")]
    )
    mine = table.filter(pl.col("part") == "suspect").join(both, left_on="person", right_on="a")
    met = mine.filter(pl.col("at").dt.date().is_between("since", pl.col("until").fill_null(world.today)))
    met = met.filter((pl.col("person") >= len(cast.PEOPLE)) & (pl.col("b") >= len(cast.PEOPLE)))
    chosen = met.filter(pl.Series(rng.random(len(met)) < 0.28))
    return chosen.with_columns(person=pl.col("b")).select(table.columns).unique(maintain_order=True)


def _stops(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Stop and search, sometimes of two friends at once."""
    spot, at = happenings(
        world,
        rng,
        round(world.size.yearly(STOPS, 6) * YEARS),
        ("park", "street", "shopping", "coach station", "takeaway"),
    )
    pool = world.aged(11, 17.97)
    weight = weight * np.where(world.sex == "M", 6.0, 1.0)
    who = rng.choice(pool, len(spot), p=weight[pool] / weight[pool].sum())
    who = world.old_enough(rng, who, at, 10.5, weight)
    return (
        pl.DataFrame(
            {
                "person": who,
                "at": moments(at),
                "spot": spot,
                "reason": pick(rng, ("Drugs", "Weapon", "Stolen goods"), len(spot), [68, 20, 12]).tolist(),
                "outcome": pick(
                    rng,
                    ("No further action", "Community resolution", "Arrest", "Safeguarding referral"),
                    len(spot),
                    [66, 14, 8, 12],
                ).tolist(),
            }
        )
        .sort("at", "person")
        .with_row_index("stop")
    )


def _intelligence(world: World, rng: Rng) -> pl.DataFrame:
    """Partner reports about a child, an adult of concern, or only a place; fewer in school holidays."""
    links = world.events["links"]
    count = round(world.size.yearly(REPORTS, 8) * YEARS)
    row = rng.integers(0, len(links), count)
    since = np.maximum(links["since"].to_numpy()[row].astype("datetime64[D]"), np.datetime64(world.start, "D"))
    until = links["until"].fill_null(world.today).to_numpy()[row].astype("datetime64[D]")
    day = since + (rng.random(count) * np.maximum((until - since).astype(int), 1)).astype(int)
    august = (day.astype("datetime64[M]").astype(int) % 12) == 7
    spot = dict(zip(world.events["groups"]["group"], world.events["groups"]["place"], strict=True))
    about = rng.random(count)
    table = pl.DataFrame(
        {
            "person": np.where(about < 0.85, links["a"].to_numpy()[row], -1),
            "other": np.where(about < 0.6, links["b"].to_numpy()[row], -1),
            "day": day,
            "at": moments(day.astype("datetime64[m]") + rng.integers(900, 1430, count)),
            "spot": [spot[g] for g in links["group"].to_numpy()[row]],
            "harm": _harm_of(world, links["group"].to_numpy()[row]),
            "source": which(rng, 3, count, [45, 42, 13]) + 1,
            "grade": pick(rng, "ABCDE", count, [30, 16, 30, 22, 2]).tolist(),
            "handling": pick(rng, "PC", count, [74, 26]).tolist(),
            "reporter": pick(rng, REPORTERS, count, [7, 6, 5, 4, 3, 3, 2]).tolist(),
        }
    )
    table = table.filter(pl.Series(~august | (rng.random(count) < 0.45)))
    return pl.concat([_cast_reports(world), table]).sort("at", "person").with_row_index("report")


REPORTERS = ("school", "youth worker", "hotel", "health", "housing officer", "parent", "licensing officer")


def _harm_of(world: World, group: Ints) -> list[str]:
    table = dict(zip(world.events["groups"]["group"], world.events["groups"]["harm"], strict=True))
    return [table[g] for g in group]


def _cast_reports(world: World) -> pl.DataFrame:
    park = places()["name"].to_list().index(cast.HARBOUR_PARK)
    told = [
        (cast.AMARA, cast.TIA, 200),
        (cast.AMARA, cast.MARLON, 60),
        (cast.TIA, cast.MARLON, 24),
        (cast.JAMAL, cast.AMARA, 88),
        (cast.LEO, None, 135),
    ]
    day = np.array([np.datetime64(world.today - timedelta(days=d), "D") for _, _, d in told])
    count = len(told)
    return pl.DataFrame(
        {
            "person": [a.pid for a, _, _ in told],
            "other": [b.pid if b else -1 for _, b, _ in told],
            "day": day,
            "at": moments(day.astype("datetime64[m]") + 1160),
            "spot": [park] * count,
            "harm": ["sexual exploitation"] * count,
            "source": [1, 1, 2, 2, 1],
            "grade": ["A", "C", "A", "C", "A"],
            "handling": ["P", "C", "P", "P", "P"],
            "reporter": ["school", "youth worker", "school", "youth worker", "parent"],
        }
    )


def _nuisance(world: World, rng: Rng) -> pl.DataFrame:
    """Complaints about places, rarely with a name."""
    spot, at = happenings(world, rng, round(world.size.yearly(NUISANCE, 12) * YEARS))
    named = some(rng, world.aged(11, 17.9), len(spot), troubled(world, rng)[world.aged(11, 17.9)])
    who = np.where(rng.random(len(spot)) < 0.25, rng.choice(named, len(spot)), -1)
    return (
        pl.DataFrame({"person": who, "at": moments(at), "spot": spot, "what": pick(rng, NOISES, len(spot)).tolist()})
        .sort("at", "person")
        .with_row_index("complaint")
    )


def _household_incidents(world: World, rng: Rng) -> pl.DataFrame:
    """Domestic abuse notices: one row for each child in the home. Each names the adult harmed and how graded."""
    mothers = world.people.filter(pl.col("mother") >= len(cast.PEOPLE)).select(child="pid", adult="mother", born="born")
    mothers = mothers.filter(pl.Series(world.age[mothers["child"].to_numpy()] < 18))
    adults = mothers["adult"].unique(maintain_order=True).to_numpy()
    count = round(world.size.yearly(HOUSEHOLD_INCIDENTS, 6) * YEARS)
    chance = rng.gamma(0.15, 1, len(adults)) + 1e-4
    table = (
        pl.DataFrame(
            {
                "adult": rng.choice(adults, count, p=chance / chance.sum()),
                "at": moments(world.days(rng, count).astype("datetime64[m]") + rng.integers(0, 1439, count)),
                "grade": pick(rng, ("Standard", "Medium", "High"), count, [60, 30, 10]).tolist(),
            }
        )
        .sort("at", "adult")
        .with_row_index("incident")
    )
    joined = table.join(mothers, on="adult", maintain_order="left")
    return joined.filter(pl.col("born") < pl.col("at").dt.date()).rename({"child": "person"}).drop("born")

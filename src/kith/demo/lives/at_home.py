"""Crimes at home, and what became of crimes: domestic abuse, cruelty and neglect, sexual crime, outcomes.

Counts of twelve months and of the twelve before from the annual report 2022-23, whose area has 42,848 children as ours
has 43,000: domestic abuse crimes 2,669 (2,985), of them with a victim of 16 or 17: 72 (109); cruelty to and neglect of
children (Home Office class 11A) 106 (108); sexual crimes that are neither that nor exploitation 89 (41). Of notices of
domestic abuse 1,475 are incidents and no crimes. Outcomes: somebody charged in 9.5 % of sexual crimes of exploitation
(strategy 2020-22); the rest of the shares is invented.
"""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo.chance import Ints, Rng, moments, pick, whether
from kith.demo.size import YEARS
from kith.demo.systems import CAST_SIZE
from kith.demo.world import World

DOMESTIC, HARMED_16_17, CRUELTY, SEXUAL = (2_669, 2_985), (72, 109), (106, 108), (89, 41)
NOTICES_THAT_ARE_CRIMES = 0.37
DOMESTIC_OFFENCES = (
    "Assault without injury",
    "Assault with injury",
    "Harassment",
    "Controlling or coercive behaviour",
    "Criminal damage",
    "Threats",
    "Stalking",
    "Sending a harmful message",
)
CRUEL = "Cruelty to or neglect of a child"
SEXUAL_OFFENCES = ("Sexual assault of a child under 13", "Rape of a child under 16", "Sexual assault")
GRAVE = ("Rape", "Sexual", "Meeting a child", "Arranging child", "Taking indecent")
# Police outcomes by their Home Office numbers: charged, cautioned, resolved in the community, not enough evidence, the
# person harmed could not go on, nobody found, help instead of prosecution; the last is still being looked into.
OUTCOMES = ("1", "3", "8", "15", "16", "18", "22", None)
GRAVE_SHARE, SHARE = (9.5, 1, 0, 24, 27, 8, 0.5, 30), (8, 2, 6, 17, 26, 30, 4, 7)
FOUND_GUILTY = 0.7  # of those whose trial is over


def add_crimes_at_home(world: World) -> None:
    """Put crimes at home beside the others, and say of every crime what became of it."""
    rng = world.rng("crimes at home")
    notices = world.events["household_incidents"]
    crimes = world.events["crimes"].with_columns(domestic=pl.lit(False))
    told, grown = _told_in_notices(rng, notices), _grown_up(world, rng)
    young = _aged(world, rng, HARMED_16_17, (16, 18), ("F", "F", "F", "F", "M"))
    domestic = _rows([told, grown, young], DOMESTIC_OFFENCES, (30, 26, 18, 9, 8, 5, 3, 3), rng, domestic=True)
    sexual = _aged(world, rng, SEXUAL, (5, 18), ("F", "F", "F", "M"))
    cruel = _rows([_cruelty(world, rng)], (CRUEL,), (1,), rng, domestic=False)
    others = pl.concat([domestic, cruel, _rows([sexual], SEXUAL_OFFENCES, (4, 3, 3), rng, domestic=False)])
    others = others.sort("at", "person").with_row_index("crime", offset=len(crimes)).select(crimes.columns)
    world.events["crimes"] = pl.concat([crimes, others]).sort("at", "crime", "person")
    world.events["household_incidents"] = notices.with_columns(
        crimed=pl.col("incident").is_in(told["incident"].implode())
    )
    world.events["crime_outcomes"] = _outcomes(world)


def _told_in_notices(rng: Rng, notices: pl.DataFrame) -> pl.DataFrame:
    """Notices whose incident is recorded as a crime: the adult harmed is the victim, at that time."""
    once = notices.unique("incident", keep="first", maintain_order=True)
    chosen = once.filter(pl.Series(whether(rng, len(once), NOTICES_THAT_ARE_CRIMES)))
    return chosen.select("incident", person=pl.col("adult").cast(pl.Int64), at="at")


def _grown_up(world: World, rng: Rng) -> pl.DataFrame:
    """The other adults harmed, three in four of them women; some are harmed again and again."""
    adults = np.flatnonzero((world.age >= 18 + YEARS) & (np.arange(len(world.people)) >= CAST_SIZE))
    chance = rng.gamma(0.3, 1, len(adults)) * np.where(world.sex[adults] == "F", 3.0, 1.0) + 1e-4
    in_notices = len(world.events["household_incidents"]["incident"].unique()) * NOTICES_THAT_ARE_CRIMES / YEARS
    days = _days(world, rng, DOMESTIC, less=in_notices + HARMED_16_17[0] * world.size.share)
    return _at(rng.choice(adults, len(days), p=chance / chance.sum()), days, rng)


def _days(world: World, rng: Rng, yearly: tuple[int, int], less: float = 0.0) -> np.ndarray:
    """Days of the last twelve months at this year's count, and of the time before at last year's."""
    now, before = (max(1, round(count * world.size.share - less)) for count in yearly)
    turn, earlier = world.today - timedelta(days=365), YEARS - 1
    return np.concatenate(
        [world.days(rng, round(before * earlier), world.start, turn), world.days(rng, now, turn, world.today)]
    ).astype("datetime64[D]")


def _at(who: Ints, days: np.ndarray, rng: Rng) -> pl.DataFrame:
    many = len(days)
    evening = np.where(rng.random(many) < 0.6, rng.integers(1020, 1439, many), rng.integers(0, 1020, many))
    return pl.DataFrame({"person": who, "at": moments(days.astype("datetime64[m]") + evening)})


def _aged(
    world: World, rng: Rng, yearly: tuple[int, int], ages: tuple[float, float], sexes: tuple[str, ...]
) -> pl.DataFrame:
    """Children of these ages on the day; never the cast."""
    days = _days(world, rng, yearly)
    who, sex = np.zeros(len(days), int), pick(rng, sexes, len(days))
    for one in sorted(set(sexes)):
        here = sex == one
        who[here] = _of_age(world, rng, days[here], ages, one)
    return _at(who, days, rng)


def _of_age(world: World, rng: Rng, days: np.ndarray, ages: tuple[float, float], sex: str = "") -> Ints:
    """For each day somebody who was of these ages on it."""
    pool = np.flatnonzero((np.arange(len(world.people)) >= CAST_SIZE) & ((world.sex == sex) if sex else True))
    pool = pool[np.argsort(world.born[pool], kind="stable")]
    oldest, youngest = (days - np.timedelta64(round(age * 365.25), "D") for age in reversed(ages))
    low, high = (np.searchsorted(world.born[pool], edge, side="right") for edge in (oldest, youngest))
    chosen: Ints = pool[np.minimum(low + (rng.random(len(days)) * (high - low)).astype(int), len(pool) - 1)]
    return chosen


def _cruelty(world: World, rng: Rng) -> pl.DataFrame:
    """Recorded when the council and police enquire together, for about half; the others come from elsewhere."""
    days = _days(world, rng, CRUELTY)
    who = _of_age(world, rng, days, (0.2, 15.5))
    enquiries = world.events["referrals"].filter(pl.col("enquiry").is_not_null() & (pl.col("need") == "N1"))
    enquiries = enquiries.filter((pl.col("person") >= CAST_SIZE) & (pl.col("enquiry") >= world.start))
    if len(enquiries):
        known = np.flatnonzero(rng.random(len(days)) < 0.5)
        row = _nearest(enquiries["enquiry"].to_numpy().astype("datetime64[D]"), days[known])
        child, day = enquiries["person"].to_numpy()[row], enquiries["enquiry"].to_numpy().astype("datetime64[D]")[row]
        small = (day - world.born[child]).astype(int) < 15.5 * 365.25
        who[known[small]], days[known[small]] = child[small], day[small]
    return _at(who, days, rng)


def _nearest(among: np.ndarray, days: np.ndarray) -> Ints:
    order = np.argsort(among, kind="stable")
    return order[np.minimum(np.searchsorted(among[order], days), len(order) - 1)]


def _rows(
    parts: list[pl.DataFrame], offences: tuple[str, ...], share: tuple[int, ...], rng: Rng, *, domestic: bool
) -> pl.DataFrame:
    rows = pl.concat([part.select("person", "at") for part in parts]).unique(maintain_order=True)
    return rows.with_columns(
        spot=pl.lit(-1, dtype=pl.Int64),  # a home is no place of its own
        offence=pl.Series(pick(rng, offences, len(rows), share).tolist()),
        part=pl.lit("victim"),
        domestic=pl.lit(domestic),
    )


def _outcomes(world: World) -> pl.DataFrame:
    """What became of each crime with a victim: the police's outcome and its day, and the court's word where it came."""
    rng = world.rng("outcomes of crimes")
    crimes = world.events["crimes"].filter(pl.col("part") == "victim").unique("crime", maintain_order=True)
    grave = crimes["offence"].str.contains("|".join(GRAVE)).to_numpy()
    outcome = np.where(grave, pick(rng, OUTCOMES, len(crimes), GRAVE_SHARE), pick(rng, OUTCOMES, len(crimes), SHARE))
    recorded = crimes["at"].to_numpy().astype("datetime64[D]")
    closed = recorded + rng.gamma(2, np.where(grave, 49, 18)).astype(int) + 2
    tried = closed + rng.gamma(6, 45, len(crimes)).astype(int) + 40
    guilty = np.where(whether(rng, len(crimes), FOUND_GUILTY), "G", "N")
    today = np.datetime64(world.today, "D")
    known = (closed < today) & (outcome != None)  # noqa: E711 - told of each value, not of the array
    in_court = known & (outcome == "1") & (tried < today)
    return pl.DataFrame(
        {
            "crime": crimes["crime"],
            "outcome": _where(known, outcome),
            "closed": np.where(known, closed, np.datetime64("NaT")),
            "court": _where(in_court, guilty),
        }
    )


def _where(there: np.ndarray, words: np.ndarray) -> pl.Series:
    """The words where they are there, and nothing elsewhere."""
    return pl.Series([word if is_there else None for word, is_there in zip(words, there, strict=True)], dtype=pl.String)

"""Help and its limits: early help, youth work, specialists, mentors, youth justice, courts, the national mechanism.

Yearly counts: 1,283 children reached by youth work of whom 793 by detached work (scrutiny 2023); specialist help for
about half of exploited children open to a social worker (the same).
"""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import Ints, Rng, moments, pick, some
from kith.demo.lives.groups import troubled
from kith.demo.size import YEARS
from kith.demo.world import World

REACHED, SESSIONS_EACH, MENTORS, YOUTH_JUSTICE = 1_283, 2.6, 150, 140
LOG_DAYS = 900  # the children's home has kept its log on this system so long


def make_help(world: World) -> None:
    """Everything offered to children, and how long they waited."""
    rng = world.rng("help")
    weight = troubled(world, rng)
    world.events["early_help"] = _early_help(world, rng)
    world.events["youth_sessions"] = _youth_sessions(world, rng, weight)
    world.events["specialist"] = _specialist(world, rng)
    world.events["mentors"] = _mentors(world, rng, weight)
    world.events["youth_justice"] = _youth_justice(world, rng)
    world.events["courts"] = _courts(world, rng)
    world.events["national"] = _national(world, rng)
    world.events["daily_log"] = _daily_log(world, rng)


def _ended(world: World, end: np.ndarray) -> np.ndarray:
    return np.where(end < np.datetime64(world.today, "D"), end, np.datetime64("NaT"))


def _days_ago(world: World, days: list[int]) -> np.ndarray:
    return np.array([np.datetime64(world.today - timedelta(days=ago), "D") for ago in days])


def _early_help(world: World, rng: Rng) -> pl.DataFrame:
    contacts = world.events["contacts"].filter(pl.col("outcome") == "Early Help Referral").select("person", "day")
    outside = world.events["outside_home"].filter(pl.col("outcome") == "Early help").select("person", "day")
    events = pl.concat([contacts.cast({"day": pl.Date}), outside.cast({"day": pl.Date})]).sort("day", "person")
    start = events["day"].to_numpy().astype("datetime64[D]") + rng.integers(3, 20, len(events))
    end = start + rng.gamma(3, 50, len(events)).astype(int) + 20
    today = np.datetime64(world.today, "D")
    return (
        pl.DataFrame(
            {
                "person": events["person"],
                "start": start,
                "end": _ended(world, end),
                "reason": pick(
                    rng,
                    (
                        "Family support",
                        "School attendance",
                        "Behaviour worries",
                        "Parent's health",
                        "Harm outside the home",
                    ),
                    len(events),
                    [38, 20, 18, 12, 12],
                ).tolist(),
                "ending": pick(
                    rng,
                    ("Goals met", "Stepped up to social care", "Family ended it", "Moved away"),
                    len(events),
                    [66, 14, 14, 6],
                ).tolist(),
            }
        )
        .filter(pl.Series(start < today))
        .with_row_index("episode")
    )


def _youth_sessions(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    """Evenings at a youth building or with detached workers where young people are."""
    pool = world.aged(10.5, 17.97)
    reached = some(rng, pool, round(world.size.yearly(REACHED, 12) * 1.18), (np.sqrt(weight) + 0.2)[pool])
    who = np.repeat(reached, rng.geometric(1 / SESSIONS_EACH, len(reached)))
    told = [
        person.pid
        for person, times in ((cast.AMARA, 6), (cast.TIA, 5), (cast.JAMAL, 7), (cast.ZOFIA, 2), (cast.KAI, 3))
        for _ in range(times)
    ]
    who = np.concatenate([who, told])
    detached = rng.random(len(who)) < 0.41
    spot = np.where(
        detached,
        world.spots(rng, len(who), ("park", "shopping", "street")),
        world.spots(rng, len(who), ("youth building",)),
    )
    spot[-len(told) :] = places()["name"].to_list().index(cast.HARBOUR_PARK)
    return (
        pl.DataFrame(
            {
                "person": who,
                "day": world.days(rng, len(who), world.today - timedelta(days=600)),
                "spot": spot,
                "detached": detached,
                "theme": pick(
                    rng, ("Football", "Music", "Talk about safety online", "Cooking", "Drop-in", "Boxing"), len(who)
                ).tolist(),
            }
        )
        .sort("day", "person")
        .with_row_index("session")
    )


def _specialist(world: World, rng: Rng) -> pl.DataFrame:
    """The specialist service takes about half of those referred; others wait, and most find help elsewhere."""
    spans = world.events["exploited"]
    chosen = spans.filter(pl.Series(rng.random(len(spans)) < 0.82) | (pl.col("person") < len(cast.PEOPLE)))
    asked = chosen["since"].to_numpy().astype("datetime64[D]") + rng.integers(10, 60, len(chosen))
    allocated = asked + rng.gamma(2, 20, len(chosen)).astype(int)
    taken = (rng.random(len(chosen)) < 0.55) | (chosen["person"].to_numpy() < len(cast.PEOPLE))
    today = np.datetime64(world.today, "D")
    allocated = np.where(taken & (allocated < today), allocated, np.datetime64("NaT"))
    end = allocated + rng.gamma(3, 70, len(chosen)).astype(int) + 60
    elsewhere = world.rng("helped elsewhere")  # most of those who wait find help elsewhere, and are taken off the list
    found = asked + elsewhere.gamma(3, 50, len(chosen)).astype(int) + 60
    end = np.where(~taken & (elsewhere.random(len(chosen)) < 0.8), found, end)
    end = np.where(chosen["person"].to_numpy() < len(cast.PEOPLE), today + 9, end)
    return (
        pl.DataFrame(
            {
                "person": chosen["person"],
                "harm": chosen["harm"],
                "asked": asked,
                "allocated": allocated,
                "end": _ended(world, end),
            }
        )
        .filter(pl.Series(asked < today))
        .sort("asked", "person")
        .with_row_index("case")
    )


def _mentors(world: World, rng: Rng, weight: np.ndarray) -> pl.DataFrame:
    pool = world.aged(10, 17.95)
    who = some(rng, pool, round(world.size.yearly(MENTORS, 4) * YEARS), weight[pool] + 0.1)
    who = np.concatenate([[cast.JAMAL.pid, cast.LEO.pid, cast.KAI.pid, cast.TYRESE.pid], who])
    start = np.concatenate([_days_ago(world, [64, 100, 20, 220]), world.days(rng, len(who) - 4)])
    end = start + rng.gamma(4, 45, len(who)).astype(int) + 30
    end[:4] = np.datetime64(world.today, "D") + 1
    return (
        pl.DataFrame({"person": who, "start": start, "end": _ended(world, end)})
        .sort("start", "person")
        .with_row_index("match")
    )


def _youth_justice(world: World, rng: Rng) -> pl.DataFrame:
    """Out-of-court help and court orders after a suspicion; one in seven is told to be a child exploited by adults."""
    suspects = world.events["crimes"].filter((pl.col("part") == "suspect") & (pl.col("person") != cast.MARLON.pid))
    young = suspects.unique("person", keep="first", maintain_order=True)
    count = min(len(young), round(world.size.yearly(YOUTH_JUSTICE, 4) * YEARS))
    rows = young.filter(pl.Series(rng.random(len(young)) < count / len(young)) | (pl.col("person") == cast.LEO.pid))
    start = rows["at"].dt.date().to_numpy().astype("datetime64[D]") + rng.integers(10, 70, len(rows))
    today = np.datetime64(world.today, "D")
    kinds = (
        "Prevention",
        "Community resolution support",
        "Youth caution",
        "Referral order",
        "Youth rehabilitation order",
    )
    return (
        pl.DataFrame(
            {
                "person": rows["person"],
                "start": start,
                "end": _ended(world, start + rng.integers(90, 270, len(rows))),
                "kind": pick(rng, kinds, len(rows), [30, 28, 16, 18, 8]).tolist(),
            }
        )
        .filter(pl.Series(start < today))
        .sort("start", "person")
        .with_row_index("order")
    )


def _courts(world: World, rng: Rng) -> pl.DataFrame:
    """Hearings, past and listed ahead."""
    orders = world.events["youth_justice"]
    row = np.repeat(np.arange(len(orders)), 1 + (rng.random(len(orders)) < 0.6))
    day = orders["start"].to_numpy().astype("datetime64[D]")[row] + rng.integers(-30, 75, len(row))
    weekday = (day.astype(int) + 3) % 7
    day = np.where(weekday > 4, day - 2, day)
    return (
        pl.DataFrame(
            {
                "person": orders["person"].gather(row),
                "day": day,
                "hearing": pick(rng, ("First hearing", "Plea", "Sentence", "Review"), len(row)).tolist(),
            }
        )
        .sort("day", "person")
        .with_row_index("hearing_no")
    )


def _national(world: World, rng: Rng) -> pl.DataFrame:
    """Referrals to the national mechanism, with the first decision (reasonable grounds) and the last (conclusive)."""
    spans = world.events["exploited"]
    chosen = spans.filter(
        (pl.Series(rng.random(len(spans)) < 0.42) & (pl.col("person") >= len(cast.PEOPLE)))
        | pl.col("person").is_in([cast.AMARA.pid, cast.LEO.pid])
    )
    count, today = len(chosen), np.datetime64(world.today, "D")
    sent = chosen["since"].to_numpy().astype("datetime64[D]") + rng.integers(15, 90, count)
    first = sent + rng.integers(2, 22, count)
    last = first + rng.integers(60, 420, count)
    return (
        pl.DataFrame(
            {
                "person": chosen["person"],
                "harm": chosen["harm"],
                "sent": sent,
                "first": np.where(first < today, first, np.datetime64("NaT")),
                "first_decision": pick(rng, ("Positive", "Negative"), count, [88, 12]).tolist(),
                "last": np.where(last < today, last, np.datetime64("NaT")),
                "last_decision": pick(rng, ("Positive", "Negative", "Withdrawn"), count, [80, 12, 8]).tolist(),
                "county_lines": (chosen["harm"] == "criminal exploitation").to_numpy() & (rng.random(count) < 0.5),
            }
        )
        .filter(pl.Series(sent < today))
        .sort("sent", "person")
        .with_row_index("case")
    )


def _daily_log(world: World, rng: Rng) -> pl.DataFrame:
    """Seacroft House writes about each child once or twice a day. Tyrese has lived there longest."""
    stays = [
        (cast.TYRESE.pid, LOG_DAYS),
        (cast.EWAN.pid, 200),
        *[(int(pid), 160) for pid in world.with_role("placed child")[:2]],
    ]
    parts = [_stay(world, rng, pid, days) for pid, days in stays]
    parts.append(_gone_and_back(world, [pid for pid, _ in stays]))
    return pl.concat(parts).sort("at", "person").with_row_index("note")


def _stay(world: World, rng: Rng, pid: int, days: int) -> pl.DataFrame:
    times = 1 + (rng.random(days) < 0.3)
    ago = np.repeat(np.arange(days, 0, -1), times)
    at = (np.datetime64(world.today, "D") - ago).astype("datetime64[m]") + rng.integers(480, 1380, len(ago))
    spot: Ints = world.spots(rng, len(ago))
    kind = ["any day"] * len(ago)
    return pl.DataFrame({"person": np.full(len(ago), pid), "at": moments(at), "spot": spot, "kind": kind})


def _gone_and_back(world: World, residents: list[int]) -> pl.DataFrame:
    """The home's own note when a child who lives there goes missing, and when the child is back."""
    events = world.events["missing"].filter(pl.col("person").is_in(residents))
    events = events.filter(pl.col("gone").dt.date() > world.today - timedelta(days=160))
    parts = [
        events.select("person", at=pl.col(when), spot="found", kind=pl.lit(kind))
        for when, kind in (("gone", "gone"), ("back", "back"))
    ]
    return pl.concat(parts).drop_nulls("at")

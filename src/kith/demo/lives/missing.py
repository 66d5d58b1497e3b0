"""Missing episodes, and the conversations offered when a child comes back.

The council counts about 165 children in 495 episodes a year (annual report 2022-23), the police their own: 154 children
in 370 reports, because police write up some absences together and some never reach them.
"""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import Rng, falling, moments, pick, some, which
from kith.demo.lives.groups import troubled
from kith.demo.size import YEARS
from kith.demo.world import World

CHILDREN_A_YEAR, EPISODES_A_YEAR = 165, 495
PLACED = {"K2": "children's home", "K3": "supported accommodation", "P1": "home"}
REASONS = (
    "seeing friends",
    "family difficulty at home",
    "someone made her or him go",
    "unhappy where living",
    "wanted to see family",
    "difficulty at school",
    "an adult was in touch online",
)


def make_missing(world: World) -> None:
    """True episodes: who, when, from where, found where, with whom."""
    rng = world.rng("missing")
    who = _who(world, rng)
    count = len(who)
    spot = world.spots(
        rng,
        count,
        (
            "park",
            "takeaway",
            "serviced apartments",
            "hotel",
            "coach station",
            "rail station",
            "airport",
            "bus station",
            "motorway services",
            "far coach station",
            "far rail station",
            "shopping",
            "street",
            "car park",
        ),
    )
    gone = world.times_at(rng, np.full(count, 0))
    who = world.old_enough(rng, who, gone, 9.5, troubled(world, rng))
    hours = np.minimum(rng.lognormal(2.1, 1.1, count) + 0.7, 400)
    back = gone + (hours * 60).astype(int)
    now = np.datetime64(world.today, "m")
    frame = pl.DataFrame(
        {
            "person": who,
            "gone": moments(gone),
            "back": moments(np.where(back >= now, np.datetime64("NaT"), back)),
            "missing_from": _missing_from(world, who),
            "found": spot,
            "found_with": _companions(world, who, gone),
            "reason": pick(rng, REASONS, count, list(falling(7))),
            "grade": pick(rng, ("L", "M", "H"), count, [22, 60, 18]),
            "type": pick(rng, ("M", "A"), count, [88, 12]),
        }
    )
    frame = pl.concat([_cast_episodes(world), frame]).sort("gone", "person")
    world.events["missing"] = _return_conversations(world, rng, frame).with_row_index("episode")


def _who(world: World, rng: Rng) -> np.ndarray:
    """A few children have many episodes: the share of each falls with rank."""
    children = world.size.yearly(round(CHILDREN_A_YEAR * YEARS * 0.475), 6)
    pool = world.aged(11, 17.95)
    who = some(rng, pool, children, troubled(world, rng)[pool])
    episodes = max(len(who), round(world.size.yearly(EPISODES_A_YEAR, 10) * YEARS * 0.98) - 20)
    again = who[which(rng, len(who), episodes - len(who), list(falling(len(who), 0.75)))]
    return np.concatenate([who, again])


def _missing_from(world: World, who: np.ndarray) -> list[str]:
    """Where each child lived: by placement for children in care, home for the others."""
    care = world.events["care"].unique("person", keep="last", maintain_order=True)
    kinds = dict(zip(care["person"].to_list(), care["placement"].to_list(), strict=True))
    return [PLACED.get(kinds[pid], "foster home") if pid in kinds else "home" for pid in who.tolist()]


def _companions(world: World, who: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """For about a third, somebody the child truly knew then; the rest were alone or it is not known."""
    rng = world.rng("companions")
    links = world.events["links"].filter(pl.col("kind") == "friend-of")
    both = pl.concat(
        [links.select("a", "b", "since", "until"), links.select(a="b", b="a", since="since", until="until")]
    )
    asked = pl.DataFrame({"a": who, "day": gone.astype("datetime64[D]")}).with_row_index()
    met = asked.join(both, on="a").filter(pl.col("day").is_between("since", pl.col("until").fill_null(world.today)))
    one = met.group_by("index").agg(pl.col("b").sort().first(), n=pl.len()).sort("index")
    out = np.full(len(who), -1)
    out[one["index"].to_numpy()] = one["b"].to_numpy()
    return np.where(rng.random(len(who)) < 0.62, out, -1)


def _cast_episodes(world: World) -> pl.DataFrame:
    """Amara's five, two of them with Tia; Leo's two; Tyrese's nine; Ewan's one."""
    told = [
        (cast.AMARA, 151, 20, 5.0, "foster home", cast.TIA.pid, "H"),
        (cast.AMARA, 96, 18, 26.0, "foster home", -1, "M"),
        (cast.AMARA, 61, 19, 9.5, "foster home", cast.JAMAL.pid, "M"),
        (cast.AMARA, 23, 21, 31.0, "foster home", cast.TIA.pid, "H"),
        (cast.AMARA, 4, 17, 14.0, "foster home", -1, "M"),
        (cast.TIA, 151, 20, 5.5, "home", cast.AMARA.pid, "M"),
        (cast.TIA, 23, 21, 31.0, "home", cast.AMARA.pid, "M"),
        (cast.LEO, 130, 16, 50.0, "home", -1, "H"),
        (cast.LEO, 40, 15, 22.0, "home", -1, "M"),
        (cast.EWAN, 12, 19, 8.0, "children's home", -1, "M"),
        *[(cast.TYRESE, 40 + 55 * n, 18, 6.0 + n, "children's home", -1, "M") for n in range(9)],
    ]
    park = int(places()["name"].to_list().index(cast.HARBOUR_PARK))
    gone = [np.datetime64(world.today - timedelta(days=ago), "m") + hour * 60 + 10 for _, ago, hour, *_ in told]
    back = [start + int(row[3] * 60) for start, row in zip(gone, told, strict=True)]
    count = len(told)
    return pl.DataFrame(
        {
            "person": [row[0].pid for row in told],
            "gone": moments(np.array(gone)),
            "back": moments(np.array(back)),
            "missing_from": [row[4] for row in told],
            "found": [park] * count,
            "found_with": [row[5] for row in told],
            "reason": [REASONS[n % 3] for n in range(count)],
            "grade": [row[6] for row in told],
            "type": ["M"] * count,
        },
        schema_overrides={"found": pl.Int64, "found_with": pl.Int64, "person": pl.Int64},
    )


def _return_conversations(world: World, rng: Rng, frame: pl.DataFrame) -> pl.DataFrame:
    """Offered to most, accepted by two in three, and of those about six in ten within 72 hours of the return."""
    count = len(frame)
    offered = (rng.random(count) < 0.93) & frame["back"].is_not_null().to_numpy()
    accepted = offered & (rng.random(count) < 0.68)
    hours = np.where(rng.random(count) < 0.61, rng.uniform(6, 71, count), rng.uniform(73, 400, count))
    back = frame["back"].to_numpy().astype("datetime64[m]")
    offer = back + (rng.uniform(2, 40, count) * 60).astype(int)
    done = np.maximum(back + (hours * 60).astype(int), offer + 60)
    now = np.datetime64(world.today, "m")
    return frame.with_columns(
        offered=pl.Series(moments(np.where(offered & (offer < now), offer, np.datetime64("NaT")))),
        accepted=pl.Series(accepted & (offer < now)),
        talked=pl.Series(moments(np.where(accepted & (done < now), done, np.datetime64("NaT")))),
    )

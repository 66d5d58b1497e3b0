"""Supervision: a manager goes through the work with a child's worker, and what is decided is written down."""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.agencies.social_care.tables import keys, spread
from kith.demo.agencies.social_care.work import referrals
from kith.demo.chance import pick
from kith.demo.dress import dated, serial
from kith.demo.feed import Fault, Feed
from kith.demo.world import World

EVERY, AGREED = 35, timedelta(days=730)  # days between two; how far back the file goes
NEW_FORM = timedelta(days=240)  # ago: since then the form asks what was decided
SUPERVISORS = ("Farah Aziz", "Moira Penhale", "Idris Kalu", "Beth Sandry", "Tom Garrick")


def feeds(world: World) -> list[Feed]:
    """Of children with a protection plan, in the last two years."""
    planned = referrals(world).filter(pl.col("plan").is_not_null() & (pl.col("path") == 4))
    row, day = spread(world, planned, "plan", "end", EVERY, "supervision", loose=12)
    kept = day >= np.datetime64(world.today - AGREED, "D")
    row, day = row[kept], day[kept]
    order = np.argsort(day, kind="stable")
    row, day = row[order], day[order]
    rng, who = world.rng("supervision"), planned["person"].to_numpy()[row]
    late = rng.random(len(row)) < np.where((day.astype("datetime64[M]").astype(int) % 12) == 7, 0.34, 0.13)  # August
    due = day + np.where(late, -rng.integers(1, 16, len(row)), rng.integers(0, 7, len(row)))
    written = rng.random(len(row)) < np.where(day >= np.datetime64(world.today - NEW_FORM, "D"), 0.93, 0.74)
    frame = pl.DataFrame(
        {
            "SupervisionNo": serial("SV", pl.Series(range(len(row)))),
            "PersonID": keys(world, who),
            "HeldOn": dated(day),
            "DueBy": dated(due),
            "Supervisor": pick(rng, SUPERVISORS, len(row)).tolist(),
            "DecisionRecorded": np.where(written, "Y", "N").tolist(),
        }
    )
    fault = Fault("HeldOn", "31/02/2026", "the day does not exist")
    return [Feed("council-supervision", cast.COUNCIL, "supervision_", frame, who, happened=day, faults=(fault,))]

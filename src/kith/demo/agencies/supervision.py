"""Supervision: a manager goes through the work with a child's worker, and what is decided is written down."""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.agencies.social_care.tables import keys, spread
from kith.demo.agencies.social_care.work import referrals
from kith.demo.chance import Ints, pick
from kith.demo.dress import dated, serial
from kith.demo.feed import Fault, Feed
from kith.demo.world import World

EVERY = {"CP": 35, "CLA": 56, "CIN": 84}  # days between two, by plan: protection, care, need
AGREED = timedelta(days=730)  # how far back the file goes
NEW_FORM = timedelta(days=240)  # ago: since then the form asks what was decided
SUPERVISORS = ("Farah Aziz", "Moira Penhale", "Idris Kalu", "Beth Sandry", "Tom Garrick")


def feeds(world: World) -> list[Feed]:
    """Of children with a protection plan, in need or in care, in the last two years."""
    who, day, plan = _held(world)
    rng, row = world.rng("supervision"), np.arange(len(who))
    late = rng.random(len(row)) < np.where((day.astype("datetime64[M]").astype(int) % 12) == 7, 0.34, 0.13)  # August
    due = day + np.where(late, -rng.integers(1, 16, len(row)), rng.integers(0, 7, len(row)))
    written = rng.random(len(row)) < np.where(day >= np.datetime64(world.today - NEW_FORM, "D"), 0.93, 0.74)
    frame = pl.DataFrame(
        {
            "SupervisionNo": serial("SV", pl.Series(range(len(row)))),
            "PersonID": keys(world, who),
            "HeldOn": dated(day),
            "DueBy": dated(due),
            "PlanType": plan.tolist(),
            "Supervisor": pick(rng, SUPERVISORS, len(row)).tolist(),
            "DecisionRecorded": np.where(written, "Y", "N").tolist(),
        }
    )
    fault = Fault("HeldOn", "31/02/2026", "the day does not exist")
    return [Feed("council-supervision", cast.COUNCIL, "supervision_", frame, who, happened=day, faults=(fault,))]


def _held(world: World) -> tuple[Ints, np.ndarray, np.ndarray]:
    """Whose work was gone through, on which day, under which plan, in the order of days."""
    planned = referrals(world).filter(pl.col("plan").is_not_null())
    care = world.events["care"].filter(pl.col("end").is_null() | (pl.col("end") >= world.start))
    under = {
        "CP": planned.filter(pl.col("path") == 4),
        "CLA": care.rename({"start": "plan"}),
        "CIN": planned.filter(pl.col("path") == 3),
    }
    found = []
    for plan, events in under.items():
        row, day = spread(world, events, "plan", "end", EVERY[plan], f"supervision {plan}", loose=12)
        found.append((events["person"].to_numpy()[row], day, np.full(len(row), plan)))
    who, day, plans = (np.concatenate(each) for each in zip(*found, strict=True))
    order = np.argsort(day, kind="stable")
    order = order[day[order] >= np.datetime64(world.today - AGREED, "D")]
    return who[order], day[order], plans[order]

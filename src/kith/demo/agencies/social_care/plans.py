"""Plans for children in need and child protection plans, with their visits and reviews."""

import numpy as np
import polars as pl

from kith.demo.agencies.social_care.tables import keys, spread, table, team_of
from kith.demo.agencies.social_care.work import referrals
from kith.demo.chance import pick, texts
from kith.demo.dress import ISO, dated, day_array, serial
from kith.demo.feed import Fault, Feed
from kith.demo.world import World

EARLIER = 500_000  # numbers of plans from before the referrals that are told


def plan_tables(world: World) -> list[Feed]:
    planned = referrals(world).filter(pl.col("plan").is_not_null())
    need, protect = planned.filter(pl.col("path") == 3), planned.filter(pl.col("path") == 4)
    return [
        _cin_plans(world, need),
        _visits(world, need, "cin", 28),
        _cp_plans(world, protect),
        _visits(world, protect, "cp", 14),
        _cp_reviews(world, protect),
    ]


def _cin_plans(world: World, events: pl.DataFrame) -> Feed:
    who = events["person"].to_numpy()
    team, worker = team_of(world, who)
    frame = pl.DataFrame(
        {
            "cinp_cin_plan_id": serial("CN", events["referral"]),
            "cinp_referral_id": serial("R", events["referral"]),
            "cinp_person_id": keys(world, who),
            "cinp_cin_plan_start_date": dated(events["plan"], ISO),
            "cinp_cin_plan_end_date": dated(events["end"], ISO),
            "cinp_cin_plan_team": team,
            "cinp_cin_plan_worker_id": worker,
        }
    )
    return table("cin_plans", frame, who, day_array(events["plan"]), late=("cinp_cin_plan_end_date",))


def _with_earlier(world: World, events: pl.DataFrame) -> pl.DataFrame:
    """The plans, and those that children had had before: old rows of the same table."""
    had = events.filter(pl.col("earlier_plan").is_not_null())
    length = pl.Series(world.rng("earlier plans' length").integers(90, 430, len(had)))
    ended = had["earlier_plan"].dt.offset_by(length.cast(pl.String) + "d")
    numbered = pl.col("referral").cast(pl.Int64)
    earlier = had.with_columns(referral=numbered + EARLIER, plan=pl.col("earlier_plan"), end=ended)
    return pl.concat([earlier, events.with_columns(referral=numbered)]).sort("plan", "person", "referral")


def _cp_plans(world: World, events: pl.DataFrame) -> Feed:
    events = _with_earlier(world, events)
    who = events["person"].to_numpy()
    category = pick(world.rng("categories"), ("NEG", "EMO", "PHY", "SAB"), len(who), [52, 36, 8, 4])
    words = texts(
        [
            {"NEG": "Neglect", "EMO": "Emotional abuse", "PHY": "Physical abuse", "SAB": "Sexual abuse"}[c]
            for c in category
        ]
    )
    frame = pl.DataFrame(
        {
            "cppl_cp_plan_id": serial("CP", events["referral"]),
            "cppl_referral_id": serial("R", events["referral"]),
            "cppl_icpc_id": serial("IC", events["referral"]),
            "cppl_person_id": keys(world, who),
            "cppl_cp_plan_start_date": dated(events["plan"], ISO),
            "cppl_cp_plan_end_date": dated(events["end"], ISO),
            "cppl_cp_plan_ola": ["N"] * len(events),
            "cppl_cp_plan_initial_category": words.tolist(),
            "cppl_cp_plan_latest_category": words.tolist(),
        }
    )
    return table(
        "cp_plans",
        frame,
        who,
        day_array(events["plan"]),
        (Fault("cppl_cp_plan_start_date", "30/02/2026", "the day does not exist"),),
        late=("cppl_cp_plan_end_date",),
    )


def _visits(world: World, events: pl.DataFrame, kind: str, every: int) -> Feed:
    """Visits under a plan; most children are seen, and more than half alone."""
    row, day = spread(world, events, "plan", "end", every, kind)
    rng, who = world.rng("visits", kind), events["person"].to_numpy()[row]
    head = {"cin": "cinv_cin_visit", "cp": "cppv_cp_visit"}[kind]
    seen, alone = rng.random(len(row)) < 0.93, rng.random(len(row)) < 0.58
    plan = {} if kind == "cin" else {"cppv_cp_plan_id": serial("CP", events["referral"].gather(row))}
    frame = pl.DataFrame(
        {
            f"{head}_id": serial(kind.upper() + "V", pl.Series(range(len(row)))),
            f"{head.split('_')[0]}_person_id": keys(world, who),
            **plan,
            f"{head}_date": dated(day, ISO),
            f"{head}_seen": np.where(seen, "Y", "N").tolist(),
            f"{head}_seen_alone": np.where(seen & alone, "Y", "N").tolist(),
            f"{head}_bedroom": np.where(rng.random(len(row)) < 0.3, "Y", "N").tolist(),
        }
    )
    order = np.argsort(day, kind="stable")
    return table(f"{kind}_visits", frame[order], who[order], day[order])


def _cp_reviews(world: World, events: pl.DataFrame) -> Feed:
    row, day = spread(world, events, "plan", "end", 120, "reviews")
    who = events["person"].to_numpy()[row]
    frame = pl.DataFrame(
        {
            "cppr_cp_review_id": serial("CPR", pl.Series(range(len(row)))),
            "cppr_person_id": keys(world, who),
            "cppr_cp_plan_id": serial("CP", events["referral"].gather(row)),
            "cppr_cp_review_due": dated(day + 6, ISO),
            "cppr_cp_review_date": dated(day, ISO),
            "cppr_cp_review_meeting_id": serial("RM", pl.Series(range(len(row)))),
            "cppr_cp_review_outcome_continue_cp": ["Y"] * len(row),
            "cppr_cp_review_quorate": ["Y"] * len(row),
            "cppr_cp_review_participation": pick(
                world.rng("participation"), ("PN1", "PN2", "PN3", "PN7", "PN0"), len(row), [24, 14, 22, 20, 20]
            ).tolist(),
        }
    )
    return table("cp_reviews", frame, who, day)

"""Early help on the case system, reviews of care, health checks, strengths and difficulties, special needs."""

import numpy as np
import polars as pl

from kith.demo.agencies.social_care.tables import keys, spread, table
from kith.demo.chance import Ints, pick
from kith.demo.dress import ISO, column_text, dated, day_array, serial
from kith.demo.feed import Feed
from kith.demo.world import World


def wellbeing_tables(world: World, known: Ints) -> list[Feed]:
    """Tables about how children in care are, and the two that stand beside."""
    care = world.events["care"].filter(pl.col("end").is_null() | (pl.col("end") >= world.start))
    return [
        _early_help(world, known),
        _reviews(world, care),
        _health_checks(world, care),
        _questionnaires(world, care),
        _special_needs(world, known),
    ]


def _early_help(world: World, known: Ints) -> Feed:
    """Only families whom social care worked with too: the rest are in early help's own system."""
    referred = np.intersect1d(known, world.events["referrals"]["person"].to_numpy())
    events = world.events["early_help"].filter(pl.col("person").is_in(referred.tolist()))
    who = events["person"].to_numpy()
    ended = events["end"].is_not_null()
    frame = pl.DataFrame(
        {
            "earl_episode_id": serial("EE", events["episode"]),
            "earl_person_id": keys(world, who),
            "earl_episode_start_date": dated(events["start"], ISO),
            "earl_episode_end_date": dated(events["end"], ISO),
            "earl_episode_reason": events["reason"],
            "earl_episode_end_reason": pl.select(pl.when(ended).then(events["ending"]))[:, 0],
            "earl_episode_organisation": ["Severnmouth early help"] * len(events),
            "earl_episode_worker_id": column_text([None] * len(events)),
        }
    )
    late = ("earl_episode_end_date", "earl_episode_end_reason")
    return table("early_help_episodes", frame, who, day_array(events["start"]), late=late)


def _reviews(world: World, care: pl.DataFrame) -> Feed:
    row, day = spread(world, care, "start", "end", 170, "care reviews")
    who = care["person"].to_numpy()[row]
    late = world.rng("late care reviews").random(len(row)) < 0.08
    due = day + np.where(late, -(row % 21) - 1, 9)
    part = pick(world.rng("care reviews"), ("PN1", "PN2", "PN3", "PN5", "PN7"), len(row), [48, 12, 22, 10, 8])
    frame = pl.DataFrame(
        {
            "clar_cla_review_id": serial("CR", pl.Series(range(len(row)))),
            "clar_cla_id": serial("CLA", care["care"].gather(row)),
            "clar_cla_review_due_date": dated(due, ISO),
            "clar_cla_review_date": dated(day, ISO),
            "clar_cla_review_cancelled": ["N"] * len(row),
            "clar_cla_review_participation": part.tolist(),
        }
    )
    return table("cla_reviews", frame, who, day)


def _health_checks(world: World, care: pl.DataFrame) -> Feed:
    row, day = spread(world, care, "start", "end", 330, "health checks")
    who = care["person"].to_numpy()[row]
    kind = pick(world.rng("health checks"), ("Health check", "Dental check", "Optical check"), len(row), [50, 40, 10])
    frame = pl.DataFrame(
        {
            "clah_health_check_id": serial("HC", pl.Series(range(len(row)))),
            "clah_person_id": keys(world, who),
            "clah_health_check_type": kind.tolist(),
            "clah_health_check_date": dated(day, ISO),
            "clah_health_check_status": ["Completed"] * len(row),
        }
    )
    return table("cla_health", frame, who, day)


def _questionnaires(world: World, care: pl.DataFrame) -> Feed:
    row, day = spread(world, care, "start", "end", 360, "questionnaires")
    who = care["person"].to_numpy()[row]
    score = np.clip(world.rng("scores").normal(14, 6.5, len(row)), 0, 38).astype(int)
    frame = pl.DataFrame(
        {
            "csdq_table_id": serial("SDQ", pl.Series(range(len(row)))),
            "csdq_person_id": keys(world, who),
            "csdq_sdq_score": column_text([str(number) for number in score]),
            "csdq_sdq_completed_date": dated(day, ISO),
            "csdq_sdq_reason": column_text([None] * len(row)),
        }
    )
    return table("sdq_scores", frame, who, day)


def _special_needs(world: World, known: Ints) -> Feed:
    who = np.intersect1d(known, world.events["education_plans"]["person"].to_numpy())
    frame = pl.DataFrame(
        {
            "send_table_id": serial("SE", pl.Series(who)),
            "send_person_id": keys(world, who),
            "send_upn": world.people["upn"].gather(who),
            "send_uln": column_text([None] * len(who)),
            "send_upn_unknown": column_text([None] * len(who)),
        }
    )
    return table("send", frame, who)

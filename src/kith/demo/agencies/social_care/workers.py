"""Who works for the council, and with whom."""

import numpy as np
import polars as pl

from kith.demo.agencies.social_care.tables import keys, table, team_of
from kith.demo.agencies.social_care.work import referrals
from kith.demo.chance import Ints
from kith.demo.dress import ISO, column_text, dated, serial
from kith.demo.feed import Feed
from kith.demo.staff import allocations, workers
from kith.demo.world import World


def worker_tables(world: World) -> list[Feed]:
    """Who works for the council, and with whom."""
    staff = workers(world)
    professionals = pl.DataFrame(
        {
            "prof_professional_id": [w.email for w in staff],
            "prof_staff_id": [w.number for w in staff],
            "prof_professional_name": [w.name for w in staff],
            "prof_social_worker_registration_no": [w.registration for w in staff],
            "prof_agency_worker_flag": ["N"] * len(staff),
            "prof_professional_job_title": [w.role for w in staff],
            "prof_professional_caseload": [str(w.caseload) for w in staff],
            "prof_professional_department": [w.team for w in staff],
            "prof_full_time_equivalency": ["1.0"] * len(staff),
            "prof_professional_email": [w.email for w in staff],
            "prof_professional_phone": [w.phone for w in staff],
        }
    )
    open_work = _being_worked_with(world)
    who = np.array([pid for pid in allocations(world) if pid in open_work])
    team, worker = team_of(world, who)
    since = _since(world, who)
    frame = pl.DataFrame(
        {
            "invo_involvements_id": serial("IN", pl.Series(who)),
            "invo_professional_id": worker,
            "invo_professional_role_id": ["ALLOCATED CASE WORKER"] * len(who),
            "invo_professional_team": team,
            "invo_person_id": keys(world, who),
            "invo_involvement_start_date": dated(since, ISO),
            "invo_involvement_end_date": column_text([None] * len(who)),
            "invo_worker_change_reason": column_text([None] * len(who)),
            "invo_referral_id": column_text([None] * len(who)),
        }
    )
    nobody = np.zeros(len(staff), dtype=int)  # a staff list: nobody in it is ever left out
    return [table("professionals", professionals, nobody, faults=()), table("involvements", frame, who)]


def _being_worked_with(world: World) -> set[int]:
    referred = referrals(world).filter(pl.col("end").is_null())["person"].to_list()
    return {*referred, *world.events["care"].filter(pl.col("end").is_null())["person"].to_list()}


def _since(world: World, who: Ints) -> np.ndarray:
    starts = referrals(world).group_by("person").agg(pl.col("start").max())
    found = dict(zip(starts["person"].to_list(), starts["start"].to_list(), strict=True))
    days = [found.get(pid, world.start) for pid in who.tolist()]
    return np.array(days, dtype="datetime64[D]")

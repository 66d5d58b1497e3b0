"""Contacts, referrals, assessments and their factors, enquiries, conferences."""

import json

import numpy as np
import polars as pl

from kith.demo.agencies.social_care.tables import keys, table, team_of
from kith.demo.chance import either
from kith.demo.dress import ISO, dated, day_array, serial
from kith.demo.feed import Fault, Feed
from kith.demo.world import World

SOURCE_WORDS = {
    "6": "Police",
    "2A": "Schools",
    "3E": "A&E (emergency department)",
    "1A": "Individual - family member",
    "3A": "GP",
    "5B": "LA services - other internal",
    "3C": "School nurse",
    "4": "Housing",
    "8": "Other - voluntary",
    "2B": "Education services",
    "7": "Other legal agency",
    "9": "Anonymous",
    "5D": "LA services - early help",
    "1D": "Individual - other",
    "10": "Unknown",
}
PATH_OUTCOMES = ("NFA", "STEP_DOWN_EARLY_HELP", "SINGLE_ASSESSMENT", "SINGLE_ASSESSMENT", "STRATEGY_DISCUSSION")


def work_tables(world: World) -> list[Feed]:
    return [_contacts(world), _episodes(world), *_assessments(world), _enquiries(world), _conferences(world)]


def _contacts(world: World) -> Feed:
    rest, outside = world.events["contacts"], world.events["outside_home"]
    words = {
        "Social worker": "Child In Need Referral",
        "Early help": "Early Help Referral",
        "Advice given": "Information and Advice",
        "No further action": "No Further Action",
    }
    outside = outside.select("person", "day", "source", outcome=pl.col("outcome").replace(words))
    events = pl.concat(
        [
            rest.select("person", pl.col("day").cast(pl.Date), "source", "outcome"),
            outside.with_columns(pl.col("day").cast(pl.Date)),
        ]
    ).sort("day", "person")
    who = events["person"].to_numpy()
    frame = pl.DataFrame(
        {
            "cont_contact_id": serial("C", pl.Series(range(len(events)))),
            "cont_person_id": keys(world, who),
            "cont_contact_date": dated(events["day"], ISO),
            "cont_contact_source_code": events["source"],
            "cont_contact_source_desc": events["source"].replace(SOURCE_WORDS),
            "cont_contact_outcome_json": '{"OUTCOME":"' + events["outcome"] + '"}',
        }
    )
    return table(
        "contacts",
        frame,
        who,
        day_array(events["day"]),
        (
            Fault("cont_contact_date", "2026-02-30", "the day does not exist"),
            Fault("cont_contact_source_code", "5Z", "a source nobody defined", "note"),
        ),
    )


def referrals(world: World) -> pl.DataFrame:
    return world.events["referrals"]


def _episodes(world: World) -> Feed:
    events = referrals(world)
    who, path = events["person"].to_numpy(), events["path"].to_numpy()
    team, worker = team_of(world, who)
    closed = events["end"].is_not_null().to_numpy()
    reason = np.where(path == 0, "RC8", np.where(path == 1, "RC9", np.where(path == 2, "RC8", "RC7")))
    frame = pl.DataFrame(
        {
            "cine_referral_id": serial("R", events["referral"]),
            "cine_person_id": keys(world, who),
            "cine_referral_date": dated(events["start"], ISO),
            "cine_cin_primary_need_code": events["need"],
            "cine_referral_source_code": events["source"],
            "cine_referral_source_desc": events["source"].replace(SOURCE_WORDS),
            "cine_referral_outcome_json": [json.dumps({"OUTCOME": PATH_OUTCOMES[p]}) for p in path],
            "cine_referral_nfa": ["Y" if p == 0 else "N" for p in path],
            "cine_close_reason": pl.Series(either(closed, reason, None).tolist(), dtype=pl.String),
            "cine_close_date": dated(events["end"], ISO),
            "cine_referral_team": team,
            "cine_referral_worker_id": worker,
        }
    )
    return table(
        "cin_episodes",
        frame,
        who,
        day_array(events["start"]),
        (
            Fault("cine_referral_date", None, "no referral date"),
            Fault("cine_cin_primary_need_code", "N12", "a need nobody defined", "note"),
        ),
        late=("cine_close_reason", "cine_close_date"),
    )


def _assessments(world: World) -> list[Feed]:
    events = referrals(world).filter(pl.col("path") >= 2)
    who = events["person"].to_numpy()
    team, worker = team_of(world, who)
    finished = events["assessed"].is_not_null()
    plan = np.where(events["path"].to_numpy() >= 3, "SERVICES_TO_CONTINUE", "CASE_CLOSED")
    ids = serial("AS", events["referral"])
    frame = pl.DataFrame(
        {
            "cina_assessment_id": ids,
            "cina_person_id": keys(world, who),
            "cina_referral_id": serial("R", events["referral"]),
            "cina_assessment_start_date": dated(events["start"], ISO),
            "cina_assessment_child_seen": ["Y"] * len(events),
            "cina_assessment_auth_date": dated(events["assessed"], ISO),
            "cina_assessment_outcome_json": pl.Series(
                either(finished, [json.dumps({"OUTCOME": p}) for p in plan], None).tolist(), dtype=pl.String
            ),
            "cina_assessment_outcome_nfa": ["Y" if p == "CASE_CLOSED" else "N" for p in plan],
            "cina_assessment_team": team,
            "cina_assessment_worker_id": worker,
        }
    )
    done = events.filter(finished)
    about = done["person"].to_numpy()
    factors = pl.DataFrame(
        {
            "cinf_table_id": serial("AF", done["referral"]),
            "cinf_assessment_id": serial("AS", done["referral"]),
            "cinf_assessment_factors_json": [json.dumps(f) for f in factors_found(world, done)],
        }
    )
    return [
        table(
            "cin_assessments",
            frame,
            who,
            day_array(events["start"]),
            (Fault("cina_assessment_start_date", "2025-11-31", "the day does not exist"),),
            late=("cina_assessment_auth_date", "cina_assessment_outcome_json"),
        ),
        table(
            "assessment_factors",
            factors,
            about,
            day_array(done["assessed"]),
            (Fault("cinf_assessment_factors_json", '["10A","1', "cut short", "note"),),
        ),
    ]


def factors_found(world: World, done: pl.DataFrame) -> list[list[str]]:
    """Factors found by each assessment: those of harm outside the home where true, others by their usual share."""
    rng = world.rng("factors")
    exploited = world.events["exploited"]
    criminal, sexual = (
        set(exploited.filter(pl.col("harm") == h)["person"].to_list())
        for h in ("criminal exploitation", "sexual exploitation")
    )
    missing = set(world.events["missing"]["person"].to_list())
    usual = ("3B", "4B", "17A", "16A", "18C", "2B", "4A", "1B", "5A", "3A", "15A", "14A")
    chance = rng.random((len(done), len(usual))) < [
        0.42,
        0.38,
        0.2,
        0.19,
        0.14,
        0.16,
        0.22,
        0.13,
        0.08,
        0.11,
        0.08,
        0.06,
    ]
    out = []
    for person, row in zip(done["person"].to_list(), chance, strict=True):
        found = [code for code, hit in zip(usual, row, strict=True) if hit]
        found += [code for code, people in (("10A", missing), ("11A", sexual), ("24A", criminal)) if person in people]
        out.append(found or ["21"])
    return out


def _enquiries(world: World) -> Feed:
    events = referrals(world).filter(pl.col("enquiry").is_not_null())
    who = events["person"].to_numpy()
    team, worker = team_of(world, who)
    outcome = np.where(events["path"].to_numpy() == 4, "CONVENE_CONFERENCE", "CHILD_IN_NEED_SERVICES")
    end = np.minimum(day_array(events["enquiry"]) + 14, np.datetime64(world.today, "D") - 1)
    frame = pl.DataFrame(
        {
            "s47e_s47_enquiry_id": serial("S47", events["referral"]),
            "s47e_referral_id": serial("R", events["referral"]),
            "s47e_person_id": keys(world, who),
            "s47e_s47_start_date": dated(events["enquiry"], ISO),
            "s47e_s47_end_date": dated(end, ISO),
            "s47e_s47_nfa": ["N"] * len(events),
            "s47e_s47_outcome_json": [json.dumps({"OUTCOME": o}) for o in outcome],
            "s47e_s47_completed_by_team": team,
            "s47e_s47_completed_by_worker_id": worker,
        }
    )
    return table("s47_enquiry", frame, who, day_array(events["enquiry"]))


def _conferences(world: World) -> Feed:
    events = referrals(world).filter(pl.col("conference").is_not_null())
    who = events["person"].to_numpy()
    team, worker = team_of(world, who)
    frame = pl.DataFrame(
        {
            "icpc_icpc_id": serial("IC", events["referral"]),
            "icpc_icpc_meeting_id": serial("M", events["referral"]),
            "icpc_s47_enquiry_id": serial("S47", events["referral"]),
            "icpc_person_id": keys(world, who),
            "icpc_cp_plan_id": serial("CP", events["referral"]),
            "icpc_referral_id": serial("R", events["referral"]),
            "icpc_icpc_transfer_in": ["N"] * len(events),
            "icpc_icpc_target_date": dated(day_array(events["enquiry"]) + 21, ISO),
            "icpc_icpc_date": dated(events["conference"], ISO),
            "icpc_icpc_outcome_cp_flag": ["Y"] * len(events),
            "icpc_icpc_outcome_json": ['{"OUTCOME":"CHILD_PROTECTION_PLAN"}'] * len(events),
            "icpc_icpc_team": team,
            "icpc_icpc_worker_id": worker,
        }
    )
    return table("initial_cp_conference", frame, who, day_array(events["conference"]))

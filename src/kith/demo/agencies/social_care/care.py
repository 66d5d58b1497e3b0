"""Children in care: episodes, placements, legal status, visits, missing episodes, care leavers."""

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.agencies.social_care.tables import keys, spread, table
from kith.demo.chance import Ints, either, pick, texts
from kith.demo.dress import ISO, column_text, dated, day_array, serial
from kith.demo.feed import Fault, Feed
from kith.demo.staff import workers
from kith.demo.world import World


def care_tables(world: World) -> list[Feed]:
    events = world.events["care"].filter(pl.col("end").is_null() | (pl.col("end") >= world.start))
    who = events["person"].to_numpy()
    return [
        _care_episodes(world, events, who),
        _placements(world, events, who),
        _legal(world, events, who),
        _care_visits(world, events),
        _missing(world),
        _care_leavers(world),
        _alone(world),
    ]


def _care_episodes(world: World, events: pl.DataFrame, who: Ints) -> Feed:
    ended = pl.Series(either(events["end"].is_not_null(), "E4A", None).tolist(), dtype=pl.String)
    frame = pl.DataFrame(
        {
            "clae_cla_episode_id": serial("CE", events["care"]),
            "clae_person_id": keys(world, who),
            "clae_cla_placement_id": serial("PL", events["care"]),
            "clae_cla_episode_start_date": dated(events["start"], ISO),
            "clae_cla_episode_start_reason": ["S"] * len(events),
            "clae_cla_primary_need_code": ["N1"] * len(events),
            "clae_cla_episode_ceased_date": dated(events["end"], ISO),
            "clae_cla_episode_ceased_reason": ended,
            "clae_cla_id": serial("CLA", events["care"]),
            "clae_referral_id": column_text([None] * len(events)),
            "clae_cla_last_iro_contact_date": dated(
                np.maximum(day_array(events["start"]), np.datetime64(world.today, "D") - 40), ISO
            ),
            "clae_entered_care_date": dated(events["start"], ISO),
        }
    )
    return table(
        "cla_episodes",
        frame,
        who,
        day_array(events["start"]),
        (Fault("clae_cla_episode_start_date", "0202-01-01", "a year that cannot be"),),
        late=("clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason"),
    )


def _placements(world: World, events: pl.DataFrame, who: Ints) -> Feed:
    rng = world.rng("placements")
    provider = pick(rng, ("PR1", "PR4", "PR5", "PR2"), len(events), [58, 30, 7, 5])
    postcode = np.where(
        events["placement"].to_numpy() == "K2",
        "QX14 2BD",
        np.roll(texts(world.people["postcode"].gather(who).to_list()), 1),
    )
    postcode[who == cast.AMARA.pid] = cast.HOMES["amara"][1]
    frame = pl.DataFrame(
        {
            "clap_cla_placement_id": serial("PL", events["care"]),
            "clap_cla_id": serial("CLA", events["care"]),
            "clap_person_id": keys(world, who),
            "clap_cla_placement_start_date": dated(events["start"], ISO),
            "clap_cla_placement_type": events["placement"],
            "clap_cla_placement_urn": column_text(["SC900001" if k == "K2" else None for k in events["placement"]]),
            "clap_cla_placement_distance": [f"{d:.1f}" for d in rng.gamma(1.6, 6, len(events))],
            "clap_cla_placement_provider": provider.tolist(),
            "clap_cla_placement_postcode": column_text(postcode),
            "clap_cla_placement_end_date": dated(events["end"], ISO),
            "clap_cla_placement_change_reason": column_text([None] * len(events)),
        }
    )
    return table("cla_placement", frame, who, day_array(events["start"]), late=("clap_cla_placement_end_date",))


def _legal(world: World, events: pl.DataFrame, who: Ints) -> Feed:
    frame = pl.DataFrame(
        {
            "lega_legal_status_id": serial("LS", events["care"]),
            "lega_person_id": keys(world, who),
            "lega_legal_status": events["legal"],
            "lega_legal_status_start_date": dated(events["start"], ISO),
            "lega_legal_status_end_date": dated(events["end"], ISO),
        }
    )
    return table("legal_status", frame, who, day_array(events["start"]), late=("lega_legal_status_end_date",))


def _care_visits(world: World, events: pl.DataFrame) -> Feed:
    row, day = spread(world, events, "start", "end", 38, "care", loose=10)
    rng, who = world.rng("visits", "care"), events["person"].to_numpy()[row]
    seen = rng.random(len(row)) < 0.95
    frame = pl.DataFrame(
        {
            "clav_cla_visit_id": serial("CLV", pl.Series(range(len(row)))),
            "clav_cla_id": serial("CLA", events["care"].gather(row)),
            "clav_person_id": keys(world, who),
            "clav_cla_visit_date": dated(day, ISO),
            "clav_cla_visit_seen": np.where(seen, "Y", "N").tolist(),
            "clav_cla_visit_seen_alone": np.where(seen & (rng.random(len(row)) < 0.7), "Y", "N").tolist(),
        }
    )
    return table("cla_visits", frame, who, day)


def _missing(world: World) -> Feed:
    """The council's own count of missing episodes, with whether a return conversation was offered and accepted."""
    events = world.events["missing"]
    who = events["person"].to_numpy()
    over = events["back"].is_not_null()
    frame = pl.DataFrame(
        {
            "miss_table_id": serial("MI", events["episode"]),
            "miss_person_id": keys(world, who),
            "miss_missing_episode_start_date": dated(events["gone"], ISO),
            "miss_missing_episode_type": events["type"],
            "miss_missing_episode_end_date": dated(events["back"], ISO),
            "miss_missing_rhi_offered": pl.Series(
                np.where(over, np.where(events["offered"].is_not_null(), "Y", "N"), "NA").tolist()
            ),
            "miss_missing_rhi_accepted": pl.Series(
                np.where(events["offered"].is_not_null(), np.where(events["accepted"], "Y", "N"), "NA").tolist()
            ),
        }
    )
    return table(
        "missing",
        frame,
        who,
        day_array(events["gone"]),
        (
            Fault("miss_missing_episode_start_date", None, "no start"),
            Fault("miss_missing_episode_type", "Z", "a type nobody defined", "note"),
        ),
        late=("miss_missing_episode_end_date",),
    )


def _care_leavers(world: World) -> Feed:
    rng, who = world.rng("care leavers"), world.with_role("care leaver")
    team = ["Care Leavers"] * len(who)
    frame = pl.DataFrame(
        {
            "clea_table_id": serial("CL", pl.Series(who)),
            "clea_person_id": keys(world, who),
            "clea_care_leaver_eligibility": ["Former relevant child"] * len(who),
            "clea_care_leaver_in_touch": pick(rng, ("YES", "NO"), len(who), [92, 8]).tolist(),
            "clea_care_leaver_latest_contact": dated(
                np.datetime64(world.today, "D") - rng.integers(3, 80, len(who)), ISO
            ),
            "clea_care_leaver_accommodation": pick(
                rng, ("U", "S", "K", "B", "D"), len(who), [40, 22, 20, 10, 8]
            ).tolist(),
            "clea_care_leaver_accom_suitable": pick(rng, ("1", "2"), len(who), [90, 10]).tolist(),
            "clea_care_leaver_activity": pick(rng, ("F1", "F2", "F4", "F5", "P2", "G5"), len(who)).tolist(),
            "clea_pathway_plan_review_date": dated(
                np.datetime64(world.today, "D") - rng.integers(10, 180, len(who)), ISO
            ),
            "clea_care_leaver_personal_advisor": [
                w.name for w in pick(rng, [w for w in workers(world) if w.team == "Care Leavers"], len(who))
            ],
            "clea_care_leaver_allocated_team": team,
            "clea_care_leaver_worker_id": [
                w.email for w in pick(rng, [w for w in workers(world) if w.team == "Care Leavers"], len(who))
            ],
        }
    )
    return table("care_leavers", frame, who)


def _alone(world: World) -> Feed:
    who = world.with_role("arrived alone")
    frame = pl.DataFrame(
        {
            "immi_immigration_status_id": serial("IM", pl.Series(who)),
            "immi_person_id": keys(world, who),
            "immi_immigration_status_start_date": dated(np.datetime64(world.today, "D") - 90 - who % 300, ISO),
            "immi_immigration_status_end_date": column_text([None] * len(who)),
            "immi_immigration_status": ["Unaccompanied asylum seeking child"] * len(who),
        }
    )
    return table("immigration_status", frame, who)

"""The council's case system: its tables in the shape of the Standard Safeguarding Dataset.

Column names: data-to-insight, Standard Safeguarding Dataset data objects specification (facts only).
Worker numbers are the worker's sign-in, as many councils use; the professionals table says who they are.
"""

import json

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import Ints, pick, texts
from kith.demo.dress import ISO, column_text, dated, day_array, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.staff import Worker, allocations, workers
from kith.demo.world import World

AGENCY, SYSTEM = cast.COUNCIL, "council/csc"
SOURCE_WORDS = {"6": "Police", "2A": "Schools", "3E": "A&E (emergency department)", "1A": "Individual - family member", "3A": "GP",
                "5B": "LA services - other internal", "3C": "School nurse", "4": "Housing", "8": "Other - voluntary", "2B": "Education services",
                "7": "Other legal agency", "9": "Anonymous", "5D": "LA services - early help", "1D": "Individual - other", "10": "Unknown"}  # fmt: skip
PATH_OUTCOMES = ("NFA", "STEP_DOWN_EARLY_HELP", "SINGLE_ASSESSMENT", "SINGLE_ASSESSMENT", "STRATEGY_DISCUSSION")


def feeds(world: World) -> list[Feed]:
    """Every table of the standard dataset."""
    known = _known(world)
    return [*_people_tables(world, known), *_work_tables(world), *_plan_tables(world), *_care_tables(world), *_worker_tables(world)]


def table(name: str, frame: pl.DataFrame, about: Ints, happened: np.ndarray | None = None, faults: tuple[Fault, ...] = (),
          mode: str = "delta", late: tuple[str, ...] = ()) -> Feed:  # fmt: skip
    """One table: CSV with a byte-order mark, ISO dates, sent every night (here: a first load and a later one)."""
    return Feed(f"ssd-{name.replace('_', '-')}", AGENCY, f"ssd_{name}_", frame, about, Shape(bom=True, line_end="\r\n"), happened,
                mode if happened is not None else "snapshot", (40, 1), late, faults)  # fmt: skip


def _known(world: World) -> Ints:
    """Children and mothers the council knows: anyone in its tables. One cast child is never among them."""
    who = [world.events[name]["person"].to_numpy() for name in ("referrals", "care", "contacts", "outside_home", "missing")]
    children = np.unique(np.concatenate([*who, [p.pid for p in cast.CHILDREN]]))
    return children[children != cast.ISLA.pid]


def _mothers(world: World, known: Ints) -> tuple[Ints, Ints]:
    referred = np.unique(world.events["referrals"]["person"].to_numpy())
    children = referred[world.people["mother"].to_numpy()[referred] >= 0]
    return children, world.people["mother"].to_numpy()[children]


def _people_tables(world: World, known: Ints) -> list[Feed]:
    children, mothers = _mothers(world, known)
    who = np.concatenate([known, np.unique(mothers)])
    seen = world.seen(SYSTEM, who, "person")
    return [_person(world, who, seen), _address(world, who, seen), _identifiers(world, who, seen), _mother(world, children, mothers),
            _family(world, known), _disability(world, known)]  # fmt: skip


def _person(world: World, who: Ints, seen: pl.DataFrame) -> Feed:
    child = pl.Series(world.age[who] < 18)
    has_upn = seen["upn"].is_not_null()
    frame = pl.DataFrame({
        "pers_legacy_id": serial("L", pl.Series(who) % 90_000, 5), "pers_person_id": seen["key"], "pers_forename": seen["first_name"],
        "pers_surname": seen["last_name"], "pers_sex": seen["sex"], "pers_gender": seen["sex"].replace({"M": "01", "F": "02"}),
        "pers_ethnicity": world.people["ethnicity"].gather(who), "pers_dob": dated(seen["born"], ISO),
        "pers_common_child_id": seen["nhs_number"],
        "pers_upn_unknown": pl.select(pl.when(child & ~has_upn).then(pl.lit("UN5")))[:, 0],
        "pers_send_flag": pl.Series(np.where(np.isin(who, _plans(world)), "Y", "N").tolist()),
        "pers_expected_dob": column_text([None] * len(who)), "pers_death_date": column_text([None] * len(who)),
        "pers_is_mother": column_text(["0"] * len(who)),
        "pers_nationality": pl.Series(np.where(world.role[who] == "arrived alone", world.people["community"].gather(who).str.to_titlecase(), None).tolist(), dtype=pl.String),
    })  # fmt: skip
    return table("person", frame, who, faults=(
        Fault("pers_person_id", None, "no person number"), Fault("pers_dob", "2010-02-30", "the day does not exist"),
        Fault("pers_common_child_id", "9990001234", "the NHS number fails its check", "note"), Fault("pers_dob", "2034-06-01", "born in the future", "note")))  # fmt: skip


def _plans(world: World) -> Ints:
    return np.asarray(world.events["education_plans"]["person"].to_numpy())


def _address(world: World, who: Ints, seen: pl.DataFrame) -> Feed:
    has = seen["postcode"].is_not_null().to_numpy()
    who, seen = who[has], seen.filter(pl.Series(has))
    start = np.datetime64(world.today, "D") - 200 - (who * 37 % 2400)
    spelled = [json.dumps({"house": a.split(" ", 1)[0], "street": a.split(" ", 1)[-1], "town": "Severnmouth"}) for a in seen["address"]]
    frame = pl.DataFrame({
        "addr_table_id": serial("A", pl.Series(who)), "addr_person_id": seen["key"], "addr_address_type": ["HOME"] * len(who),
        "addr_address_start_date": dated(start, ISO), "addr_address_end_date": column_text([None] * len(who)),
        "addr_address_postcode": seen["postcode"], "addr_address_json": spelled,
    })  # fmt: skip
    return table("address", frame, who)


def _identifiers(world: World, who: Ints, seen: pl.DataFrame) -> Feed:
    has = seen["upn"].is_not_null().to_numpy()
    frame = pl.DataFrame({
        "link_table_id": serial("LI", pl.Series(who[has])), "link_person_id": seen["key"].filter(pl.Series(has)),
        "link_identifier_type": ["Unique Pupil Number"] * int(has.sum()), "link_identifier_value": seen["upn"].filter(pl.Series(has)),
        "link_valid_from_date": column_text([None] * int(has.sum())), "link_valid_to_date": column_text([None] * int(has.sum())),
    })  # fmt: skip
    return table("linked_identifiers", frame, who[has], faults=(Fault("link_identifier_value", "A123456789012", "the pupil number fails its check", "note"),))


def _mother(world: World, children: Ints, mothers: Ints) -> Feed:
    frame = pl.DataFrame({
        "moth_table_id": serial("MO", pl.Series(children)), "moth_person_id": pl.Series(world.note(SYSTEM, mothers).tolist()),
        "moth_childs_person_id": pl.Series(world.note(SYSTEM, children).tolist()), "moth_childs_dob": dated(world.born[children], ISO),
    })  # fmt: skip
    return table("mother", frame, children)


def _family(world: World, known: Ints) -> Feed:
    household = world.people["household"].gather(known)
    frame = pl.DataFrame({"fami_table_id": serial("FA", pl.Series(known)), "fami_family_id": serial("F", household),
                          "fami_person_id": pl.Series(world.note(SYSTEM, known).tolist())})  # fmt: skip
    return table("family", frame, known)


def _disability(world: World, known: Ints) -> Feed:
    rng = world.rng("disability")
    who = known[(rng.random(len(known)) < 0.09) & (known >= len(cast.PEOPLE))]
    who = np.append(who, cast.LEO.pid)
    code = pick(rng, ("LD", "CON", "AUT", "BEH", "COMM", "MOB", "HEAR", "VIS"), len(who), [25, 8, 34, 14, 10, 4, 3, 2])
    frame = pl.DataFrame({"disa_table_id": serial("D", pl.Series(who)), "disa_person_id": pl.Series(world.note(SYSTEM, who).tolist()),
                          "disa_disability_code": code.tolist()})  # fmt: skip
    return table("disability", frame, who)


def _keys(world: World, who: Ints) -> pl.Series:
    return pl.Series(world.note(SYSTEM, who).tolist(), dtype=pl.String)


def _team(world: World, who: Ints) -> tuple[list[str], list[str]]:
    """Team and worker number for each child."""
    found = allocations(world)
    chosen: list[Worker] = [found[pid] for pid in who.tolist()]
    return [worker.team for worker in chosen], [worker.email for worker in chosen]


def _work_tables(world: World) -> list[Feed]:
    return [_contacts(world), _episodes(world), *_assessments(world), _enquiries(world), _conferences(world)]


def _contacts(world: World) -> Feed:
    rest, outside = world.events["contacts"], world.events["outside_home"]
    words = {"Social worker": "Child In Need Referral", "Early help": "Early Help Referral", "Advice given": "Information and Advice", "No further action": "No Further Action"}
    outside = outside.select("person", "day", "source", outcome=pl.col("outcome").replace(words))
    events = pl.concat([rest.select("person", pl.col("day").cast(pl.Date), "source", "outcome"), outside.with_columns(pl.col("day").cast(pl.Date))]).sort("day", "person")
    who = events["person"].to_numpy()
    frame = pl.DataFrame({
        "cont_contact_id": serial("C", pl.Series(range(len(events)))), "cont_person_id": _keys(world, who),
        "cont_contact_date": dated(events["day"], ISO), "cont_contact_source_code": events["source"],
        "cont_contact_source_desc": events["source"].replace(SOURCE_WORDS),
        "cont_contact_outcome_json": '{"OUTCOME":"' + events["outcome"] + '"}',
    })  # fmt: skip
    return table("contacts", frame, who, day_array(events["day"]), (
        Fault("cont_contact_date", "2026-02-30", "the day does not exist"), Fault("cont_contact_source_code", "5Z", "a source nobody defined", "note")))  # fmt: skip


def _open_referrals(world: World) -> pl.DataFrame:
    return world.events["referrals"]


def _episodes(world: World) -> Feed:
    events = _open_referrals(world)
    who, path = events["person"].to_numpy(), events["path"].to_numpy()
    team, worker = _team(world, who)
    closed = events["end"].is_not_null().to_numpy()
    reason = np.where(path == 0, "RC8", np.where(path == 1, "RC9", np.where(path == 2, "RC8", "RC7")))
    frame = pl.DataFrame({
        "cine_referral_id": serial("R", events["referral"]), "cine_person_id": _keys(world, who), "cine_referral_date": dated(events["start"], ISO),
        "cine_cin_primary_need_code": events["need"], "cine_referral_source_code": events["source"],
        "cine_referral_source_desc": events["source"].replace(SOURCE_WORDS),
        "cine_referral_outcome_json": [json.dumps({"OUTCOME": PATH_OUTCOMES[p]}) for p in path], "cine_referral_nfa": ["Y" if p == 0 else "N" for p in path],
        "cine_close_reason": pl.Series(np.where(closed, reason, None).tolist(), dtype=pl.String), "cine_close_date": dated(events["end"], ISO),
        "cine_referral_team": team, "cine_referral_worker_id": worker,
    })  # fmt: skip
    return table("cin_episodes", frame, who, day_array(events["start"]), (
        Fault("cine_referral_date", None, "no referral date"), Fault("cine_cin_primary_need_code", "N12", "a need nobody defined", "note")),
        late=("cine_close_reason", "cine_close_date"))  # fmt: skip


def _assessments(world: World) -> list[Feed]:
    events = _open_referrals(world).filter(pl.col("path") >= 2)
    who = events["person"].to_numpy()
    team, worker = _team(world, who)
    finished = events["assessed"].is_not_null()
    plan = np.where(events["path"].to_numpy() >= 3, "SERVICES_TO_CONTINUE", "CASE_CLOSED")
    ids = serial("AS", events["referral"])
    frame = pl.DataFrame({
        "cina_assessment_id": ids, "cina_person_id": _keys(world, who), "cina_referral_id": serial("R", events["referral"]),
        "cina_assessment_start_date": dated(events["start"], ISO), "cina_assessment_child_seen": ["Y"] * len(events),
        "cina_assessment_auth_date": dated(events["assessed"], ISO),
        "cina_assessment_outcome_json": pl.Series(np.where(finished, [json.dumps({"OUTCOME": p}) for p in plan], None).tolist(), dtype=pl.String),
        "cina_assessment_outcome_nfa": ["Y" if p == "CASE_CLOSED" else "N" for p in plan], "cina_assessment_team": team, "cina_assessment_worker_id": worker,
    })  # fmt: skip
    done = events.filter(finished)
    about = done["person"].to_numpy()
    factors = pl.DataFrame({"cinf_table_id": serial("AF", done["referral"]), "cinf_assessment_id": serial("AS", done["referral"]),
                            "cinf_assessment_factors_json": [json.dumps(f) for f in factors_found(world, done)]})  # fmt: skip
    return [
        table("cin_assessments", frame, who, day_array(events["start"]), (Fault("cina_assessment_start_date", "2025-11-31", "the day does not exist"),),
              late=("cina_assessment_auth_date", "cina_assessment_outcome_json")),
        table("assessment_factors", factors, about, day_array(done["assessed"]), (Fault("cinf_assessment_factors_json", '["10A","1', "cut short", "note"),)),
    ]  # fmt: skip


def factors_found(world: World, done: pl.DataFrame) -> list[list[str]]:
    """Factors at the end of each assessment: those of harm outside the home where it was true, others by their usual share."""
    rng = world.rng("factors")
    exploited = world.events["exploited"]
    criminal, sexual = (set(exploited.filter(pl.col("harm") == h)["person"].to_list()) for h in ("criminal exploitation", "sexual exploitation"))
    missing = set(world.events["missing"]["person"].to_list())
    usual = ("3B", "4B", "17A", "16A", "18C", "2B", "4A", "1B", "5A", "3A", "15A", "14A")
    chance = rng.random((len(done), len(usual))) < [0.42, 0.38, 0.2, 0.19, 0.14, 0.16, 0.22, 0.13, 0.08, 0.11, 0.08, 0.06]
    out = []
    for person, row in zip(done["person"].to_list(), chance, strict=True):
        found = [code for code, hit in zip(usual, row, strict=True) if hit]
        found += [code for code, people in (("10A", missing), ("11A", sexual), ("24A", criminal)) if person in people]
        out.append(found or ["21"])
    return out


def _enquiries(world: World) -> Feed:
    events = _open_referrals(world).filter(pl.col("enquiry").is_not_null())
    who = events["person"].to_numpy()
    team, worker = _team(world, who)
    outcome = np.where(events["path"].to_numpy() == 4, "CONVENE_CONFERENCE", "CHILD_IN_NEED_SERVICES")
    end = np.minimum(day_array(events["enquiry"]) + 14, np.datetime64(world.today, "D") - 1)
    frame = pl.DataFrame({
        "s47e_s47_enquiry_id": serial("S47", events["referral"]), "s47e_referral_id": serial("R", events["referral"]), "s47e_person_id": _keys(world, who),
        "s47e_s47_start_date": dated(events["enquiry"], ISO), "s47e_s47_end_date": dated(end, ISO), "s47e_s47_nfa": ["N"] * len(events),
        "s47e_s47_outcome_json": [json.dumps({"OUTCOME": o}) for o in outcome], "s47e_s47_completed_by_team": team, "s47e_s47_completed_by_worker_id": worker,
    })  # fmt: skip
    return table("s47_enquiry", frame, who, day_array(events["enquiry"]))


def _conferences(world: World) -> Feed:
    events = _open_referrals(world).filter(pl.col("conference").is_not_null())
    who = events["person"].to_numpy()
    team, worker = _team(world, who)
    frame = pl.DataFrame({
        "icpc_icpc_id": serial("IC", events["referral"]), "icpc_icpc_meeting_id": serial("M", events["referral"]),
        "icpc_s47_enquiry_id": serial("S47", events["referral"]), "icpc_person_id": _keys(world, who), "icpc_cp_plan_id": serial("CP", events["referral"]),
        "icpc_referral_id": serial("R", events["referral"]), "icpc_icpc_transfer_in": ["N"] * len(events),
        "icpc_icpc_target_date": dated(day_array(events["enquiry"]) + 21, ISO), "icpc_icpc_date": dated(events["conference"], ISO),
        "icpc_icpc_outcome_cp_flag": ["Y"] * len(events), "icpc_icpc_outcome_json": ['{"OUTCOME":"CHILD_PROTECTION_PLAN"}'] * len(events),
        "icpc_icpc_team": team, "icpc_icpc_worker_id": worker,
    })  # fmt: skip
    return table("initial_cp_conference", frame, who, day_array(events["conference"]))


def _plan_tables(world: World) -> list[Feed]:
    planned = _open_referrals(world).filter(pl.col("plan").is_not_null())
    need, protect = planned.filter(pl.col("path") == 3), planned.filter(pl.col("path") == 4)
    return [_cin_plans(world, need), _visits(world, need, "cin", 28), _cp_plans(world, protect), _visits(world, protect, "cp", 14), _cp_reviews(world, protect)]


def _cin_plans(world: World, events: pl.DataFrame) -> Feed:
    who = events["person"].to_numpy()
    team, worker = _team(world, who)
    frame = pl.DataFrame({
        "cinp_cin_plan_id": serial("CN", events["referral"]), "cinp_referral_id": serial("R", events["referral"]), "cinp_person_id": _keys(world, who),
        "cinp_cin_plan_start_date": dated(events["plan"], ISO), "cinp_cin_plan_end_date": dated(events["end"], ISO),
        "cinp_cin_plan_team": team, "cinp_cin_plan_worker_id": worker,
    })  # fmt: skip
    return table("cin_plans", frame, who, day_array(events["plan"]), late=("cinp_cin_plan_end_date",))


def _cp_plans(world: World, events: pl.DataFrame) -> Feed:
    who = events["person"].to_numpy()
    category = pick(world.rng("categories"), ("NEG", "EMO", "PHY", "SAB"), len(who), [52, 36, 8, 4])
    words = texts([{"NEG": "Neglect", "EMO": "Emotional abuse", "PHY": "Physical abuse", "SAB": "Sexual abuse"}[c] for c in category])
    frame = pl.DataFrame({
        "cppl_cp_plan_id": serial("CP", events["referral"]), "cppl_referral_id": serial("R", events["referral"]), "cppl_icpc_id": serial("IC", events["referral"]),
        "cppl_person_id": _keys(world, who), "cppl_cp_plan_start_date": dated(events["plan"], ISO), "cppl_cp_plan_end_date": dated(events["end"], ISO),
        "cppl_cp_plan_ola": ["N"] * len(events), "cppl_cp_plan_initial_category": words.tolist(), "cppl_cp_plan_latest_category": words.tolist(),
    })  # fmt: skip
    return table("cp_plans", frame, who, day_array(events["plan"]), (Fault("cppl_cp_plan_start_date", "30/02/2026", "the day does not exist"),), late=("cppl_cp_plan_end_date",))


def spread(world: World, events: pl.DataFrame, since: str, until: str, every: int, name: str) -> tuple[Ints, np.ndarray]:
    """Row numbers and days of something done about every `every` days between two dates of each row, in the period told."""
    rng = world.rng("spread", name)
    start = np.maximum(day_array(events[since]), np.datetime64(world.start, "D"))
    end = day_array(events[until].fill_null(world.today))
    times = np.maximum((end - start).astype(int) // every, 0)
    row = np.repeat(np.arange(len(events)), times)
    place = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    day = start[row] + place * every + rng.integers(1, every, len(row))
    keep = day < np.datetime64(world.today, "D")
    return row[keep], day[keep]


def _visits(world: World, events: pl.DataFrame, kind: str, every: int) -> Feed:
    """Visits under a plan; most children are seen, and more than half alone."""
    row, day = spread(world, events, "plan", "end", every, kind)
    rng, who = world.rng("visits", kind), events["person"].to_numpy()[row]
    head = {"cin": "cinv_cin_visit", "cp": "cppv_cp_visit"}[kind]
    seen, alone = rng.random(len(row)) < 0.93, rng.random(len(row)) < 0.58
    plan = {} if kind == "cin" else {"cppv_cp_plan_id": serial("CP", events["referral"].gather(row))}
    frame = pl.DataFrame({
        f"{head}_id": serial(kind.upper() + "V", pl.Series(range(len(row)))), f"{head.split('_')[0]}_person_id": _keys(world, who), **plan,
        f"{head}_date": dated(day, ISO), f"{head}_seen": np.where(seen, "Y", "N").tolist(),
        f"{head}_seen_alone": np.where(seen & alone, "Y", "N").tolist(), f"{head}_bedroom": np.where(rng.random(len(row)) < 0.3, "Y", "N").tolist(),
    })  # fmt: skip
    order = np.argsort(day, kind="stable")
    return table(f"{kind}_visits", frame[order], who[order], day[order])


def _cp_reviews(world: World, events: pl.DataFrame) -> Feed:
    row, day = spread(world, events, "plan", "end", 120, "reviews")
    who = events["person"].to_numpy()[row]
    frame = pl.DataFrame({
        "cppr_cp_review_id": serial("CPR", pl.Series(range(len(row)))), "cppr_person_id": _keys(world, who),
        "cppr_cp_plan_id": serial("CP", events["referral"].gather(row)), "cppr_cp_review_due": dated(day + 6, ISO), "cppr_cp_review_date": dated(day, ISO),
        "cppr_cp_review_meeting_id": serial("RM", pl.Series(range(len(row)))), "cppr_cp_review_outcome_continue_cp": ["Y"] * len(row),
        "cppr_cp_review_quorate": ["Y"] * len(row), "cppr_cp_review_participation": pick(world.rng("participation"), ("PN1", "PN2", "PN3", "PN7", "PN0"), len(row), [24, 14, 22, 20, 20]).tolist(),
    })  # fmt: skip
    return table("cp_reviews", frame, who, day)


def _care_tables(world: World) -> list[Feed]:
    events = world.events["care"].filter(pl.col("end").is_null() | (pl.col("end") >= world.start))
    who = events["person"].to_numpy()
    return [_care_episodes(world, events, who), _placements(world, events, who), _legal(world, events, who), _care_visits(world, events),
            _missing(world), _care_leavers(world), _alone(world)]  # fmt: skip


def _care_episodes(world: World, events: pl.DataFrame, who: Ints) -> Feed:
    ended = pl.Series(np.where(events["end"].is_not_null(), "E4A", None).tolist(), dtype=pl.String)
    frame = pl.DataFrame({
        "clae_cla_episode_id": serial("CE", events["care"]), "clae_person_id": _keys(world, who), "clae_cla_placement_id": serial("PL", events["care"]),
        "clae_cla_episode_start_date": dated(events["start"], ISO), "clae_cla_episode_start_reason": ["S"] * len(events),
        "clae_cla_primary_need_code": ["N1"] * len(events), "clae_cla_episode_ceased_date": dated(events["end"], ISO), "clae_cla_episode_ceased_reason": ended,
        "clae_cla_id": serial("CLA", events["care"]), "clae_referral_id": column_text([None] * len(events)),
        "clae_cla_last_iro_contact_date": dated(np.maximum(day_array(events["start"]), np.datetime64(world.today, "D") - 40), ISO),
        "clae_entered_care_date": dated(events["start"], ISO),
    })  # fmt: skip
    return table("cla_episodes", frame, who, day_array(events["start"]), (Fault("clae_cla_episode_start_date", "0202-01-01", "a year that cannot be"),),
                 late=("clae_cla_episode_ceased_date", "clae_cla_episode_ceased_reason"))  # fmt: skip


def _placements(world: World, events: pl.DataFrame, who: Ints) -> Feed:
    rng = world.rng("placements")
    provider = pick(rng, ("PR1", "PR4", "PR5", "PR2"), len(events), [58, 30, 7, 5])
    postcode = np.where(events["placement"].to_numpy() == "K2", "QX14 2BD", np.roll(texts(world.people["postcode"].gather(who).to_list()), 1))
    postcode[who == cast.AMARA.pid] = cast.HOMES["amara"][1]
    frame = pl.DataFrame({
        "clap_cla_placement_id": serial("PL", events["care"]), "clap_cla_id": serial("CLA", events["care"]), "clap_person_id": _keys(world, who),
        "clap_cla_placement_start_date": dated(events["start"], ISO), "clap_cla_placement_type": events["placement"],
        "clap_cla_placement_urn": column_text(["SC900001" if k == "K2" else None for k in events["placement"]]),
        "clap_cla_placement_distance": [f"{d:.1f}" for d in rng.gamma(1.6, 6, len(events))], "clap_cla_placement_provider": provider.tolist(),
        "clap_cla_placement_postcode": column_text(postcode), "clap_cla_placement_end_date": dated(events["end"], ISO),
        "clap_cla_placement_change_reason": column_text([None] * len(events)),
    })  # fmt: skip
    return table("cla_placement", frame, who, day_array(events["start"]), late=("clap_cla_placement_end_date",))


def _legal(world: World, events: pl.DataFrame, who: Ints) -> Feed:
    frame = pl.DataFrame({
        "lega_legal_status_id": serial("LS", events["care"]), "lega_person_id": _keys(world, who), "lega_legal_status": events["legal"],
        "lega_legal_status_start_date": dated(events["start"], ISO), "lega_legal_status_end_date": dated(events["end"], ISO),
    })  # fmt: skip
    return table("legal_status", frame, who, day_array(events["start"]), late=("lega_legal_status_end_date",))


def _care_visits(world: World, events: pl.DataFrame) -> Feed:
    row, day = spread(world, events, "start", "end", 42, "care")
    rng, who = world.rng("visits", "care"), events["person"].to_numpy()[row]
    seen = rng.random(len(row)) < 0.95
    frame = pl.DataFrame({
        "clav_cla_visit_id": serial("CLV", pl.Series(range(len(row)))), "clav_cla_id": serial("CLA", events["care"].gather(row)),
        "clav_person_id": _keys(world, who), "clav_cla_visit_date": dated(day, ISO), "clav_cla_visit_seen": np.where(seen, "Y", "N").tolist(),
        "clav_cla_visit_seen_alone": np.where(seen & (rng.random(len(row)) < 0.7), "Y", "N").tolist(),
    })  # fmt: skip
    return table("cla_visits", frame, who, day)


def _missing(world: World) -> Feed:
    """The council's own count of missing episodes, with whether a return conversation was offered and accepted."""
    events = world.events["missing"]
    who = events["person"].to_numpy()
    over = events["back"].is_not_null()
    frame = pl.DataFrame({
        "miss_table_id": serial("MI", events["episode"]), "miss_person_id": _keys(world, who),
        "miss_missing_episode_start_date": dated(events["gone"], ISO), "miss_missing_episode_type": events["type"],
        "miss_missing_episode_end_date": dated(events["back"], ISO),
        "miss_missing_rhi_offered": pl.Series(np.where(over, np.where(events["offered"].is_not_null(), "Y", "N"), "NA").tolist()),
        "miss_missing_rhi_accepted": pl.Series(np.where(events["offered"].is_not_null(), np.where(events["accepted"], "Y", "N"), "NA").tolist()),
    })  # fmt: skip
    return table("missing", frame, who, day_array(events["gone"]), (Fault("miss_missing_episode_start_date", None, "no start"),
                 Fault("miss_missing_episode_type", "Z", "a type nobody defined", "note")), late=("miss_missing_episode_end_date",))  # fmt: skip


def _care_leavers(world: World) -> Feed:
    rng, who = world.rng("care leavers"), world.with_role("care leaver")
    team = ["Care Leavers"] * len(who)
    frame = pl.DataFrame({
        "clea_table_id": serial("CL", pl.Series(who)), "clea_person_id": _keys(world, who), "clea_care_leaver_eligibility": ["Former relevant child"] * len(who),
        "clea_care_leaver_in_touch": pick(rng, ("YES", "NO"), len(who), [92, 8]).tolist(), "clea_care_leaver_latest_contact": dated(np.datetime64(world.today, "D") - rng.integers(3, 80, len(who)), ISO),
        "clea_care_leaver_accommodation": pick(rng, ("U", "S", "K", "B", "D"), len(who), [40, 22, 20, 10, 8]).tolist(), "clea_care_leaver_accom_suitable": pick(rng, ("1", "2"), len(who), [90, 10]).tolist(),
        "clea_care_leaver_activity": pick(rng, ("F1", "F2", "F4", "F5", "P2", "G5"), len(who)).tolist(), "clea_pathway_plan_review_date": dated(np.datetime64(world.today, "D") - rng.integers(10, 180, len(who)), ISO),
        "clea_care_leaver_personal_advisor": [w.name for w in pick(rng, [w for w in workers(world) if w.team == "Care Leavers"], len(who))],
        "clea_care_leaver_allocated_team": team, "clea_care_leaver_worker_id": [w.email for w in pick(rng, [w for w in workers(world) if w.team == "Care Leavers"], len(who))],
    })  # fmt: skip
    return table("care_leavers", frame, who)


def _alone(world: World) -> Feed:
    who = world.with_role("arrived alone")
    frame = pl.DataFrame({
        "immi_immigration_status_id": serial("IM", pl.Series(who)), "immi_person_id": _keys(world, who),
        "immi_immigration_status_start_date": dated(np.datetime64(world.today, "D") - 90 - who % 300, ISO),
        "immi_immigration_status_end_date": column_text([None] * len(who)), "immi_immigration_status": ["Unaccompanied asylum seeking child"] * len(who),
    })  # fmt: skip
    return table("immigration_status", frame, who)


def _worker_tables(world: World) -> list[Feed]:
    """Who works for the council, and with whom."""
    staff = workers(world)
    professionals = pl.DataFrame({
        "prof_professional_id": [w.email for w in staff], "prof_staff_id": [w.number for w in staff], "prof_professional_name": [w.name for w in staff],
        "prof_social_worker_registration_no": [w.registration for w in staff], "prof_agency_worker_flag": ["N"] * len(staff),
        "prof_professional_job_title": [w.role for w in staff], "prof_professional_caseload": [str(w.caseload) for w in staff],
        "prof_professional_department": [w.team for w in staff], "prof_full_time_equivalency": ["1.0"] * len(staff),
    })  # fmt: skip
    who = np.array([pid for pid in allocations(world) if pid in _being_worked_with(world)])
    team, worker = _team(world, who)
    since = _since(world, who)
    frame = pl.DataFrame({
        "invo_involvements_id": serial("IN", pl.Series(who)), "invo_professional_id": worker, "invo_professional_role_id": ["ALLOCATED CASE WORKER"] * len(who),
        "invo_professional_team": team, "invo_person_id": _keys(world, who), "invo_involvement_start_date": dated(since, ISO),
        "invo_involvement_end_date": column_text([None] * len(who)), "invo_worker_change_reason": column_text([None] * len(who)),
        "invo_referral_id": column_text([None] * len(who)),
    })  # fmt: skip
    nobody = np.full(len(staff), 10**9)
    return [table("professionals", professionals, nobody - 1, faults=()), table("involvements", frame, who)]


def _being_worked_with(world: World) -> set[int]:
    referred = _open_referrals(world).filter(pl.col("end").is_null())["person"].to_list()
    return {*referred, *world.events["care"].filter(pl.col("end").is_null())["person"].to_list()}


def _since(world: World, who: Ints) -> np.ndarray:
    starts = _open_referrals(world).group_by("person").agg(pl.col("start").max())
    found = dict(zip(starts["person"].to_list(), starts["start"].to_list(), strict=True))
    days = [found.get(pid, world.start) for pid in who.tolist()]
    return np.array(days, dtype="datetime64[D]")

"""Education: school roll, attendance, suspensions, plans for special needs, no school, safeguarding log."""

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import places
from kith.demo.chance import Ints, either, pick, texts
from kith.demo.dress import ISO, column_text, dated, day_array, days_of, place_names, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.wording import SCHOOL_NOTES, notes
from kith.demo.world import World

AGENCY, HUB, SCHOOLS = "council-education", "education/hub", "severnmouth-schools"


def feeds(world: World) -> list[Feed]:
    """Every education feed."""
    return [
        roll(world),
        attendance(world),
        suspensions(world),
        plans(world),
        without_school(world),
        at_home(world),
        safeguarding(world),
    ]


def roll(world: World) -> Feed:
    """The pupils of every school with their first contact at home: the whole list each term."""
    school = world.people["school"]
    who = np.flatnonzero(
        school.is_not_null().to_numpy() & (world.role != "placed child")
        | (world.role == "placed child") & (np.arange(len(school)) < len(cast.PEOPLE))
    )
    seen = world.seen(HUB, who, "roll")
    mother, father = world.people["mother"].to_numpy()[who], world.people["father"].to_numpy()[who]
    contact = np.where((mother >= 0) & (world.rng("contact").random(len(who)) < 0.85), mother, father)
    contact[who == cast.AMARA.pid] = cast.AMARAS_CARER.pid
    has = pl.Series(contact >= 0)
    parent = world.view("education/parents")[np.maximum(contact, 0)]
    with_home = contact[contact >= 0]
    world.note_keys(HUB, world.keys("education/parents", with_home), with_home)
    relation = np.where(contact == mother, "Mother", np.where(contact == father, "Father", "Carer"))
    frame = pl.DataFrame(
        {
            "PupilID": seen["key"],
            "UPN": seen["upn"],
            "Surname": seen["last_name"],
            "Forename": seen["first_name"],
            "PreferredForename": seen["known_as"],
            "FormerSurname": seen["former_last_name"],
            "DateOfBirth": dated(seen["born"], ISO),
            "Sex": seen["sex"],
            "Ethnicity": world.people["ethnicity"].gather(who),
            "FirstLanguage": world.people["language"].gather(who),
            "School": school.gather(who),
            "SchoolPostcode": _school_postcodes(school.gather(who)),
            "Address": seen["address"],
            "Postcode": seen["postcode"],
            "Contact1ID": column_text(world.keys("education/parents", np.maximum(contact, 0))),
            "Contact1Relation": column_text(relation),
            "Contact1Forename": parent["first_name"],
            "Contact1Surname": parent["last_name"],
            "Contact1Phone": parent["phone"],
            "Contact1Postcode": parent["postcode"],
        }
    )
    frame = frame.with_columns(pl.when(has).then(pl.col(c)).alias(c) for c in frame.columns if c.startswith("Contact1"))
    return Feed(
        "education-school-roll",
        AGENCY,
        "school_roll_",
        frame,
        who,
        Shape(bom=True, line_end="\r\n"),
        mode="snapshot",
        days_ago=(75, 6),
        before=moved(world, who, "Address", "Postcode"),
        faults=(
            Fault("PupilID", None, "no pupil number"),
            Fault("UPN", "B899012345678", "the pupil number fails its check", "note"),
            Fault("DateOfBirth", "2032-09-01", "born in the future"),
            Fault("DateOfBirth", "2015-02-30", "the day does not exist"),
        ),
    )


def _school_postcodes(schools: pl.Series) -> pl.Series:
    known = dict(places().filter(pl.col("kind") == "school").select("name", "postcode").iter_rows())
    return schools.replace_strict(known, default=None, return_dtype=pl.String)


def moved(world: World, who: np.ndarray, address: str, postcode: str) -> pl.DataFrame:
    """Where about one family in twenty lived when the first file was made: they have moved since."""
    chosen = pl.Series((world.people["household"].to_numpy()[who] * 7919 % 20 == 3) & (who >= len(cast.PEOPLE)))
    old = world.people.select(pl.col("old_address").alias(address), pl.col("old_postcode").alias(postcode))[who]
    return old.with_columns(pl.when(chosen).then(pl.all()))


def attendance(world: World) -> Feed:
    """Pupils below 90 % in a term: one line a term, not a daily mark."""
    events = world.events["absence"]
    seen = world.seen(HUB, events["person"].to_numpy(), "absence")
    frame = pl.DataFrame(
        {
            "pupil_id": seen["key"],
            "upn": seen["upn"],
            "surname": seen["last_name"],
            "forename": seen["first_name"],
            "dob": dated(seen["born"]),
            "school": world.people["school"].gather(events["person"]),
            "term_start": dated(events["term_start"]),
            "term_end": dated(events["term_end"]),
            "sessions_possible": events["possible"].cast(pl.String),
            "sessions_present": events["present"].cast(pl.String),
            "sessions_unauthorised": events["unauthorised"].cast(pl.String),
            "percent": (100 * events["present"] / events["possible"]).round(1).cast(pl.String),
        }
    )
    return Feed(
        "education-attendance",
        AGENCY,
        "attendance_below_90_",
        frame,
        events["person"].to_numpy(),
        Shape(),
        day_array(events["term_end"]) + 9,
        days_ago=(120, 20),
        faults=(
            Fault("sessions_present", "eighty", "not a number", "note"),
            Fault("term_end", "31/09/2025", "the day does not exist"),
        ),
    )


def suspensions(world: World) -> Feed:
    """Suspensions and exclusions: a spreadsheet with a title and Excel dates."""
    events = world.events["suspensions"]
    seen = world.seen(HUB, events["person"].to_numpy(), "suspensions")
    frame = pl.DataFrame(
        {
            "Ref": serial("EX", events["suspension"]),
            "Pupil ID": seen["key"],
            "UPN": seen["upn"],
            "Pupil": seen["last_name"] + ", " + seen["first_name"],
            "Surname": seen["last_name"],
            "First name": seen["first_name"],
            "Born": days_of(seen["born"]),
            "School": world.people["school"].gather(events["person"]),
            "Start": days_of(events["day"]),
            "Days": events["days"],
            "Type": pl.Series(np.where(events["permanent"], "PERM", "SUSP").tolist()),
            "Reason": events["reason"],
        }
    )
    return Feed(
        "education-suspensions",
        AGENCY,
        "Suspensions and exclusions ",
        frame,
        events["person"].to_numpy(),
        Shape("xlsx", title=("Suspensions and permanent exclusions", "Inclusion team"), sheet="Data"),
        day_array(events["day"]),
        days_ago=(25, 3),
        file_date="%d-%m-%Y",
        faults=(
            Fault("Ref", None, "no reference"),
            Fault("Reason", "=VLOOKUP(A9,Codes!A:B,2,0)", "a formula, not a reason", "note"),
        ),
    )


def plans(world: World) -> Feed:
    """Education, health and care plans: spreadsheet, merged headings, Excel dates, the whole register."""
    events = world.events["education_plans"]
    seen = world.seen("education/send", events["person"].to_numpy(), "plans")
    frame = pl.DataFrame(
        {
            "Plan no.": seen["key"],
            "Surname": seen["last_name"],
            "Forename": seen["first_name"],
            "DOB": days_of(seen["born"]),
            "UPN": seen["upn"],
            "NHS no.": seen["nhs_number"],
            "Postcode": seen["postcode"],
            "Primary need": events["need"],
            "Issued": days_of(events["start"]),
            "Next review": days_of(events["review"]),
            "Setting": world.people["school"].gather(events["person"]),
            "Caseworker": column_text(
                pick(world.rng("caseworkers"), ("J Horler", "P Mensah", "T Coombs", "A Iqbal"), len(events))
            ),
        }
    )
    groups = ("Child",) * 7 + ("Plan",) * 5
    return Feed(
        "education-health-care-plans",
        AGENCY,
        "EHCP register ",
        frame,
        events["person"].to_numpy(),
        Shape("xlsx", title=("Education, health and care plans: live register",), groups=groups, sheet="Register"),
        mode="snapshot",
        days_ago=(60, 8),
        faults=(Fault("Plan no.", None, "no plan number"), Fault("UPN", "C899 123", "not a pupil number", "note")),
    )


def without_school(world: World) -> Feed:
    """Children missing education, semicolons, dd-Mon-yy."""
    events = world.events["not_in_school"]
    seen = world.seen("education/welfare", events["person"].to_numpy(), "cme")
    frame = pl.DataFrame(
        {
            "CaseRef": serial("CME", events["case"], 5),
            "WelfareNo": seen["key"],
            "Surname": seen["last_name"],
            "Forename": seen["first_name"],
            "DoB": dated(seen["born"], "%d-%b-%y"),
            "UPN": seen["upn"],
            "LastPostcode": seen["postcode"],
            "Opened": dated(events["start"], "%d-%b-%y"),
            "Closed": dated(events["end"], "%d-%b-%y"),
            "Why": events["reason"],
        }
    )
    return Feed(
        "education-missing-education",
        AGENCY,
        "CME_",
        frame,
        events["person"].to_numpy(),
        Shape(delimiter=";", encoding="cp1252"),
        day_array(events["start"]),
        days_ago=(45, 9),
        late=("Closed",),
        faults=(Fault("Opened", "30-Feb-26", "the day does not exist"),),
    )


def at_home(world: World) -> Feed:
    """Children taught at home: the whole list each half term."""
    events = world.events["taught_at_home"]
    seen = world.seen("education/welfare", events["person"].to_numpy(), "ehe")
    frame = pl.DataFrame(
        {
            "WelfareNo": seen["key"],
            "Name": seen["first_name"].str.strip_chars() + " " + seen["last_name"].str.strip_chars(),
            "Forename": seen["first_name"],
            "Surname": seen["last_name"],
            "DoB": dated(seen["born"]),
            "Postcode": seen["postcode"],
            "Since": dated(events["start"]),
        }
    )
    return Feed(
        "education-home-education",
        AGENCY,
        "home_education_",
        frame,
        events["person"].to_numpy(),
        Shape(bom=True),
        mode="snapshot",
        days_ago=(80, 24),
        faults=(Fault("Since", "00/00/0000", "no such day"),),
    )


def _kinds_by_age(world: World, events: pl.DataFrame) -> list[str]:
    """Worries about younger children are worded for their age."""
    age = (day_array(events["at"]) - world.born[events["person"].to_numpy()]).astype(int) / 365.25
    younger = (age < 11) & (events["kind"] == "Worry").to_numpy()
    return list(either(younger, "Worry, younger", events["kind"].to_numpy()))


def _leads(world: World, who: Ints, carols: str, others: str) -> pl.Series:
    """What is written of the safeguarding lead: Carol's at Harbour View Academy, one for every other school."""
    at_harbour_view = (world.people["school"].gather(who) == "Harbour View Academy").fill_null(False)
    return pl.Series(np.where(at_harbour_view, carols, others).tolist(), dtype=pl.String)


def safeguarding(world: World) -> Feed:
    """Schools' safeguarding log, JSON lines from a system several schools share."""
    events = world.events["worries"]
    rng, who = world.rng("safeguarding"), events["person"].to_numpy()
    seen = world.seen("education/safeguarding", who, "log")
    frame = pl.DataFrame(
        {
            "incident": serial("INC", events["log"]),
            "pupilRef": seen["key"],
            "pupilForename": seen["first_name"],
            "pupilSurname": seen["last_name"],
            "pupilDob": dated(seen["born"], ISO),
            "upn": seen["upn"],
            "school": world.people["school"].gather(who).fill_null("Severnmouth College"),
            "occurredAt": dated(events["at"], "%Y-%m-%dT%H:%M"),
            "category": events["kind"],
            "note": notes(
                rng,
                SCHOOL_NOTES,
                _kinds_by_age(world, events),
                texts(seen["first_name"].str.strip_chars().to_list()),
                place_names(events["spot"].to_numpy()),
            ),
            "recordedBy": _leads(world, who, cast.CAROL.name, "Safeguarding lead"),
            "recordedByEmail": _leads(world, who, cast.CAROL.email, "safeguarding@schools.severnmouth.example"),
        }
    )
    return Feed(
        "school-safeguarding-log",
        SCHOOLS,
        "safeguarding_log_",
        frame,
        who,
        Shape("jsonl"),
        day_array(events["at"]),
        days_ago=(15, 1),
        faults=(
            Fault("occurredAt", "2026-06-31T10:00", "the day does not exist"),
            Fault("pupilRef", None, "no pupil number"),
            Fault("upn", "none", "not a pupil number", "note"),
        ),
    )

"""Health: emergency department, ambulance, mental health, school nursing, sexual health, registration, substances."""

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import pick
from kith.demo.dress import COMPACT, ISO, UK, column_text, dated, day_array, days_of, place_column, place_names, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.wording import HOSPITAL_NOTES, notes
from kith.demo.world import World


def feeds(world: World) -> list[Feed]:
    """Every health feed."""
    return [
        emergency(world),
        ambulance(world),
        mind(world),
        nurse(world),
        sexual(world),
        registration(world),
        substance(world),
    ]


def emergency(world: World) -> Feed:
    """Emergency department attendances. The last file came twice under two names."""
    events = world.events["injuries"]
    who, spot = events["person"].to_numpy(), events["spot"].to_numpy()
    seen = world.seen("health/emergency", who, "emergency")
    frame = pl.DataFrame(
        {
            "AttendanceNo": serial("ED", events["attendance"], 7),
            "HospitalNo": seen["key"],
            "NHSNumber": seen["nhs_number"],
            "Surname": seen["last_name"],
            "Forename": seen["first_name"],
            "DOB": dated(seen["born"], COMPACT),
            "Sex": seen["sex"],
            "Postcode": seen["postcode"],
            "ArrivalDateTime": dated(events["at"], "%Y-%m-%dT%H:%M:%S"),
            "ArrivalMode": events["arrived"],
            "Group": events["kind"],
            "IncidentLocation": place_column(spot),
            "Complaint": notes(
                world.rng("hospital"), HOSPITAL_NOTES, events["kind"].to_list(), place_names(spot), place_names(spot)
            ),
        }
    )
    return Feed(
        "health-emergency",
        "severnmouth-hospital",
        "emergency_",
        frame,
        who,
        Shape(delimiter="|", quotes="never"),
        day_array(events["at"]),
        days_ago=(18, 4),
        doubled=True,
        file_date="%Y%m%d",
        faults=(
            Fault("ArrivalDateTime", "2026-04-31T22:10:00", "the day does not exist"),
            Fault("NHSNumber", "9991234567", "the NHS number fails its check", "note"),
            Fault("AttendanceNo", None, "no attendance number"),
        ),
    )


def ambulance(world: World) -> Feed:
    """Ambulance calls to children, XML. The service has no number for people: each call stands alone."""
    events = world.events["ambulances"]
    who, spot = events["person"].to_numpy(), events["spot"].to_numpy()
    seen = world.view("health/emergency")[who]
    reference = serial("AMB", events["ambulances"], 7)
    world.note_keys("health/ambulance", reference.to_numpy(), who)
    frame = pl.DataFrame(
        {
            "CallRef": reference,
            "CallTime": dated(events["at"], "%d/%m/%Y %H:%M"),
            "PatientForename": seen["first_name"],
            "PatientSurname": seen["last_name"],
            "PatientDOB": dated(seen["born"]),
            "PatientSex": seen["sex"],
            "PickedUpAt": place_column(spot),
            "PickedUpPostcode": place_column(spot, "postcode"),
            "Reason": column_text(
                pick(
                    world.rng("ambulance"),
                    ("Injury", "Unwell after alcohol or drugs", "Breathing", "Distress", "Fit"),
                    len(who),
                    [44, 18, 14, 16, 8],
                )
            ),
            "TakenTo": column_text(
                pick(world.rng("ambulance to"), ("Severnmouth General Hospital", "Left with carer"), len(who), [72, 28])
            ),
        }
    )
    return Feed(
        "health-ambulance",
        "severnmouth-ambulance",
        "ambulance_calls_",
        frame,
        who,
        Shape("xml", root="Calls", record="Call"),
        day_array(events["at"]),
        days_ago=(33, 6),
        faults=(
            Fault("CallTime", "31/06/2026 23:59", "the day does not exist"),
            Fault("PatientDOB", "01/01/2035", "born in the future"),
        ),
    )


def mind(world: World) -> Feed:
    """Child and adolescent mental health: referrals and waits, a spreadsheet."""
    events = world.events["mind"]
    seen = world.seen("health/camhs", events["person"].to_numpy(), "mind")
    frame = pl.DataFrame(
        {
            "Referral": serial("MH", events["referral"]),
            "Patient no": seen["key"],
            "NHS number": seen["nhs_number"],
            "Last name": seen["last_name"],
            "First name": seen["first_name"],
            "Date of birth": days_of(seen["born"]),
            "Postcode": seen["postcode"],
            "Referred": days_of(events["start"]),
            "First seen": days_of(events["first"]),
            "Reason": events["reason"],
            "Priority": events["urgency"],
        }
    )
    return Feed(
        "health-camhs",
        "severnmouth-camhs",
        "CAMHS referrals ",
        frame,
        events["person"].to_numpy(),
        Shape("xlsx", title=("CAMHS referrals and first appointments",), sheet="Referrals"),
        day_array(events["start"]),
        days_ago=(40, 10),
        late=("First seen",),
        file_date="%Y-%m-%d",
        faults=(
            Fault("Referral", None, "no referral number"),
            Fault("NHS number", "999 000 12", "too short for an NHS number", "note"),
        ),
    )


def nurse(world: World) -> Feed:
    """School nursing contacts, latin-1."""
    events = world.events["nurse"]
    seen = world.seen("health/school-nursing", events["person"].to_numpy(), "nurse")
    why = pick(
        world.rng("nurse"),
        (
            "Drop-in",
            "Health assessment",
            "Immunisation",
            "Sleep",
            "Worry about safety",
            "Weight and growth",
            "Café health talk",
        ),
        len(events),
        [26, 18, 24, 10, 12, 8, 2],
    )
    frame = pl.DataFrame(
        {
            "contact_id": serial("SN", events["nurse"]),
            "client_id": seen["key"],
            "nhs_no": seen["nhs_number"].str.replace(r"^(\d{3})(\d{3})(\d{4})$", "$1 $2 $3"),
            "surname": seen["last_name"],
            "given_name": seen["first_name"],
            "dob": dated(seen["born"]),
            "sex": seen["sex"],
            "seen_on": dated(events["at"]),
            "why": why.tolist(),
            "school": world.people["school"].gather(events["person"]),
        }
    )
    return Feed(
        "health-school-nursing",
        "severnmouth-community-health",
        "school_nursing_",
        frame,
        events["person"].to_numpy(),
        Shape(encoding="latin-1", line_end="\r\n"),
        day_array(events["at"]),
        days_ago=(36, 7),
        faults=(
            Fault("seen_on", "29/02/2026", "the day does not exist"),
            Fault("contact_id", None, "no contact number"),
        ),
    )


def sexual(world: World) -> Feed:
    """Sexual health visits: only that a young person was seen. Restricted, and even that she is known is not told."""
    events = world.events["sexual"]
    who = events["person"].to_numpy()
    seen = world.seen("health/sexual-health", who, "sexual")
    frame = pl.DataFrame(
        {
            "visit": serial("SH", events["sexual"]),
            "clinicNumber": seen["key"],
            "firstName": seen["first_name"],
            "lastName": seen["last_name"],
            "dob": dated(seen["born"], ISO),
            "postcode": seen["postcode"],
            "seenOn": dated(events["at"], ISO),
            "visitType": column_text(pick(world.rng("sexual"), ("Advice", "Check-up", "Follow-up"), len(who))),
            "worryAboutExploitation": pl.Series(
                np.where(np.isin(who, world.events["exploited"]["person"].to_numpy()), "yes", "no").tolist()
            ),
        }
    )
    return Feed(
        "health-sexual-health",
        "severnmouth-sexual-health",
        "young_peoples_clinic_",
        frame,
        who,
        Shape("jsonl"),
        day_array(events["at"]),
        days_ago=(29, 2),
        faults=(
            Fault("seenOn", "2026-02-30", "the day does not exist"),
            Fault("clinicNumber", None, "no clinic number"),
        ),
    )


def registration(world: World) -> Feed:
    """Everybody registered with a doctor, the whole list each quarter."""
    rng = world.rng("registration")
    wanted = rng.random(len(world.people)) < 0.95
    wanted[: len(cast.PEOPLE)] = True
    wanted[[cast.ISLA.pid, cast.ISLAS_MOTHER.pid]] = False
    who = np.flatnonzero(wanted)
    seen = world.seen("health/gp", who, "registration")
    frame = pl.DataFrame(
        {
            "reg_no": seen["key"],
            "nhs": seen["nhs_number"],
            "family_name": seen["last_name"],
            "given_name": seen["first_name"],
            "other_names": seen["middle_names"],
            "previous_family_name": seen["former_last_name"],
            "dob": dated(seen["born"], "%d-%b-%Y"),
            "sex": seen["sex"],
            "addr": seen["address"],
            "postcode": seen["postcode"],
            "tel": seen["phone"],
            "practice": column_text(
                pick(
                    rng,
                    (
                        "Weir Surgery",
                        "Harbour Practice",
                        "Fernhill Medical Centre",
                        "Coldstream Surgery",
                        "Highmead Health",
                    ),
                    len(who),
                )
            ),
            "main_language": world.people["language"].gather(who),
            "interpreter": pl.Series(np.where(world.people["interpreter"].gather(who), "Y", "N").tolist()),
        }
    )
    return Feed(
        "health-registration",
        "severnmouth-community-health",
        "gp_registrations_",
        frame,
        who,
        Shape(encoding="latin-1"),
        mode="snapshot",
        days_ago=(12,),
        faults=(
            Fault("reg_no", None, "no registration number"),
            Fault("nhs", "9990000000", "the NHS number fails its check", "note"),
            Fault("dob", "31-Nov-2012", "the day does not exist"),
        ),
    )


def substance(world: World) -> Feed:
    """Young people's help with alcohol and drugs."""
    events = world.events["substance"]
    seen = world.seen("health/substance", events["person"].to_numpy(), "substance")
    frame = pl.DataFrame(
        {
            "Client": seen["key"],
            "Episode": serial("YPS", events["substance"], 5),
            "Forename": seen["first_name"],
            "Surname": seen["last_name"],
            "DOB": dated(seen["born"], UK),
            "NHS": seen["nhs_number"],
            "Started": dated(events["at"], UK),
            "Referred by": column_text(
                pick(
                    world.rng("substance by"),
                    ("School", "Youth justice", "Self", "Social care", "Hospital"),
                    len(events),
                    [30, 25, 15, 22, 8],
                )
            ),
            "Main substance": column_text(
                pick(
                    world.rng("substance"),
                    ("Cannabis", "Alcohol", "Ketamine", "Nicotine vapes", "Nitrous oxide"),
                    len(events),
                    [52, 20, 12, 10, 6],
                )
            ),
        }
    )
    return Feed(
        "health-substance-help",
        "severnmouth-substance-service",
        "young_peoples_substance_",
        frame,
        events["person"].to_numpy(),
        Shape(delimiter="\t", bom=True),
        day_array(events["at"]),
        days_ago=(55, 11),
        faults=(Fault("Started", "31/09/2026", "the day does not exist"),),
    )

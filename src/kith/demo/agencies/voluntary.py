"""Voluntary and national: the specialist exploitation service, mentors, decisions on modern slavery."""

import numpy as np
import polars as pl

from kith.demo.area import FAR
from kith.demo.chance import pick
from kith.demo.dress import ISO, column_text, dated, day_array, days_of, place_column, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.world import World

ENCOUNTERED = (
    "coach station",
    "rail station",
    "airport",
    "bus station",
    "motorway services",
    "far coach station",
    "far rail station",
    "hotel",
    "serviced apartments",
    "street",
)
TRAVELLED = ("coach", "train", "bus", "car", "taxi", "aeroplane", None)


def feeds(world: World) -> list[Feed]:
    """Every voluntary and national feed."""
    return [specialist(world), mentors(world), national(world)]


def specialist(world: World) -> Feed:
    """The Lantern Project: referrals, waits and allocations."""
    events = world.events["specialist"]
    who = events["person"].to_numpy()
    seen = world.seen("voluntary/exploitation", who, "specialist")
    worker = column_text(
        pick(world.rng("lantern"), ("Maya Horler", "Chidi Eze", "Rosie Bidgood", "Sam Tovey"), len(who))
    )
    allocated = events["allocated"].is_not_null()
    frame = pl.DataFrame(
        {
            "Referral": serial("LP", events["case"], 5),
            "Young person": seen["key"],
            "Surname": seen["last_name"],
            "First name": seen["first_name"],
            "DOB": days_of(seen["born"]),
            "Worry": events["harm"],
            "Asked for": days_of(events["asked"]),
            "Allocated": days_of(events["allocated"]),
            "Ended": days_of(events["end"]),
            "Worker": pl.select(pl.when(allocated).then(worker))[:, 0],
        }
    )
    return Feed(
        "lantern-specialist-support",
        "lantern-project",
        "Lantern allocations ",
        frame,
        who,
        Shape("xlsx", title=("Lantern Project", "Referrals and waiting list"), sheet="All"),
        mode="snapshot",
        days_ago=(37, 6),
        faults=(Fault("Referral", None, "no referral number"), Fault("Worry", "#REF!", "a spreadsheet error", "note")),
    )


def mentors(world: World) -> Feed:
    """Community mentors."""
    events = world.events["mentors"]
    who = events["person"].to_numpy()
    seen = world.seen("voluntary/mentors", who, "mentors")
    frame = pl.DataFrame(
        {
            "match": serial("HM", events["match"], 5),
            "mentee": seen["key"],
            "name": seen["first_name"].str.strip_chars() + " " + seen["last_name"].str.strip_chars(),
            "first": seen["first_name"],
            "last": seen["last_name"],
            "birthday": dated(seen["born"], "%d %B %Y"),
            "began": dated(events["start"], "%d %B %Y"),
            "finished": dated(events["end"], "%d %B %Y"),
            "mentor": column_text(
                pick(world.rng("mentors"), ("Delroy", "Agnes", "Yusuf", "Bev", "Marcin", "Tolu"), len(who))
            ),
        }
    )
    return Feed(
        "mentors",
        "harbour-mentors",
        "mentoring_",
        frame,
        who,
        Shape(bom=True),
        day_array(events["start"]),
        days_ago=(43, 8),
        late=("finished",),
        faults=(Fault("began", "31 June 2026", "the day does not exist"), Fault("match", None, "no match number")),
    )


def national(world: World) -> Feed:
    """Referrals to the National Referral Mechanism and its decisions."""
    events = world.events["national"]
    who = events["person"].to_numpy()
    seen = world.seen("home-office/nrm", who, "national")
    rng = world.rng("nrm encounters")
    met = np.where(rng.random(len(who)) < 0.6, world.spots(rng, len(who), ENCOUNTERED), -1)
    frame = pl.DataFrame(
        {
            "referral": serial("NR", events["case"], 6),
            "personRef": seen["key"],
            "forename": seen["first_name"],
            "surname": seen["last_name"],
            "dateOfBirth": dated(seen["born"], ISO),
            "sex": seen["sex"],
            "exploitation": events["harm"],
            "countyLines": pl.Series(np.where(events["county_lines"], "true", "false").tolist()),
            "encounteredAt": place_column(met),
            "encounteredAtPostcode": place_column(met, "postcode"),
            "encounteredAtType": place_column(met, "kind").str.strip_prefix(FAR),
            "travelledBy": column_text(pick(rng, TRAVELLED, len(who), (6, 5, 1, 4, 2, 1, 9))),
            "referredOn": dated(events["sent"], ISO),
            "reasonableGrounds": pl.select(pl.when(events["first"].is_not_null()).then(events["first_decision"]))[:, 0],
            "reasonableGroundsOn": dated(events["first"], ISO),
            "conclusiveGrounds": pl.select(pl.when(events["last"].is_not_null()).then(events["last_decision"]))[:, 0],
            "conclusiveGroundsOn": dated(events["last"], ISO),
        }
    )
    late = ("reasonableGrounds", "reasonableGroundsOn", "conclusiveGrounds", "conclusiveGroundsOn")
    return Feed(
        "nrm-decisions",
        "national-referral-mechanism",
        "nrm_decisions_",
        frame,
        who,
        Shape("jsonl"),
        day_array(events["sent"]),
        days_ago=(31, 9),
        late=late,
        faults=(
            Fault("referredOn", "2026-13-01", "there is no thirteenth month"),
            Fault("referral", None, "no referral number"),
        ),
    )

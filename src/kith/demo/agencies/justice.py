"""Youth justice, courts and probation."""

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.chance import pick
from kith.demo.dress import COMPACT, ISO, column_text, dated, day_array, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.world import World


def feeds(world: World) -> list[Feed]:
    """Every justice feed."""
    return [caseload(world), court_list(world), probation(world)]


def caseload(world: World) -> Feed:
    """Youth justice work, XML: one record per child, her orders inside it."""
    events = world.events["youth_justice"].sort("person", "start")
    who = events["person"].to_numpy()
    seen = world.seen("justice/youth", who, "caseload")
    frame = pl.DataFrame(
        {
            "YJRef": seen["key"],
            "Forename": seen["first_name"],
            "Surname": seen["last_name"],
            "DOB": dated(seen["born"]),
            "Sex": seen["sex"],
            "Postcode": seen["postcode"],
            "Interventions/Intervention/No": serial("INT", events["order"], 5),
            "Interventions/Intervention/Kind": events["kind"],
            "Interventions/Intervention/Began": dated(events["start"]),
            "Interventions/Intervention/Ended": dated(events["end"]),
            "Interventions/Intervention/Worker": column_text(
                pick(world.rng("yj"), ("Dionne Facey", "Rob Hember", "Kate Vowles"), len(who))
            ),
        }
    )
    return Feed(
        "justice-youth-caseload",
        "severnmouth-youth-justice",
        "yj_caseload_",
        frame,
        who,
        Shape("xml", root="Caseload", record="YoungPerson", rows="Interventions/Intervention"),
        mode="snapshot",
        days_ago=(38, 7),
        faults=(
            Fault("Interventions/Intervention/Began", "31/11/2025", "the day does not exist"),
            Fault("DOB", "02/02/2033", "born in the future"),
        ),
    )


def court_list(world: World) -> Feed:
    """Youth court lists, fixed width. Courts have no number for people: each listing stands alone."""
    events = world.events["courts"]
    who = events["person"].to_numpy()
    seen = world.view("police/niche")[who]
    number = serial("YC", events["hearing_no"], 8)
    world.note_keys("justice/courts", number.to_numpy(), who)
    frame = pl.DataFrame(
        {
            "listing": number,
            "surname": seen["last_name"].str.strip_chars(),
            "forename": seen["first_name"].str.strip_chars(),
            "dob": dated(seen["born"], COMPACT),
            "day": dated(events["day"], COMPACT),
            "room": column_text(pick(world.rng("room"), ("COURT 1", "COURT 2", "YOUTH"), len(who))),
            "hearing": events["hearing"].str.to_uppercase(),
        }
    )
    listed = np.minimum(day_array(events["day"]) - 14, np.datetime64(world.today, "D") - 2)
    return Feed(
        "justice-court-list",
        "severnmouth-courts",
        "YCLIST",
        frame,
        who,
        Shape("fixed", widths=(10, 24, 24, 8, 8, 8, 20), line_end="\r\n"),
        listed,
        days_ago=(30, 2),
        file_date="%Y%m%d",
        faults=(Fault("day", "20260431", "the day does not exist"), Fault("listing", "", "no listing number")),
    )


def probation(world: World) -> Feed:
    """Adults under supervision who may harm children."""
    rng = world.rng("probation")
    adults = world.with_role("adult of concern")
    who = np.concatenate(
        [[cast.MARLON.pid], adults[rng.random(len(adults)) < 0.45], world.with_role("neighbour")[:: max(1, 90)]]
    )
    seen = world.seen("justice/probation", who, "probation")
    start = np.datetime64(world.today, "D") - rng.integers(30, 900, len(who))
    frame = pl.DataFrame(
        {
            "crn": seen["key"],
            "surname": seen["last_name"],
            "forename": seen["first_name"],
            "dob": dated(seen["born"], ISO),
            "sex": seen["sex"],
            "postcode": seen["postcode"],
            "supervised_from": dated(start, ISO),
            "order": column_text(pick(rng, ("Community order", "Licence", "Suspended sentence order"), len(who))),
            "no_contact_with_children": pl.Series(
                np.where(np.isin(who, adults) | (who == cast.MARLON.pid), "Y", "N").tolist()
            ),
            "officer": column_text(pick(rng, ("Paul Tanner", "Anna Wookey", "Imran Malik"), len(who))),
        }
    )
    return Feed(
        "justice-probation",
        "severnmouth-probation",
        "probation_cohort_",
        frame,
        who,
        Shape(delimiter="|", quotes="never"),
        mode="snapshot",
        days_ago=(41, 10),
        faults=(Fault("crn", None, "no case number"), Fault("supervised_from", "2026-06-31", "the day does not exist")),
    )

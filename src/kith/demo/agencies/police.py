"""Police: missing people, crime, custody, stop and search, intelligence, flags, domestic abuse, nuisance."""

from datetime import timedelta

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.area import FAR
from kith.demo.chance import either, moments, pick
from kith.demo.dress import COMPACT, ISO, UK, coded, dated, day_array, days_of, place_column, serial
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.wording import report_notes
from kith.demo.world import World

AGENCY, SYSTEM = "severnmouth-police", "police/niche"
SEX = {"M": "1", "F": "2"}
LATE = ("OUTCOME", "OUTCOME_DATE", "COURT")
VIOLENCE = (
    "Assault without injury", "Assault with injury", "Robbery of personal property", "Threats",
    "Racially aggravated assault",
)  # fmt: skip
SUSPECTS_AGED = ("10-17", "18-24", "25-34", "35+")


def feeds(world: World) -> list[Feed]:
    """Every police feed."""
    return [
        missing(world),
        crime(world, "victim"),
        crime(world, "suspect"),
        custody(world),
        stops(world),
        intelligence(world),
        flags(world),
        household_incidents(world),
        nuisance(world),
    ]


def missing(world: World) -> Feed:
    """The police's own count: some short absences never reach them, and theirs include adults' children elsewhere."""
    rng = world.rng("police missing")
    events = world.events["missing"]
    cast_row = events["person"].to_numpy() < len(cast.PEOPLE)
    told = (rng.random(len(events)) < 0.78) & (events["type"].to_numpy() == "M")
    events = events.filter(pl.Series(told | cast_row))
    seen = world.seen(SYSTEM, events["person"].to_numpy(), "missing")
    with_key = world.keys(SYSTEM, np.maximum(events["found_with"].to_numpy(), 0))
    alone = events["found_with"].to_numpy() < 0
    world.note(SYSTEM, events["found_with"].to_numpy()[~alone])
    frame = pl.DataFrame(
        {
            "MISPER_REF": serial("MP/", events["episode"]),
            "NICHE_ID": seen["key"],
            "FORENAMES": seen["first_name"],
            "SURNAME": seen["last_name"],
            "DOB": dated(seen["born"]),
            "SEX": coded(seen["sex"], SEX),
            "HOME_POSTCODE": seen["postcode"],
            "REPORTED_DATE": dated(events["gone"]),
            "REPORTED_TIME": dated(events["gone"], "%H:%M"),
            "RETURN_DATE": dated(events["back"]),
            "RETURN_TIME": dated(events["back"], "%H:%M"),
            "RISK": events["grade"],
            "MISSING_FROM": events["missing_from"],
            "FOUND_AT": place_column(events["found"].to_numpy()),
            "FOUND_POSTCODE": place_column(events["found"].to_numpy(), "postcode"),
            "FOUND_TYPE": place_column(events["found"].to_numpy(), "kind").str.strip_prefix(FAR),
            "WITH_NICHE_ID": pl.Series(either(alone, None, with_key).tolist(), dtype=pl.String),
        }
    )
    return Feed(
        "police-missing",
        AGENCY,
        "missing_persons_",
        frame,
        events["person"].to_numpy(),
        Shape(delimiter=";", line_end="\r\n"),
        day_array(events["gone"]),
        late=("RETURN_DATE", "RETURN_TIME", "FOUND_AT", "FOUND_POSTCODE", "FOUND_TYPE", "WITH_NICHE_ID"),
        faults=(
            Fault("REPORTED_DATE", "31/02/2026", "the day does not exist"),
            Fault("MISPER_REF", None, "no reference"),
            Fault("RISK", "X", "a grade nobody defined", "reject"),
            Fault("DOB", "14/03/2031", "born in the future"),
            Fault("NICHE_ID", None, "no person number"),
        ),
    )


def crime(world: World, part: str) -> Feed:
    """Recorded crime: one file of victims, one of suspects, tab separated.

    Police mark a crime as domestic abuse with a flag of its own, beside the offence; what became of a crime comes
    later, by its Home Office number.
    """
    events = world.events["crimes"].filter(pl.col("part") == part)
    seen = world.seen(SYSTEM, events["person"].to_numpy(), "crime", part)
    spot = events["spot"].to_numpy()
    online = place_column(spot, "kind") == "online"
    letter = part[0].upper()
    frame = pl.DataFrame(
        {
            "CRIME_NO": serial("52", events["crime"], 7),
            "PERSON_URN": seen["key"],
            "ROLE": [letter] * len(events),
            "SURNAME": seen["last_name"],
            "FORENAMES": seen["first_name"],
            "GENDER": seen["sex"],
            "BORN": dated(seen["born"], ISO),
            "ADDR": seen["address"],
            "PCODE": seen["postcode"],
            "OFFENCE": events["offence"],
            "COMMITTED": dated(events["at"], "%Y-%m-%d %H:%M"),
            "LOCATION": place_column(spot),
            "LOC_PCODE": place_column(spot, "postcode"),
            "LOC_TYPE": place_column(spot, "kind"),
            "LAT": place_column(spot, "latitude").cast(pl.String),
            "LON": place_column(spot, "longitude").cast(pl.String),
            "ONLINE": online.cast(pl.Int8).cast(pl.String).replace({"1": "Y", "0": "N"}),
        }
    )
    if part == "victim":
        frame = frame.with_columns(*_what_became(world, events), *_who_is_suspected(world, events))
    name = f"police-crime-{part}s"
    return Feed(
        name,
        AGENCY,
        f"crime_{part}s_",
        frame,
        events["person"].to_numpy(),
        Shape(delimiter="\t", quotes="never"),
        day_array(events["at"]),
        days_ago=(28, 7, 1),
        late=LATE if part == "victim" else (),
        faults=(
            Fault("COMMITTED", "2026-13-04 10:00", "there is no thirteenth month"),
            Fault("CRIME_NO", None, "no crime number"),
            Fault("BORN", "2030-01-09", "born in the future"),
        ),
    )


def _who_is_suspected(world: World, events: pl.DataFrame) -> list[pl.Series]:
    """Of violence outside the home, where somebody is known to be suspected: their age band and sex, and no more."""
    rng = world.rng("who is suspected")
    violence = events["offence"].is_in(VIOLENCE).to_numpy() & ~events["domestic"].to_numpy()
    known = violence & (rng.random(len(events)) < 0.58)
    age = pick(rng, SUSPECTS_AGED, len(events), [47, 27, 13, 13])
    sex = pick(rng, ("M", "F"), len(events), [82, 18])
    return [
        pl.Series(name, np.where(known, values, "").tolist()).replace("", None)
        for name, values in (("SUSP_AGE", age), ("SUSP_SEX", sex))
    ]


def _what_became(world: World, events: pl.DataFrame) -> list[pl.Series]:
    """The flag of domestic abuse, the outcome and its day, and the court's word."""
    known = events.join(world.events["crime_outcomes"], on="crime", how="left", maintain_order="left")
    return [
        events["domestic"].replace_strict({True: "Y", False: None}, return_dtype=pl.String).alias("DA_FLAG"),
        known["outcome"].alias("OUTCOME"),
        dated(known["closed"], ISO).alias("OUTCOME_DATE"),
        known["court"].alias("COURT"),
    ]


def custody(world: World) -> Feed:
    """Custody records, fixed width, cp1252: about half of suspects are brought in."""
    rng = world.rng("custody")
    suspects = world.events["crimes"].filter(pl.col("part") == "suspect")
    events = suspects.filter(pl.Series(rng.random(len(suspects)) < 0.48) | (pl.col("person") < len(cast.PEOPLE)))
    seen = world.seen(SYSTEM, events["person"].to_numpy(), "custody")
    into = events["at"] + pl.Series(
        (rng.random(len(events)) * 300 + 40).astype("timedelta64[m]").astype("timedelta64[ms]")
    )
    frame = pl.DataFrame(
        {
            "custody_no": serial("CU", pl.Series(range(len(events))), 8),
            "urn": seen["key"],
            "name": seen["last_name"].str.strip_chars() + "," + seen["first_name"].fill_null(""),
            "dob": dated(seen["born"], COMPACT),
            "sex": seen["sex"],
            "in_date": dated(into, COMPACT),
            "in_time": dated(into, "%H%M"),
            "offence": events["offence"],
            "adult": pl.Series(
                pick(rng, ("PARENT", "SOCIAL WORKER", "SCHEME", None), len(events), [50, 20, 24, 6]).tolist(),
                dtype=pl.String,
            ),
            "outcome": pl.Series(
                pick(
                    rng,
                    ("RELEASED UNDER INVESTIGATION", "CHARGED", "BAILED", "NO FURTHER ACTION", "DIVERTED"),
                    len(events),
                ).tolist()
            ),
        }
    )
    return Feed(
        "police-custody",
        AGENCY,
        "CUSTODY",
        frame,
        events["person"].to_numpy(),
        Shape("fixed", encoding="cp1252", line_end="\r\n", widths=(10, 10, 40, 8, 1, 8, 4, 44, 14, 30)),
        day_array(into),
        days_ago=(30, 2),
        file_date="%Y%m%d",
        faults=(Fault("in_date", "20260230", "the day does not exist"), Fault("urn", "", "no person number")),
    )


def stops(world: World) -> Feed:
    """Stop and search. This feed stopped arriving six weeks ago."""
    events = world.events["stops"]
    seen = world.seen(SYSTEM, events["person"].to_numpy(), "stops")
    spot = events["spot"].to_numpy()
    frame = pl.DataFrame(
        {
            "SearchRef": serial("SS-", events["stop"]),
            "PersonURN": seen["key"],
            "Surname": seen["last_name"],
            "Forename": seen["first_name"],
            "Date of birth": dated(seen["born"], "%d-%b-%y"),
            "Sex": seen["sex"],
            "When": dated(events["at"], "%d-%b-%y %H:%M"),
            "Where": place_column(spot),
            "Where postcode": place_column(spot, "postcode"),
            "Object": events["reason"],
            "Outcome": events["outcome"],
        }
    )
    return Feed(
        "police-stop-search",
        AGENCY,
        "stop_search_",
        frame,
        events["person"].to_numpy(),
        Shape(quotes="always"),
        day_array(events["at"]),
        days_ago=(70, 43),
        faults=(Fault("When", "29-Feb-25 15:10", "the day does not exist"),),
    )


def intelligence(world: World) -> Feed:
    """Partner reports from the online portal, graded by police. JSON lines; some name nobody, only a place."""
    rng = world.rng("portal")
    events = world.events["intelligence"]
    who, other = events["person"].to_numpy(), events["other"].to_numpy()
    seen = world.seen(SYSTEM, np.maximum(who, 0), "intelligence")
    spot = events["spot"].to_numpy()
    named, both = pl.Series(who >= 0), pl.Series(other >= 0)
    other_view = world.view(SYSTEM)[np.maximum(other, 0)]
    world.note(SYSTEM, other[other >= 0])
    frame = pl.DataFrame(
        {
            "reference": serial("PPI", events["report"]),
            "submitted": dated(events["at"], "%Y-%m-%dT%H:%M:%S"),
            "reporter_type": events["reporter"],
            "subject_ref": seen["key"],
            "subject_forename": seen["first_name"],
            "subject_surname": seen["last_name"],
            "subject_dob": dated(seen["born"], ISO),
            "other_ref": pl.Series(world.keys(SYSTEM, np.maximum(other, 0)).tolist()),
            "other_forename": other_view["first_name"],
            "other_surname": other_view["last_name"],
            "location": place_column(spot),
            "location_postcode": place_column(spot, "postcode"),
            "harm": events["harm"],
            "source_grade": events["source"].cast(pl.String),
            "information_grade": events["grade"],
            "handling": events["handling"],
            "text": report_notes(rng, events["harm"].to_list(), place_column(spot).to_list()),
        }
    )
    frame = frame.with_columns(
        [pl.when(named).then(pl.col(c)).alias(c) for c in frame.columns if c.startswith("subject_")]
        + [pl.when(both).then(pl.col(c)).alias(c) for c in frame.columns if c.startswith("other_")]
    )
    return Feed(
        "police-intelligence",
        AGENCY,
        "partner_reports_",
        frame,
        who,
        Shape("jsonl"),
        day_array(events["at"]),
        days_ago=(21, 1),
        faults=(
            Fault("submitted", "2026-02-31T09:00:00", "the day does not exist"),
            Fault("reference", None, "no reference"),
            Fault("information_grade", "F", "a grade nobody defined", "note"),
        ),
    )


def flags(world: World) -> Feed:
    """Exploitation flags, the whole list each week, in a spreadsheet with merged headings and Excel dates.

    Police flag most children being exploited, and many of those whom the council's social workers took up for it.
    """
    rng = world.rng("flags")
    events = world.events["exploited"].filter(
        pl.Series(rng.random(len(world.events["exploited"])) < 0.8) | (pl.col("person") < len(cast.PEOPLE))
    )
    events = events.filter(pl.col("until").is_null() | (pl.col("until") > world.today - timedelta(days=180)))
    events = pl.concat([events, _taken_up(world)]).unique("person", keep="first", maintain_order=True)
    seen = world.seen(SYSTEM, events["person"].to_numpy(), "flags")
    since = np.minimum(day_array(events["since"]) + 21, np.datetime64(world.today, "D") - 5)
    frame = pl.DataFrame(
        {
            "Niche ID": seen["key"],
            "Surname": seen["last_name"],
            "Forename(s)": seen["first_name"],
            "D.O.B.": days_of(seen["born"]),
            "Flag": coded(events["harm"], {"criminal exploitation": "CCE", "sexual exploitation": "CSE"}),
            "Set on": days_of(moments(since)),
            "Review by": days_of(moments(since + 91)),
            "Owner": pl.Series(
                pick(
                    rng, ("Exploitation team East", "Exploitation team North", "Exploitation team South"), len(events)
                ).tolist()
            ),
            "Response level": pl.Series(
                pick(rng, ("Same day", "This week", "Planned"), len(events), [15, 45, 40]).tolist()
            ),
        }
    )
    groups = ("Person",) * 4 + ("Flag",) * 5
    return Feed(
        "police-exploitation-flags",
        AGENCY,
        "Exploitation flags ",
        frame,
        events["person"].to_numpy(),
        Shape(
            "xlsx",
            title=("OFFICIAL-SENSITIVE. Exploitation flags", "Refreshed every Monday"),
            groups=groups,
            sheet="Flags",
        ),
        mode="snapshot",
        days_ago=(32, 4),
        file_date="%d.%m.%Y",
        faults=(Fault("Niche ID", None, "no person number"), Fault("Flag", "CXE", "a flag nobody defined", "reject")),
    )


def _taken_up(world: World) -> pl.DataFrame:
    """Two in three of the children whom a social worker took up for exploitation within the year."""
    told = world.events["outside_home"].filter(
        pl.col("harm").is_in(["criminal exploitation", "sexual exploitation", "county lines"])
        & (pl.col("outcome") == "Social worker")
        & (pl.col("day") > world.today - timedelta(days=365))
        & (pl.col("person") >= len(cast.PEOPLE))
    )
    told = told.filter(pl.Series(world.rng("flags of contacts").random(len(told)) < 0.67))
    harm = pl.col("harm").replace("county lines", "criminal exploitation")
    return told.select("person", harm, since="day", until=pl.lit(None, pl.Date))


def household_incidents(world: World) -> Feed:
    """Domestic abuse notices, XML: one notice, and inside it each child of the home."""
    events = world.events["household_incidents"]
    seen = world.seen(SYSTEM, events["person"].to_numpy(), "household")
    adult = world.seen(SYSTEM, events["adult"].to_numpy(), "household adult")
    frame = pl.DataFrame(
        {
            "NoticeRef": serial("DAN", events["incident"]),
            "IncidentDateTime": dated(events["at"], "%Y-%m-%dT%H:%M:%S"),
            "Grading": events["grade"],
            "Crimed": events["crimed"].replace_strict({True: "Y", False: "N"}, return_dtype=pl.String),
            "AdultURN": adult["key"],
            "AdultForename": adult["first_name"],
            "AdultSurname": adult["last_name"],
            "AddressPostcode": adult["postcode"],
            "Children/Child/ChildURN": seen["key"],
            "Children/Child/Forename": seen["first_name"],
            "Children/Child/Surname": seen["last_name"],
            "Children/Child/DateOfBirth": dated(seen["born"], ISO),
            "Children/Child/Sex": seen["sex"],
        }
    )
    return Feed(
        "police-domestic-abuse",
        AGENCY,
        "DAN_",
        frame,
        events["person"].to_numpy(),
        Shape("xml", root="Notices", record="Notice", rows="Children/Child"),
        day_array(events["at"]),
        days_ago=(14, 1),
        faults=(
            Fault("Children/Child/ChildURN", None, "no person number"),
            Fault("Children/Child/DateOfBirth", "2031-05-05", "born in the future"),
        ),
    )


def nuisance(world: World) -> Feed:
    """Anti-social behaviour complaints: rows say whether they add, amend or delete."""
    rng = world.rng("nuisance")
    events = world.events["nuisance"]
    who = events["person"].to_numpy()
    seen = world.seen(SYSTEM, np.maximum(who, 0), "nuisance")
    spot, named = events["spot"].to_numpy(), pl.Series(who >= 0)
    frame = pl.DataFrame(
        {
            "action": ["A"] * len(events),
            "log_no": serial("ASB", events["complaint"]),
            "logged": dated(events["at"], "%d/%m/%Y %H:%M"),
            "kind": events["what"],
            "place": place_column(spot),
            "place_postcode": place_column(spot, "postcode"),
            "latitude": place_column(spot, "latitude").cast(pl.String),
            "longitude": place_column(spot, "longitude").cast(pl.String),
            "urn": seen["key"],
            "surname": seen["last_name"],
            "forename": seen["first_name"],
            "dob": dated(seen["born"], UK),
        }
    )
    frame = frame.with_columns(pl.when(named).then(pl.col(c)).alias(c) for c in ("urn", "surname", "forename", "dob"))
    frame, who, when = _with_deletions(frame, who, events, rng, world)
    return Feed(
        "police-nuisance",
        AGENCY,
        "asb_changes_",
        frame,
        who,
        Shape(bom=True),
        when,
        mode="changes",
        days_ago=(31, 1),
        faults=(Fault("logged", "31/04/2026 20:15", "the day does not exist"), Fault("log_no", None, "no log number")),
    )


def _with_deletions(frame: pl.DataFrame, who: np.ndarray, events: pl.DataFrame, rng: np.random.Generator, world: World):  # type: ignore[no-untyped-def]
    """About one in thirty old complaints is withdrawn in the second file."""
    when = day_array(events["at"])
    old = np.flatnonzero(when < np.datetime64(world.today, "D") - 32)
    gone = np.sort(rng.permutation(old)[: max(2, len(old) // 30)])
    deleted = frame[gone].with_columns(action=pl.lit("D"))
    recent = np.full(len(gone), np.datetime64(world.today, "D") - 3)
    return pl.concat([frame, deleted]), np.concatenate([who, who[gone]]), np.concatenate([when, recent])

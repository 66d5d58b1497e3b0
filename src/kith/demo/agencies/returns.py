"""The council's national returns for the last full year: children in need census, looked after children.

Shapes: DfE children in need census 2025/26 and SSDA903 (facts from the public validators of both).
"""

from datetime import date, timedelta
from xml.sax.saxutils import escape

import numpy as np
import polars as pl

from kith.demo import cast
from kith.demo.agencies.social_care import factors_found
from kith.demo.chance import Ints, either, pick
from kith.demo.dress import ISO, UK, column_text, dated, day_array
from kith.demo.feed import Fault, Feed, Shape
from kith.demo.identifiers import LEA
from kith.demo.world import World

AGENCY, SYSTEM = cast.COUNCIL, "council/csc"
BROKEN_CHILD = """    <Child>
      <ChildIdentifiers>
        <LAchildID></LAchildID>
        <PersonBirthDate>2012-02-31</PersonBirthDate>
        <Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-06-31</CINreferralDate>
        <ReferralSource>6</ReferralSource>
      </CINdetails>
    </Child>"""


def feeds(world: World) -> list[Feed]:
    """Both returns."""
    return [census(world), *looked_after(world)]


def census_year(today: date) -> tuple[date, date]:
    """The last year from 1 April to 31 March whose return would have been made by now (July)."""
    end = date(today.year if today >= date(today.year, 7, 31) else today.year - 1, 3, 31)
    return date(end.year - 1, 4, 1), end


def census(world: World) -> Feed:
    """The children in need census, XML in the real shape: one Child with every referral of the year inside."""
    first, last = census_year(world.today)
    events = world.events["referrals"].filter(
        (pl.col("start") <= last) & (pl.col("end").is_null() | (pl.col("end") >= first))
    )
    events = events.sort("person", "start")
    spelled = _referrals(world, events, last)
    grouped = (
        pl.DataFrame({"person": events["person"], "details": spelled})
        .group_by("person", maintain_order=True)
        .agg("details")
    )
    who = grouped["person"].to_numpy()
    children = _children(world, who, grouped["details"].to_list())
    head = (
        '<?xml version="1.0" encoding="utf-8"?>',
        "<Message>",
        "  <Header>",
        "    <CollectionDetails>",
        "      <Collection>CIN</Collection>",
        f"      <Year>{last.year}</Year>",
        f"      <ReferenceDate>{last.isoformat()}</ReferenceDate>",
        "    </CollectionDetails>",
        "    <Source>",
        "      <SourceLevel>L</SourceLevel>",
        f"      <LEA>{LEA}</LEA>",
        "      <SoftwareCode>Severnmouth case system</SoftwareCode>",
        "      <Release>7.1</Release>",
        "      <SerialNo>001</SerialNo>",
        f"      <DateTime>{last.year}-07-14T16:20:00</DateTime>",
        "    </Source>",
        "  </Header>",
        "  <Children>",
    )
    delivered = (world.today - date(last.year, 7, 14)).days
    return Feed(
        "cin-census",
        AGENCY,
        "CIN_Census_",
        pl.DataFrame({"child": children}),
        who,
        Shape("parts", title=head, root="  </Children>\n</Message>\n"),
        mode="snapshot",
        days_ago=(delivered,),
        faults=(Fault("child", BROKEN_CHILD, "no child number and days that do not exist"),),
    )


def _text(name: str, value: object, indent: int) -> str:
    return "" if value in (None, "") else f"{' ' * indent}<{name}>{escape(str(value))}</{name}>\n"


def _children(world: World, who: Ints, details: list[list[str]]) -> list[str]:
    seen = world.seen(SYSTEM, who, "census")
    rows = zip(
        seen["key"],
        seen["upn"],
        dated(seen["born"], ISO),
        seen["sex"],
        world.column("ethnicity", who),
        details,
        strict=True,
    )
    return [_child(*row) for row in rows]


def _child(key: str, upn: str | None, born: str | None, sex: str, ethnicity: str, details: list[str]) -> str:
    identifiers = (
        _text("LAchildID", key, 8)
        + _text("UPN", upn, 8)
        + ("" if upn else _text("UPNunknown", "UN5", 8))
        + _text("PersonBirthDate", born, 8)
        + _text("Sex", sex, 8)
    )
    return (
        f"    <Child>\n      <ChildIdentifiers>\n{identifiers}      </ChildIdentifiers>\n      <ChildCharacteristics>\n"
        f"{_text('Ethnicity', ethnicity, 8)}      </ChildCharacteristics>\n{''.join(details)}    </Child>"
    )


def _referrals(world: World, events: pl.DataFrame, last: date) -> list[str]:
    """The CINdetails element of each referral, as it stood on the last day of the year."""
    days = events.select(
        pl.when(pl.col(name) <= last).then(pl.col(name).dt.to_string(ISO)).alias(name)
        for name in ("start", "assessed", "enquiry", "conference", "plan", "end")
    ).with_columns(
        target=(events["enquiry"] + pl.duration(days=21)).dt.to_string(ISO) if len(events) else pl.lit(None),
        earlier=pl.when(events["earlier_plan"].is_null()).then(pl.lit("0")).otherwise(pl.lit("1")),
    )
    category = pick(world.rng("census categories"), ("NEG", "EMO", "PHY", "SAB"), len(events), [52, 36, 8, 4])
    rows = zip(
        days.iter_rows(named=True),
        events["path"],
        events["source"],
        events["need"],
        factors_found(world, events),
        category,
        strict=True,
    )
    return [_referral(*row) for row in rows]


def _referral(day: dict[str, str | None], path: int, source: str, need: str, factors: list[str], category: str) -> str:
    reason = {0: "RC8", 1: "RC9", 2: "RC8"}.get(path, "RC7") if day["end"] else None
    parts = [
        _text("CINreferralDate", day["start"], 8),
        _text("ReferralSource", source, 8),
        _text("PrimaryNeedCode", need, 8),
        _text("CINclosureDate", day["end"], 8),
        _text("ReasonForClosure", reason, 8),
        _text("DateOfInitialCPC", day["conference"], 8),
        _text("ReferralNFA", "true" if path == 0 else "false", 8),
        _assessment(day, path, factors),
        _plan(day, path),
        _enquiry(day),
        _protection(day, path, category),
    ]
    return f"      <CINdetails>\n{''.join(parts)}      </CINdetails>\n"


def _assessment(day: dict[str, str | None], path: int, factors: list[str]) -> str:
    if path < 2:
        return ""
    found = "".join(_text("AssessmentFactors", code, 12) for code in factors) if day["assessed"] else ""
    inside = (
        f"          <FactorsIdentifiedAtAssessment>\n{found}          </FactorsIdentifiedAtAssessment>\n"
        if found
        else ""
    )
    dates = _text("AssessmentActualStartDate", day["start"], 10) + _text(
        "AssessmentAuthorisationDate", day["assessed"], 10
    )
    return f"        <Assessments>\n{dates}{inside}        </Assessments>\n"


def _plan(day: dict[str, str | None], path: int) -> str:
    if path != 3 or not day["plan"]:
        return ""
    dates = _text("CINPlanStartDate", day["plan"], 10) + _text("CINPlanEndDate", day["end"], 10)
    return f"        <CINPlanDates>\n{dates}        </CINPlanDates>\n"


def _enquiry(day: dict[str, str | None]) -> str:
    if not day["enquiry"]:
        return ""
    dates = (
        _text("S47ActualStartDate", day["enquiry"], 10)
        + _text("InitialCPCtarget", day["target"], 10)
        + _text("DateOfInitialCPC", day["conference"], 10)
    )
    needed = _text("ICPCnotRequired", "false" if day["conference"] else "true", 10)
    return f"        <Section47>\n{dates}{needed}        </Section47>\n"


def _protection(day: dict[str, str | None], path: int, category: str) -> str:
    if path != 4 or not day["plan"]:
        return ""
    inside = (
        _text("CPPstartDate", day["plan"], 10)
        + _text("CPPendDate", day["end"], 10)
        + _text("InitialCategoryOfAbuse", category, 10)
        + _text("LatestCategoryOfAbuse", category, 10)
        + _text("NumberOfPreviousCPP", day["earlier"], 10)
    )
    return f"        <ChildProtectionPlans>\n{inside}        </ChildProtectionPlans>\n"


def looked_after(world: World) -> list[Feed]:
    """The looked after children return: four modules as CSV, dd/mm/yyyy."""
    first, last = census_year(world.today)
    care = world.events["care"].filter((pl.col("start") <= last) & (pl.col("end").is_null() | (pl.col("end") >= first)))
    ago = (world.today - (last + timedelta(days=80))).days
    return [
        _header(world, care, ago),
        _episodes(world, care, last, ago),
        _missing(world, care, first, last, ago),
        _alone(world, care, ago),
    ]


def _module(name: str, frame: pl.DataFrame, about: Ints, ago: int, faults: tuple[Fault, ...]) -> Feed:
    return Feed(
        f"ssda903-{name}",
        AGENCY,
        f"SSDA903_{name}_",
        frame,
        about,
        Shape(line_end="\r\n"),
        mode="snapshot",
        days_ago=(ago,),
        faults=faults,
    )


def _identity(world: World, who: Ints) -> tuple[pl.DataFrame, pl.Series, pl.Series]:
    seen = world.seen(SYSTEM, who, "903")
    return seen, seen["key"], dated(seen["born"], UK)


def _header(world: World, care: pl.DataFrame, ago: int) -> Feed:
    who = np.unique(care["person"].to_numpy())
    seen, key, born = _identity(world, who)
    frame = pl.DataFrame(
        {
            "CHILD": key,
            "SEX": seen["sex"],
            "DOB": born,
            "ETHNIC": world.people["ethnicity"].gather(who),
            "UPN": seen["upn"].fill_null("UN5"),
            "MOTHER": column_text([None] * len(who)),
            "MC_DOB": column_text([None] * len(who)),
        }
    )
    return _module(
        "header",
        frame,
        who,
        ago,
        (
            Fault("CHILD", None, "no child number"),
            Fault("UPN", "A80012345678X", "the pupil number fails its check", "note"),
        ),
    )


def _episodes(world: World, care: pl.DataFrame, last: date, ago: int) -> Feed:
    who = care["person"].to_numpy()
    _, key, _ = _identity(world, who)
    ended = care["end"].is_not_null() & (care["end"] <= last)
    frame = pl.DataFrame(
        {
            "CHILD": key,
            "DECOM": dated(care["start"]),
            "RNE": ["S"] * len(care),
            "LS": care["legal"],
            "CIN": ["N1"] * len(care),
            "PLACE": care["placement"],
            "PLACE_PROVIDER": column_text(
                pick(world.rng("903"), ("PR1", "PR4", "PR5", "PR2"), len(care), [58, 30, 7, 5])
            ),
            "DEC": pl.select(pl.when(ended).then(dated(care["end"])))[:, 0],
            "REC": pl.select(pl.when(ended).then(pl.lit("E4A")))[:, 0],
            "REASON_PLACE_CHANGE": column_text([None] * len(care)),
            "HOME_POST": world.people["postcode"].gather(who),
            "PL_POST": world.people["postcode"].gather(np.roll(who, 1)),
            "URN": pl.Series(either(care["placement"].to_numpy() == "K2", "SC900001", None).tolist(), dtype=pl.String),
        }
    )
    return _module(
        "episodes",
        frame,
        who,
        ago,
        (
            Fault("DECOM", "31/02/2024", "the day does not exist"),
            Fault("PLACE", "H5", "a placement code no longer used", "note"),
        ),
    )


def _missing(world: World, care: pl.DataFrame, first: date, last: date, ago: int) -> Feed:
    """Only children in care, only this year: a different count again from the council's own and the police's."""
    events = world.events["missing"].filter(
        pl.col("gone").dt.date().is_between(first, last) & pl.col("person").is_in(care["person"].unique().to_list())
    )
    who = events["person"].to_numpy()
    _, key, born = _identity(world, who)
    frame = pl.DataFrame(
        {
            "CHILD": key,
            "DOB": born,
            "MISSING": events["type"],
            "MIS_START": dated(events["gone"]),
            "MIS_END": dated(events["back"]),
        }
    )
    return _module("missing", frame, who, ago, (Fault("MIS_START", None, "no start"),))


def _alone(world: World, care: pl.DataFrame, ago: int) -> Feed:
    who = np.intersect1d(world.with_role("arrived alone"), care["person"].to_numpy())
    seen, key, born = _identity(world, who)
    stops = day_array(seen["born"]) + 6574
    return _module(
        "uasc", pl.DataFrame({"CHILD": key, "SEX": seen["sex"], "DOB": born, "DUC": dated(stops)}), who, ago, ()
    )

"""List 8 of Annex A: children in care now or in the last six months, with their missing episodes. Columns and the words
of their answers are the list's own; what the record does not have is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kith.exchange.queries.absences import Absent
from kith.exchange.queries.care import Happened, InCare
from kith.exchange.rules.years import months_before
from kith.missing.rules.care import Spell
from kith.subjects.models import Involvement

NO_NUMBER = "The council’s system has no number for this child, and the list names children by it alone."
YES, NO = "a) Yes", "b) No"
GENDER = {"M": "a) Male", "F": "b) Female"}
ETHNIC = ("WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH",
          "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT")  # fmt: skip
COLUMNS = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age",
    "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N))",
    "Does the Child have a Disability",
    "Date Started to be Looked After",
    "Child's Category of Need",
    "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
    "Start date of current legal status",
    "Child's Legal Status",
    "Date of Latest Statutory Review",
    "Date of Last Social Work Visit",
    "What is the permanence plan for this child?",
    "Date of Last IRO Visit / Contact to the Child",
    "Date of Last Health Assessment",
    "Date of Last Dental Check",
    "Number of Placements in the Last 12 months",
    "Date Ceased to be Looked After",
    "Reason Ceased to be Looked After",
    "Start Date of Most Recent Placement",
    "Placement Type",
    "Placement Provider",
    "Placement postcode",
    "URN of Placement",
    "Placement Location",
    "LA of Placement",
    "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    "Allocated Team",
    "Allocated Worker",
)
MISSING, ABSENT, OFFERED, ACCEPTED = COLUMNS[28:32]  # as the dataset has them: EpisodesChildMissingFromPlacement,
# EpisodesChildAbsentFromPlacement, ChildOfferedReturnInterviewAfterLastMFH, ChildAcceptedReturnInterviewAfterLastMFH


def list_8(
    children: Iterable[InCare],
    absences: Mapping[int, Sequence[Absent]],
    leads: Mapping[int, Involvement],
    as_at: date,
) -> tuple[list[dict[str, object]], list[dict[str, str]]]:
    """Rows in the order of the council's numbers, and who is left out."""
    rows, remarks = [], []
    for child in children:
        if child.number:
            told = absences.get(child.subject_id, ())
            rows.append(_row(child, told, leads.get(child.subject_id), as_at))
        else:
            who = f"record {child.subject_id}"
            remarks.append({"Child": who, "What": "the child", "Left out": "yes", "Why": NO_NUMBER})
    return rows, remarks


def _row(child: InCare, told: Sequence[Absent], lead: Involvement | None, as_at: date) -> dict[str, object]:
    values = _who(child, as_at) | _care(child, as_at) | _placement(child, as_at) | _missing(child, told, as_at)
    values |= {"Allocated Team": lead.team if lead else "", "Allocated Worker": lead.worker if lead else ""}
    return {column: values.get(column) or ("" if values.get(column) != 0 else 0) for column in COLUMNS}


def _who(child: InCare, as_at: date) -> dict[str, object]:
    person, born = child.person, child.person.date_of_birth
    code = person.ethnicity if person.ethnicity in ETHNIC else "NOBT"
    alone = _last(child, "unaccompanied", as_at)
    return {
        "Child Unique ID": child.number,
        "Gender": GENDER.get(person.sex, "c) Not stated/recorded"),
        "Ethnicity": f"{'abcdefghijklmnopqrst'[ETHNIC.index(code)]}) {code}" if code != "NOBT" else "s) NOBT",
        "Date of Birth": born,
        "Age": _age(born, as_at) if born else "",
        COLUMNS[5]: YES if alone and alone.on >= months_before(as_at, 12) else NO,
    }


def _care(child: InCare, as_at: date) -> dict[str, object]:
    spell = _latest_spell(child, as_at)
    year = months_before(as_at, 12)
    lately = [one for one in child.care if year <= one.since <= as_at]
    earlier = [one for one in child.care if one.since < spell.since and (one.until is None or one.until >= year)]
    ended = spell.until if spell.until and spell.until <= as_at else None
    legal, need = _last(child, "legal-status", as_at), _last(child, "care-started", as_at)
    why = next((one for one in child.entries.get("care-ended", []) if one.on == ended), None)
    dental = [one for one in child.entries.get("care-health", []) if "dental" in one.summary.casefold()]
    health = [one for one in child.entries.get("care-health", []) if "assessment" in one.summary.casefold()]
    return {
        "Date Started to be Looked After": spell.since,
        "Child's Category of Need": _coded("primary-need", need.details.get("need", "") if need else "", " - "),
        COLUMNS[9]: YES if lately and earlier else NO,
        "Start date of current legal status": legal.on if legal else "",
        "Child's Legal Status": _coded("legal-status", legal.summary.partition(": ")[2] if legal else "", ": "),
        "Date of Latest Statutory Review": _on(_last(child, "care-review", as_at)),
        "Date of Last Social Work Visit": _on(_last(child, "care-visit", as_at)),
        "Date of Last Health Assessment": max((one.on for one in health if one.on <= as_at), default=""),
        "Date of Last Dental Check": max((one.on for one in dental if one.on <= as_at), default=""),
        "Date Ceased to be Looked After": ended or "",
        "Reason Ceased to be Looked After": _coded("care-ended", why.details.get("reason", "") if why else "", ": "),
    }


def _placement(child: InCare, as_at: date) -> dict[str, object]:
    told = [one for one in child.entries.get("placement", []) if one.on <= as_at]
    spells = [one for one in child.placements if one.since <= as_at]
    year = months_before(as_at, 12)
    last = told[-1] if told else None
    kind = last.summary.removeprefix("Placed: ").partition(";")[0] if last else ""
    return {
        "Number of Placements in the Last 12 months": len(
            {one.since for one in spells if one.until is None or one.until >= year}
        ),
        "Start Date of Most Recent Placement": _on(last),
        "Placement Type": _coded("placement", kind, ": "),
        "Placement Provider": _coded("provider", last.details.get("provider", "") if last else "", " - "),
    }


def _missing(child: InCare, told: Sequence[Absent], as_at: date) -> dict[str, object]:
    """Absences that began in care in the twelve months; the conversation after the last that was missing."""
    year = months_before(as_at, 12)
    inside = [one for one in told if year <= one.gone <= as_at and any(spell.has(one.gone) for spell in child.care)]
    missing = [one for one in inside if one.letter == "M"]
    last = max(missing, key=lambda one: one.gone, default=None)
    return {
        MISSING: len(missing),
        ABSENT: len(inside) - len(missing),
        OFFERED: _answer(last.offered) if last else "",
        ACCEPTED: _answer(last.accepted) if last else "",
    }


def _latest_spell(child: InCare, as_at: date) -> Spell:
    return [one for one in child.care if one.since <= as_at][-1]


def _last(child: InCare, kind: str, as_at: date) -> Happened | None:
    told = [one for one in child.entries.get(kind, []) if one.on <= as_at]
    return told[-1] if told else None


def _on(one: Happened | None) -> date | str:
    return one.on if one else ""


def _answer(said: bool | None) -> str:
    return {True: YES, False: NO, None: ""}[said]


def _age(born: date, as_at: date) -> int:
    return as_at.year - born.year - ((as_at.month, as_at.day) < (born.month, born.day))


def _coded(name: str, words: str, between: str) -> str:
    """The code of a national list before the words that Kith keeps for it; the words where they are no code's."""
    code = {said: code for code, said in _codes()[name].items()}.get(words, "")
    return f"{code}{between}{words[:1].upper()}{words[1:]}" if code else words


@cache
def _codes() -> Any:
    return yaml.safe_load((files("kith.linkage") / "standard" / "codes.yaml").read_text(encoding="utf-8"))

"""The rows of the looked after children return: header and missing, with what is left out and what is to be mended.

Columns and codes: the return's specification as the sector's validator has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kith.exchange.queries.absences import Absent
from kith.exchange.queries.care import InCare
from kith.exchange.rules.missing_rows import missing_rows
from kith.exchange.rules.years import CollectionYear

HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
MISSING = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
REMARKS = ("Child", "What", "Left out", "Why")
ETHNIC = frozenset(
    {
        "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND",
        "APKN", "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
    }
)  # fmt: skip
LETTERS_SINCE = 2025  # from the year that ended then sex is a letter; before it was a number
NUMBERED = {"M": "1", "F": "2"}
SCHOOL_AGE = 4  # younger children have no pupil number yet

NO_NUMBER = "The council’s system has no number for this child, and the return names children by it alone."
NO_BIRTH = "No date of birth is known."
SEX_UNKNOWN = "Before 2024-25 the return takes only male or female, and the record says neither."
UNKNOWN_SEX = "Sent as of unknown sex: the return asks about each such child."
NO_UPN = "No pupil number is known: give it, or the return’s code for why there is none, before sending."
NO_ETHNICITY = "The record’s ethnicity is none of the return’s codes: sent as not yet obtained (NOBT)."
MORE_NUMBERS = "The council’s system has this child under other numbers too: {}. Only the first is used."


@dataclass
class Return903:
    """Rows by module, and remarks: child, what (the child or an absence), whether left out, why."""

    header: list[dict[str, str]] = field(default_factory=list)
    missing: list[dict[str, str]] = field(default_factory=list)
    remarks: list[dict[str, str]] = field(default_factory=list)

    def say(self, child: str, what: str, why: str, *, left_out: bool) -> None:
        self.remarks.append({"Child": child, "What": what, "Left out": "yes" if left_out else "no", "Why": why})

    @property
    def left_out(self) -> int:
        return sum(one["Left out"] == "yes" for one in self.remarks)


def return_903(
    children: Iterable[InCare],
    absences: Mapping[int, Sequence[Absent]],
    births: Mapping[int, date | None],
    year: CollectionYear,
) -> Return903:
    """Both modules of one year. `births`: of those who are recorded as a parent, when their first child was born."""
    found = Return903()
    for child in children:
        known = f"record {child.subject_id}" if not child.number else child.number
        reason = _why_not(child, year)
        if reason:
            found.say(known, "the child", reason, left_out=True)
            continue
        found.header.append(_header(child, year) | _mother(child, births))
        for words in _to_mend(child, year):
            found.say(known, "the child", words, left_out=False)
        _missing(found, child, absences.get(child.subject_id, ()), year)
    found.missing.sort(
        key=lambda row: (row["CHILD"], row["MIS_START"][6:], row["MIS_START"][3:5], row["MIS_START"][:2])
    )
    return found


def uk(day: date | None) -> str:
    """As the return writes days."""
    return f"{day:%d/%m/%Y}" if day else ""


def _why_not(child: InCare, year: CollectionYear) -> str:
    if not child.number:
        return NO_NUMBER
    if child.person.date_of_birth is None or child.person.date_of_birth > year.last:
        return NO_BIRTH
    if year.last.year < LETTERS_SINCE and child.person.sex not in NUMBERED:
        return SEX_UNKNOWN
    return ""


def _header(child: InCare, year: CollectionYear) -> dict[str, str]:
    person = child.person
    letter = person.sex if person.sex in {"M", "F"} else "U"
    return {
        "CHILD": child.number,
        "SEX": letter if year.last.year >= LETTERS_SINCE else NUMBERED[letter],
        "DOB": uk(person.date_of_birth),
        "ETHNIC": person.ethnicity if person.ethnicity in ETHNIC else "NOBT",
        "UPN": person.upn or ("UN1" if _is_under_school_age(child, year) else ""),
    }


def _mother(child: InCare, births: Mapping[int, date | None]) -> dict[str, str]:
    """Asked of girls alone: whether the record says that she has a child, and when it was born."""
    if child.person.sex != "F":
        return {}
    born = births.get(child.subject_id)
    return {"MOTHER": "1" if child.subject_id in births else "0", "MC_DOB": uk(born)}


def _to_mend(child: InCare, year: CollectionYear) -> Iterator[str]:
    if child.person.sex not in NUMBERED:
        yield UNKNOWN_SEX
    if not child.person.upn and not _is_under_school_age(child, year):
        yield NO_UPN
    if child.person.ethnicity and child.person.ethnicity not in ETHNIC:
        yield NO_ETHNICITY
    if child.other_numbers:
        yield MORE_NUMBERS.format(", ".join(child.other_numbers))


def _is_under_school_age(child: InCare, year: CollectionYear) -> bool:
    born = child.person.date_of_birth
    return born is not None and (born.year + SCHOOL_AGE, born.month, born.day) > (
        year.last.year,
        year.last.month,
        year.last.day,
    )


def _missing(found: Return903, child: InCare, absences: Sequence[Absent], year: CollectionYear) -> None:
    born = child.person.date_of_birth
    if born is None:
        return
    told = [one.told() for one in absences]
    rows, remarks = missing_rows(told, born=born, care=child.care, placements=child.placements, year=year)
    for row in rows:
        days = {"MIS_START": uk(row.start), "MIS_END": uk(row.end)}
        found.missing.append({"CHILD": child.number, "DOB": uk(born), "MISSING": row.letter, **days})
    for remark in remarks:
        found.say(child.number, remark.reference, remark.why, left_out=not remark.kept)

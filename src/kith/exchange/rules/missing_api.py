"""What another agency's system may tell of a missing child: the fields of a report and of a return. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kith.exchange.rules.fields import (
    NHS_NUMBER,
    POSTCODE,
    BirthDay,
    Code,
    Codes,
    Field,
    Part,
    Text,
    When,
    WrongFields,
)

SEGMENT = r"[A-Za-z0-9](?:[A-Za-z0-9 ._:()-]*[A-Za-z0-9._:()-])?"
NUMBER = rf"(?!(?:.*/)?return$){SEGMENT}(?:/{SEGMENT})*"
NUMBER_SAYS = "must be letters and figures, with spaces and . _ : ( ) - / between, and must not end in “/return”"
NUMBER_LENGTH = 80
ONCE = r"[!-~]{1,200}"  # an Idempotency-Key: letters, figures and signs, no space
LONGEST_BODY = 64 * 1024
WHO = "needs an NHS number, or a name. A name and a date of birth let Kith find the child by itself"
CHILD = Part(
    (
        Field("nhs_number", NHS_NUMBER, "Ten digits; the last must fit the others.", example="943 476 5919"),
        Field("first_name", Text(120), "As your system writes it.", example="Amara"),
        Field("last_name", Text(120), "As your system writes it.", example="Osei"),
        Field("known_as", Text(120), "What the child is called, where that is another name."),
        Field("date_of_birth", BirthDay(), "Leave it out where it is not known.", example="2010-12-08"),
        Field("address", Text(300), "Where the child lives."),
        Field("postcode", POSTCODE, "Of where the child lives.", example="QX1 4QR"),
    )
)
Lists = Mapping[str, Mapping[str, str]]


def report_part(lists: Lists) -> Part:
    """The body of a report. `lists`: the codes of missing_from, grades and harms, with their words."""
    kinds = {
        "missing": "nobody knows where they are",
        "away": "it is known where they are, and they should not be there",
    }
    number = Text(NUMBER_LENGTH, NUMBER, NUMBER_SAYS)
    return Part(
        (
            Field("number", number, "Your own number for this report: one for each absence.", True, "MP/2026/1234"),
            Field("kind", Code(kinds), "What is reported.", True, "missing"),
            Field("child", CHILD, "Who is missing: an NHS number or a name at least.", True),
            Field(
                "last_seen_at",
                When(or_day=True),
                "When the child was last seen: a time with its offset, or the day alone where the time is not known.",
                True,
                "2026-01-20T22:30:00+00:00",
            ),
            Field("told_by", Text(200), "Name and post of whoever reports, and how to reach them.", True,
                  "Sgt R Singh, Missing Persons Unit, 01632 960172"),
            Field("last_seen_at_place", Text(300), "Where the child was last seen.", example="Harbour bus station"),
            Field("missing_from", Code(lists["missing_from"]), "Where the child is missing from.", example="home"),
            Field("circumstances", Text(4000), "What happened, and why you are worried.",
                  example="Left after tea and did not come back."),
            Field("clothing", Text(300), "What the child wears."),
            Field("carries", Text(300), "What the child has along: phone, money, travel card, medicine."),
            Field("likely_places", Text(2000), "Where the child may be."),
            Field("companions", Text(2000), "Whom the child may be with."),
            Field("harm_feared", Codes(lists["harms"]), "What harm you fear.", example=["criminal-exploitation"]),
            Field("grade", Code(lists["grades"]), "How quickly the search must act, as you grade it.",
                  example="medium"),
        )
    )  # fmt: skip


def return_part(lists: Lists) -> Part:
    """The body of a return. `lists`: the codes of found_by and returned_to, with their words."""
    return Part(
        (
            Field("back_at", When(), "When the child came back, or was found.", True, "2026-01-21T06:15:00+00:00"),
            Field("found_at_place", Text(300), "Where the child was found.", example="Harbour bus station"),
            Field("found_by", Code(lists["found_by"]), "How the child came back.", example="police"),
            Field("returned_to", Code(lists["returned_to"]), "Where the child is now.", example="same"),
            Field("harm_seen", Text(4000), "Injuries or harm that were seen. Ring the child's worker as well."),
        )
    )


def read_report(part: Part, body: Any, now: datetime) -> dict[str, Any]:
    """The report as it is meant. Raises Wrong."""
    told = part.read(body, now)
    child = told["child"]
    if not any(child.get(name) for name in ("nhs_number", "first_name", "last_name")):
        raise WrongFields({"child": WHO})
    return told

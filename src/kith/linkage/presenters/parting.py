"""Parting records that were joined wrongly: the records to choose from, what was asked, and both sides to decide on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from kith.linkage.models import PartingRequest
from kith.linkage.presenters.matches import FIELDS_TO_DECIDE_ON, Column, Row, glimpse
from kith.linkage.queries.parting import Record, side_of
from kith.linkage.rules.facts import in_words
from kith.linkage.rules.stated import FIELDS, Stated, sameness

OUTCOMES = {"different": "The records were parted", "same": "The records stay together", "": "Waits for a data officer"}


MOST_NAMED = 3


@dataclass(frozen=True)
class Offered:
    """One record to choose: whose agency's, and what it says of who this is."""

    reference: int
    title: str
    says: str


@dataclass(frozen=True)
class Asked:
    """A request, as who asked and who decides see it in a list."""

    pk: int
    by: str
    at: datetime
    reason: str
    outcome: str
    decided: str
    note: str


@dataclass(frozen=True)
class PartingPage:
    """Both sides of a request: the records said to be somebody else's first, one record a column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    evidence: dict[str, Any]


def offered(records: Sequence[Record]) -> list[Offered]:
    """The records behind a person, to choose from."""
    return [Offered(one.reference, _title(one.said), _says(one)) for one in records]


def show_asked(request: PartingRequest) -> Asked:
    """One request in a list."""
    by = f"{request.by.name}, {request.by.agency.name}" if request.by.agency else request.by.name
    decided = request.decided_by.name if request.decided_by else ""
    return Asked(request.pk, by, request.at, request.reason, OUTCOMES[request.verdict], decided, request.note)


def parting_page(records: Sequence[Record], chosen: Collection[int]) -> PartingPage:
    """What an officer decides on. `records` are everybody's of the person; `chosen` those said to be another's."""
    leaving = [one for one in records if one.reference in chosen]
    staying = [one for one in records if one.reference not in chosen]
    sides = (("Somebody else", leaving), ("The others", staying))
    columns = [Column(title, _title(one.said)) for title, side in sides for one in side]
    name = glimpse(side_of(staying or records)).name
    return PartingPage(name, tuple(columns), tuple(_rows([*leaving, *staying])), evidence_of(leaving, staying))


def evidence_of(leaving: Sequence[Record], staying: Sequence[Record]) -> dict[str, Any]:
    """What was shown, kept with the judgement in the form that the list of decisions reads."""
    if not leaving or not staying:
        return {}
    sides = {"left": glimpse(side_of(staying)), "right": glimpse(side_of(leaving))}
    return {name: asdict(side) for name, side in sides.items()} | {"sentence": "Parted from one record."}


def _title(said: Collection[Stated]) -> str:
    """ "Severnmouth schools: School roll, Attendance and 2 more, 3 November 2026": the newest day of any."""
    agencies = ", ".join(dict.fromkeys(one.source.agency_name for one in said))
    titles = list(dict.fromkeys(one.source.feed_title for one in said if one.source.feed_title))
    more = f" and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
    newest = max((one for one in said if one.source.stated_on), key=lambda one: str(one.source.stated_on), default=None)
    named = f": {', '.join(titles[:MOST_NAMED])}{more}" if titles else ""
    return f"{agencies}{named}" + (f", {_day(newest)}" if newest else "")


def _day(one: Stated) -> str:
    day = one.source.stated_on
    return f"{day.day} {day:%B %Y}" if day else ""


def _says(one: Record) -> str:
    seen = glimpse(side_of([one]))
    home = next((said.facts["postcode"] for said in one.said if said.facts.get("postcode")), "")
    return ", ".join(part for part in (seen.name, seen.born, home) if part)


def _rows(records: Sequence[Record]) -> list[Row]:
    """One fact a row, a record a column, with everything that the feeds of that record say."""
    rows = []
    for field in FIELDS_TO_DECIDE_ON:
        told = [[one.facts[field] for one in record.said if one.facts.get(field)] for record in records]
        different = {sameness(field, value) for values in told for value in values}
        if different:
            cells = tuple(", ".join(dict.fromkeys(in_words(field, value) for value in values)) for values in told)
            rows.append(Row(FIELDS[field][0], cells, differs=len(different) > 1))
    return rows

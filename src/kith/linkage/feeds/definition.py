"""A feed's definition: one agency's regular file, as docs/how-to/add-a-feed.md describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kith.linkage.feeds.template import Template

FORMATS = ("csv", "xlsx", "xml", "jsonl", "fixed")
TYPES = (
    "text", "date", "datetime", "time", "number", "whole", "yes_no", "nhs_number", "upn", "postcode", "phone", "email",
)  # fmt: skip
MODES = ("delta", "snapshot", "changes")
PERSON_KINDS = ("child", "adult", "unknown")
IDENTITY = (
    "first_name", "middle_names", "last_name", "known_as", "former_last_name", "date_of_birth", "sex", "nhs_number",
    "upn", "postcode", "address", "phone", "email", "ethnicity", "language", "interpreter", "religion", "pronouns",
    "communication_needs", "disability", "school", "gp", "legal_status", "in_care_since", "nationality",
    "immigration_status", "died_on", "former_upn", "expected_date_of_birth", "special_needs", "placement",
)  # fmt: skip
PLACE_FIELDS = ("name", "kind", "postcode", "address", "key", "latitude", "longitude", "online")


@dataclass(frozen=True)
class Format:
    """How the file is written."""

    kind: str
    encoding: str = "utf-8"
    delimiter: str = ""
    header_row: int = 1
    sheet: str = ""
    record: str = ""
    rows: str = ""
    dates: tuple[str, ...] = ("%d/%m/%Y", "%Y-%m-%d")
    times: tuple[str, ...] = ("%H:%M", "%H:%M:%S")


@dataclass(frozen=True)
class Recognise:
    """How a file is known to be this feed's: any of these names and all of these columns."""

    files: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrives:
    """How often it comes. `every` and `silent_after` None: once, never silent."""

    every: timedelta | None = None
    every_words: str = "once"
    silent_after: timedelta | None = None
    mode: str = "delta"


@dataclass(frozen=True)
class Column:
    """One of our columns: where it stands in the file and what it must be."""

    name: str
    sources: tuple[str, ...] = ()
    also: tuple[str, ...] = ()  # other names the same column goes by
    spans: tuple[tuple[int, int], ...] = ()  # fixed width: first and last character, counted from 1
    value: str | None = None
    type: str = "text"
    required: bool = False
    not_future: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    unknown_code: str = "keep"
    else_reject: bool = False
    split: str = ""
    only_where: tuple[str, ...] = ()  # a column of the file and the values it must have for this one to be read
    match: str = ""  # a regular expression: what is taken from the cell is its first group, or all that matches
    delivery_day: bool = False  # not read: the day the delivery speaks of
    inside: str = ""  # the name to take from a JSON cell; * takes the list, or whichever names are said yes to

    @property
    def is_given(self) -> bool:
        """Not read from the file at all."""
        return self.value is not None or self.delivery_day

    @property
    def places(self) -> tuple[str, ...]:
        """The file's columns it is read from, as the reader names them."""
        return tuple(f"{first}-{last}" for first, last in self.spans) or self.sources

    @property
    def title(self) -> str:
        """What the agency calls it, for reasons it will read."""
        if self.spans:
            return f"{self.name} (characters {self.spans[0][0]} to {self.spans[-1][1]})"
        return " and ".join(self.sources) or self.name


@dataclass(frozen=True)
class PersonPart:
    """A person the row is about."""

    name: str
    key: Template
    kind: str = "unknown"
    facts: Mapping[str, Template] = field(default_factory=dict)


@dataclass(frozen=True)
class PlacePart:
    """A place the row names."""

    name: str
    fields: Mapping[str, Template] = field(default_factory=dict)


@dataclass(frozen=True)
class EntryPart:
    """Something that happened, made from a row."""

    kind: str
    key: Template
    at: Template
    about: tuple[str, ...]
    summary: Template
    until: Template | None = None
    details: Mapping[str, Template] = field(default_factory=dict)
    private: Mapping[str, Template] = field(default_factory=dict)  # part → what belongs to that subject alone
    significant: bool | None = None
    when: Template | None = None
    fuller: tuple[str, ...] = ()  # feeds whose entry of this kind, day and person this one stands behind
    about_of: tuple[str, Template] | None = None  # another feed's entry, whose people this one is about too


@dataclass(frozen=True)
class LinkPart:
    """A relation between two parts that the row is evidence of."""

    kind: str
    from_part: str
    to_part: str
    summary: Template
    grade: str = "recorded"
    since: Template | None = None
    until: Template | None = None
    when: Template | None = None


@dataclass(frozen=True)
class InvolvementPart:
    """Somebody who works with a part."""

    about: str
    key: Template
    role: Template
    agency: str
    team: Template | None = None
    worker: Template | None = None
    worker_key: Template | None = None
    phone: Template | None = None
    email: Template | None = None
    since: Template | None = None
    until: Template | None = None
    lead: bool = False
    when: Template | None = None


@dataclass(frozen=True)
class ProfessionalPart:
    """A member of staff the row lists."""

    key: Template
    name: Template
    email: Template | None = None
    phone: Template | None = None
    team: Template | None = None
    job_title: Template | None = None


@dataclass(frozen=True)
class Definition:
    """Everything Kith knows about one agency's regular file."""

    feed: str
    title: str
    agency: str
    system: str
    about: str
    format: Format
    recognise: Recognise
    arrives: Arrives
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    deletes: tuple[str, str] | None = None
    retention_keep: str = ""
    retention_source: str = ""
    sharing_agreement: str = ""
    audience: str = "circle"
    known_existence: bool = True
    people: tuple[PersonPart, ...] = ()
    places: tuple[PlacePart, ...] = ()
    entries: tuple[EntryPart, ...] = ()
    links: tuple[LinkPart, ...] = ()
    involvements: tuple[InvolvementPart, ...] = ()
    professionals: tuple[ProfessionalPart, ...] = ()
    origin: str = ""  # the file it was read from
    fingerprint: str = ""  # of the file's text, so that a changed definition is noticed

    @property
    def restricted_to(self) -> str:
        """The name of the restricted audience, or nothing where the circle may read it."""
        return self.audience.removeprefix("restricted:") if self.audience.startswith("restricted:") else ""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def tells_what_happened(self) -> bool:
        """Whether its rows make entries, links or involvements, besides saying who somebody is."""
        return bool(self.entries or self.links or self.involvements)

    @property
    def row_is_a_person(self) -> bool:
        """Whether the row stands for the person itself, so that a row gone means the person's record is gone."""
        return bool(self.people) and set(self.key) == {slot.column for slot in self.people[0].key.slots}


@dataclass(frozen=True)
class AgencyDefinition:
    """An agency as agencies.yaml gives it."""

    key: str
    name: str
    kind: str
    phone: str = ""
    email: str = ""
    out_of_hours: str = ""
    in_partnership: bool = True

"""Guess what each column of a file holds, from its name and its values. Every guess is told and can be overruled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

import pyarrow as pa
import pyarrow.compute as pc

Role = Literal[
    "row_id",
    "first_name",
    "last_name",
    "name",
    "date",
    "identifier",
    "postcode",
    "place",
    "phone",
    "email",
    "category",
    "number",
    "text",
    "ignore",
]
ROLES = get_args(Role)

NAMED: tuple[tuple[str, Role], ...] = (
    (r"^(rec|record|row|unique|entity)_?(id|no|number)$|^id$", "row_id"),
    (r"given|^(first|fore|christian)_?names?$|^fname$", "first_name"),
    (r"^(sur|last|family)_?names?$|^lname$", "last_name"),
    (r"^(full_?)?name$|known_as|middle|former|maiden", "name"),
    (r"birth|^dob$|date", "date"),
    (r"nhs|upn|uln|soc_?sec|ssn|national_?ins|passport|(^|_)(id|ref|urn|identifier)(_|$)", "identifier"),
    (r"post_?code|zip", "postcode"),
    (r"phone|mobile|^tel", "phone"),
    (r"e_?mail", "email"),
    (r"street_?(no|number)|house|flat|number", "number"),
    (r"addr|street|suburb|town|city|locality|village|county", "place"),
    (r"^sex$|gender|state|ethnic|country|title", "category"),
)
OURS: dict[str, Role] = {
    "first_name": "first_name",
    "last_name": "last_name",
    "middle_names": "name",
    "known_as": "name",
    "former_last_name": "name",
    "date_of_birth": "date",
    "sex": "category",
    "nhs_number": "identifier",
    "upn": "identifier",
    "postcode": "postcode",
    "address": "place",
    "phone": "phone",
    "email": "email",
    "record_id": "row_id",
}
OFFICIAL = r"nhs|upn|uln|soc_?sec|ssn|passport|phone|mobile|street|house"
FEW_VALUES = 40


@dataclass(frozen=True)
class Column:
    """One column of the file, what it is taken for, and why in words."""

    name: str
    role: Role
    why: str


@dataclass(frozen=True)
class Guess:
    """What every column is taken for."""

    columns: tuple[Column, ...]

    def with_role(self, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.role in roles]


def guess_columns(table: pa.Table, told: dict[str, str] | None = None) -> Guess:
    """`told` maps columns of the file to our names or to roles. Raises ValueError for a name that is neither."""
    told = told or {}
    for column, role in told.items():
        if column not in table.column_names:
            raise ValueError(f"There is no column {column}. The columns are: {', '.join(table.column_names)}.")
        if role not in OURS and role not in ROLES:
            raise ValueError(f"{role} is not a name known here. Use one of: {', '.join([*OURS, *ROLES])}.")
    return Guess(tuple(_guess(name, table[name], told.get(name)) for name in table.column_names))


def _guess(name: str, values: pa.ChunkedArray, told: str | None) -> Column:
    if told:
        role = cast(Role, OURS.get(told, told))
        return Column(name, role, "as you said")
    present = values.drop_null()
    if len(present) == 0:
        return Column(name, "ignore", "it is empty")
    tidy = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    every_row_its_own = len(present) == len(values) == pc.count_distinct(present).as_py()
    if every_row_its_own and re.search(r"(^|_)(id|ref|no|number|reference)$", tidy) and not re.search(OFFICIAL, tidy):
        return Column(name, "row_id", "its name says so and every row has its own value")
    for pattern, role in NAMED:
        if re.search(pattern, tidy) and not (role == "row_id" and pc.count_distinct(present).as_py() < len(values)):
            return Column(name, role, "its name says so")
    return _guess_from_values(name, present, len(values))


def _guess_from_values(name: str, present: pa.ChunkedArray, rows: int) -> Column:
    distinct = pc.count_distinct(present).as_py()
    if distinct == 1:
        return Column(name, "ignore", "it has one value throughout")
    if distinct <= FEW_VALUES:
        return Column(name, "category", "it has few different values")
    if distinct == rows and pc.all(pc.match_substring_regex(present, r"^[\w\-]+$")).as_py():
        return Column(name, "row_id", "every row has its own value")
    if pc.mean(pc.cast(pc.match_substring_regex(present, r"^\d+$"), "float64")).as_py() > 0.9:
        return Column(name, "number", "it holds numbers")
    return Column(name, "text", "it holds words")

"""What the columns of anybody's file of events hold: guessed from name and values, told, and open to correction."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ROLES = ("latitude", "longitude", "moment", "date", "time", "month", "area")
OTHER = "not used"
NAMED: tuple[tuple[str, str], ...] = (
    (r"^(y_?)?lat(itude)?$|latitude|_lat$", "latitude"),
    (r"^(x_?)?(lon|lng|long|longitude)$|longitude|_(lon|lng|long)$", "longitude"),
    (r"lsoa.*code|^lsoa(11|21|2011|2021)?(_?cd)?$|^lsoa\d\dcd$", "area"),
    (r"^month$|^month_|_month$|^year_?month$", "month"),
    (r"date_?time|time_?stamp|^when$|^moment$|occurred|reported_?at|started|start_?(date|time)?$|^at$", "moment"),
    (r"(^|_)date($|_)|^day$|^on$|_on$", "date"),
    (r"(^|_)time($|_)|^clock$|^hour$", "time"),
)
MONTHLY = re.compile(r"^(\d{4}[-/]\d{1,2}|\d{1,2}[-/]\d{4}|[A-Za-z]{3,9}[ -]\d{2,4})$")
CLOCK = re.compile(r"^\d{1,2}(:\d{2}(:\d{2}(\.\d+)?)?)?( ?[AaPp][Mm])?$")
WITH_CLOCK = re.compile(r"\d[T ]+\d{1,2}:\d{2}")
DATED = re.compile(r"^\d{1,4}[-/. ]([A-Za-z]{3,9}|\d{1,2})[-/. ]\d{2,4}|^\d{8}$")
MOST = 0.8  # so many of the values seen must look like it


@dataclass(frozen=True)
class Column:
    """One column of the file, what it is taken for, and why in words."""

    name: str
    role: str
    why: str


class ColumnsUnclearError(ValueError):
    """What is needed cannot be found among the columns; the words say what to do."""


def guess(names: Sequence[str], sample: Mapping[str, Sequence[str]], told: Mapping[str, str]) -> list[Column]:
    """Every column with its role, each role once. Raises ColumnsUnclearError for names or roles that are not there."""
    for theirs, ours in told.items():
        if theirs not in names:
            raise ColumnsUnclearError(f"There is no column {theirs}. The columns are: {', '.join(names)}.")
        if ours not in ROLES:
            raise ColumnsUnclearError(f"{ours} is not a name known here. Use one of: {', '.join(ROLES)}.")
    taken: dict[str, Column] = {ours: Column(theirs, ours, "as you said") for theirs, ours in told.items()}
    for name in names:
        role, why = _by_name(name, [value for value in sample.get(name, ()) if value])
        if name not in told and role and role not in taken:
            taken[role] = Column(name, role, why)
    by_name = {column.name: column for column in taken.values()}
    return [by_name.get(name, Column(name, OTHER, "")) for name in names]


def one_of(columns: Sequence[Column], *roles: str) -> Column | None:
    """The column of the first of these roles that there is."""
    return next((column for role in roles for column in columns if column.role == role), None)


def need_positions(columns: Sequence[Column]) -> None:
    """Raises ColumnsUnclearError unless there are a latitude and a longitude."""
    missing = [role for role in ("latitude", "longitude") if one_of(columns, role) is None]
    if missing:
        names = ", ".join(column.name for column in columns)
        raise ColumnsUnclearError(
            f"No column is taken for {' or '.join(missing)}. Say which it is with --map THEIRS={missing[0]}. "
            f"The columns are: {names}."
        )


def _by_name(name: str, values: Sequence[str]) -> tuple[str, str]:
    tidy = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()).strip("_")
    role = next((role for pattern, role in NAMED if re.search(pattern, tidy)), "")
    if not role or not values:
        return role, "its name says so" if role else ""
    if role in ("moment", "date", "time", "month"):
        return _of_time(role, values)
    return role, "its name says so"


def _of_time(role: str, values: Sequence[str]) -> tuple[str, str]:
    """A column named for a time, by what its values are."""
    if _most(MONTHLY, values):
        return "month", "its values are months"
    if _most(WITH_CLOCK, values):
        return "moment", "its values are dates with a time"
    if _most(DATED, values):
        return "date", "its values are dates"
    if _most(CLOCK, values):
        return "time", "its values are times of day"
    return "", ""


def _most(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    return sum(bool(pattern.search(value)) for value in values) >= MOST * len(values)

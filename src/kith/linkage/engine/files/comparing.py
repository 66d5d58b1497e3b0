"""What to compare for each kind of column, as Splink comparisons that explain themselves."""

from __future__ import annotations

from dataclasses import dataclass

from kith.linkage.engine.comparisons import Comparison, Level
from kith.linkage.engine.features import fold_sql, phone_sql, postcode_sql
from kith.linkage.engine.files.columns import Column, Guess, Role

DISTANCE = "abs(length(L.{c}) - length(R.{c})) <= 2 and damerau_levenshtein(L.{c}, R.{c})"


@dataclass(frozen=True)
class Field:
    """A column of the file made ready: `slot` is its column in the tidy table, `sql` how it is made from the file's."""

    column: Column
    slot: str
    sql: str


def tidy_fields(guess: Guess) -> list[Field]:
    """The columns worth comparing, each with the SQL that tidies it."""
    used = [column for column in guess.columns if column.role not in ("row_id", "ignore")]
    return [
        Field(column, f"c{place}", f"nullif({_tidy_sql(column.role, quoted(column.name))}, '')")
        for place, column in enumerate(used)
    ]


def quoted(name: str) -> str:
    """As an SQL name."""
    return '"' + name.replace('"', '""') + '"'


def _tidy_sql(role: Role, column: str) -> str:
    squeezed = f"regexp_replace(lower({column}), '[^a-z0-9]', '', 'g')"
    if role in ("first_name", "last_name", "name"):
        return fold_sql(column)
    if role == "date":
        return date_sql(column)
    if role == "postcode":
        return postcode_sql(column)
    if role == "phone":
        return phone_sql(column)
    if role == "email":
        return f"lower(trim({column}))"
    return squeezed


def date_sql(column: str) -> str:
    """The eight digits of a date written in any usual way; the bare digits where it is none."""
    formats = "['%Y-%m-%d', '%d/%m/%Y', '%Y%m%d', '%d-%m-%Y', '%d %B %Y', '%d %b %Y', '%d.%m.%Y', '%Y/%m/%d']"
    read = f"strftime(try_strptime({column}, {formats}), '%Y%m%d')"
    digits = f"regexp_replace({column}, '[^0-9]', '', 'g')"
    return f"coalesce({read}, {digits})"


def comparison_for(field: Field, fields: list[Field]) -> Comparison:
    """The comparison that suits the column's role."""
    c, label = field.slot, field.column.name
    levels: dict[Role, list[Level]] = {
        "first_name": _name_levels(field, fields),
        "last_name": _name_levels(field, fields),
        "name": _name_levels(field, fields),
        "date": _date_levels(c, label),
        "identifier": [_slip(c, label, 1, 0.04), _slip(c, label, 2, 0.01)],
        "phone": [_slip(c, label, 1, 0.03)],
        "postcode": [_slip(c, label, 1, 0.06)],
        "number": [_slip(c, label, 1, 0.06)],
        "place": _place_levels(field, fields),
        "text": _place_levels(field, fields),
        "email": [_like(c, label, 0.9, 0.03)],
        "category": [],
    }
    same = Level(
        f"L.{c} = R.{c}", f"Same {label}", "same", (0.85, 0.01), frequency="" if field.column.role == "category" else c
    )
    differs = Level("", f"{label} differs", "differs", (0.05, 0.9))
    return Comparison(
        c,
        f"L.{c} is null or R.{c} is null",
        (same, *levels[field.column.role], differs),
        f"{label} is missing on one side",
    )


def _slip(c: str, label: str, slips: int, m: float) -> Level:
    words = "one slip of the keyboard" if slips == 1 else f"{slips} slips of the keyboard"
    return Level(f"{DISTANCE.format(c=c)} <= {slips}", f"{label} differs by {words}", "close", (m, 0.001))


def _like(c: str, label: str, least: float, m: float) -> Level:
    return Level(f"jaro_winkler_similarity(L.{c}, R.{c}) >= {least}", f"{label} looks alike", "close", (m, 0.005))


def _swapped(field: Field, fields: list[Field], roles: tuple[Role, ...]) -> list[Level]:
    others = [other for other in fields if other.column.role in roles and other.slot != field.slot]
    if not others:
        return []
    test = " or ".join(f"L.{field.slot} = R.{o.slot} or R.{field.slot} = L.{o.slot}" for o in others)
    return [Level(f"({test})", f"{field.column.name} stands in another column", "close", (0.02, 0.001))]


def _name_levels(field: Field, fields: list[Field]) -> list[Level]:
    c, label = field.slot, field.column.name
    return [
        Level(
            f"least(length(L.{c}), length(R.{c})) >= 3 and {DISTANCE.format(c=c)} <= 1",
            f"{label} differs by one slip of the keyboard",
            "close",
            (0.06, 0.002),
        ),
        *_swapped(field, fields, ("first_name", "last_name", "name")),
        Level(
            f"{DISTANCE.format(c=c)} <= 2 and least(length(L.{c}), length(R.{c})) >= 5",
            f"{label} differs by two slips of the keyboard",
            "close",
            (0.03, 0.003),
        ),
        _like(c, label, 0.85, 0.02),
    ]


def _date_levels(c: str, label: str) -> list[Level]:
    day_month = (
        f"left(L.{c}, 4) = left(R.{c}, 4) and substr(L.{c}, 5, 2) = substr(R.{c}, 7, 2)"
        f" and substr(L.{c}, 7, 2) = substr(R.{c}, 5, 2)"
    )
    return [
        Level(f"({day_month})", f"{label} differs by day and month swapped", "close", (0.01, 0.0002)),
        _slip(c, label, 1, 0.06),
        _slip(c, label, 2, 0.02),
    ]


def _place_levels(field: Field, fields: list[Field]) -> list[Level]:
    c, label = field.slot, field.column.name
    return [
        _slip(c, label, 2, 0.1),
        *_swapped(field, fields, ("place", "text")),
        _like(c, label, 0.9, 0.05),
        _like(c, label, 0.8, 0.03),
    ]

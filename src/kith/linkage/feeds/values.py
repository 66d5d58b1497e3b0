"""One column's values: read as their type in the whole batch at once, and which of them could not be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from kith.foundations.identifiers import Checked, check_nhs_number, check_postcode, check_upn
from kith.linkage.feeds.dates import EXCEL, in_words, is_written_like_a_date, join_moment, to_date, to_moment, to_time
from kith.linkage.feeds.definition import Column, Format
from kith.linkage.feeds.template import LIST_SEPARATOR

EMPTY = ("", "NULL", "null", "(null)", "#N/A", "N/A", "#REF!", "#VALUE!", "None")
_YES, _NO = ("y", "yes", "true", "t", "1"), ("n", "no", "false", "f", "0")
CHECKS: Mapping[str, Callable[[str | None], Checked]] = {
    "nhs_number": check_nhs_number,
    "upn": check_upn,
    "postcode": check_postcode,
}


@dataclass(frozen=True)
class Reading:
    """How one column is read, step by step, each step a column of the frame before it: cells, raw, value."""

    column: Column
    places: tuple[str, ...]  # the file's own names for where it stands
    number: int
    day: str = ""  # the day the delivery speaks of
    where: str = ""  # the file's name for the column that says whether this one is read

    @property
    def raw_name(self) -> str:
        return f"raw {self.number}"

    @property
    def cells(self) -> list[pl.Expr]:
        return [pl.col(cell_name(place)) for place in self.places]

    def raw(self) -> pl.Expr:
        """What stands in the file, as one text."""
        if self.column.delivery_day:
            return pl.lit(self.day)
        if self.column.value is not None:
            return pl.lit(self.column.value or None, dtype=pl.String)
        together = _together(self.cells)
        return (
            pl.when(pl.col(cell_name(self.where)).is_in(self.column.only_where[1:])).then(together)
            if self.where
            else together
        )

    def value(self, format_: Format, today: date) -> pl.Expr:
        """What it comes to as its type; null where it cannot be read."""
        column, raw, cells = self.column, pl.col(self.raw_name), self.cells
        if column.is_given:
            return raw
        if column.match:
            raw = raw.str.extract(column.match, 1)
        if column.inside:
            raw = taken_from_json(raw, column.inside)
        if format_.kind == "xlsx":  # a formula is not a value, whatever it would come to
            raw = pl.when(~raw.str.starts_with("=")).then(raw)
            cells = [pl.when(~one.str.starts_with("=")).then(one) for one in cells]
        given = _coded(column, raw) if column.codes or column.split else raw
        return _typed(column, given, cells, format_, today)

    def bad(self) -> pl.Expr:
        """There, and not to be read. A JSON cell that does not have the name is not bad: it says nothing."""
        return pl.col(self.raw_name).is_not_null() & pl.col(self.column.name).is_null()

    def future(self, today: date) -> pl.Expr:
        if not self.column.not_future or self.column.type not in ("date", "datetime"):
            return pl.lit(False)
        return (pl.col(self.column.name).str.slice(0, 10) > today.isoformat()).fill_null(False)


def taken_from_json(raw: pl.Expr, name: str) -> pl.Expr:
    """What a JSON cell says under a name; null where it is not JSON."""

    def of_batch(values: pl.Series) -> pl.Series:
        taken = {text: inside_json(text, name) for text in values.drop_nulls().unique().to_list()}
        return pl.Series(values.name, [taken.get(text) for text in values.to_list()], dtype=pl.String)

    return raw.map_batches(of_batch, return_dtype=pl.String)


def inside_json(text: str, name: str) -> str | None:
    """One named value; or, under *, a list's items, a mapping's values, and the names that are said yes to.

    '{"OUTCOME_NFA_FLAG": "Y", "OUTCOME_S47_FLAG": "N"}' says 'NFA'.
    """
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if name != "*":
        named = {key.lower(): value for key, value in found.items()} if isinstance(found, dict) else {}
        return str(named.get(name.lower(), "") or "").strip() or ""
    if isinstance(found, dict):
        said = [_flag(key) if str(value).lower() in _YES else str(value) for key, value in found.items()
                if value not in (None, "") and str(value).lower() not in _NO]  # fmt: skip
    else:
        said = [str(item) for item in found] if isinstance(found, list) else [str(found)]
    return "; ".join(said)


def _flag(key: str) -> str:
    return key.removeprefix("OUTCOME_").removesuffix("_FLAG")


def cell_name(place: str) -> str:
    return f"cell {place}"


def cell(place: str) -> pl.Expr:
    """A file's cell without the spaces round it; null where it says nothing."""
    text = pl.col(place).str.strip_chars()
    return pl.when(~text.is_in(EMPTY)).then(text).alias(cell_name(place))


def _together(cells: list[pl.Expr]) -> pl.Expr:
    if not cells:
        return pl.lit(None, dtype=pl.String)
    if len(cells) == 1:
        return cells[0]
    joined = pl.concat_str(cells, separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _coded(column: Column, raw: pl.Expr) -> pl.Expr:
    """Codes as our words, trying the code as written and then in lower case; lists one by one."""
    if not column.split:
        return _one_code(column, raw)
    element = pl.element().str.strip_chars()
    items = raw.str.split(column.split).list.eval(_one_code(column, element).filter(element != ""))
    joined = items.list.join(LIST_SEPARATOR)
    return pl.when(raw == "").then(raw).when(joined != "").then(joined)


def _one_code(column: Column, raw: pl.Expr) -> pl.Expr:
    if not column.codes:
        return raw
    low = {code.lower(): words for code, words in column.codes.items()}
    exact = raw.replace_strict(dict(column.codes), default=None, return_dtype=pl.String)
    folded = raw.str.to_lowercase().replace_strict(low, default=None, return_dtype=pl.String)
    otherwise = raw if column.unknown_code != "reject" else None
    return pl.coalesce([exact, folded, otherwise] if otherwise is not None else [exact, folded])


def unknown_codes(column: Column, raw: pl.Expr) -> pl.Expr:
    """Which values are in no code list and were kept as they are."""
    if not column.codes or column.unknown_code != "keep" or column.split or column.inside:
        return pl.lit(False)
    raw = raw.str.extract(column.match, 1) if column.match else raw
    known = {code.lower() for code in column.codes} | {words.lower() for words in column.codes.values()}
    return raw.is_not_null() & ~raw.str.to_lowercase().is_in(sorted(known))


def _typed(column: Column, raw: pl.Expr, cells: list[pl.Expr], format_: Format, today: date) -> pl.Expr:
    past = today if column.not_future else None
    match column.type:
        case "date":
            return to_date(raw, format_.dates, past=past).dt.strftime("%Y-%m-%d")
        case "datetime" if len(cells) == 2:
            return join_moment(to_date(cells[0], format_.dates, past=past), to_time(cells[1], format_.times))
        case "datetime":
            return to_moment(raw, format_.dates, format_.times, past=past)
        case "time":
            return to_time(raw, format_.times)
        case "number":
            number = raw.str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)
            return pl.when(number.is_finite()).then(number).cast(pl.String).str.replace(r"\.0$", "")
        case "whole":
            return raw.str.replace_all(",", "", literal=True).str.extract(r"^([+-]?\d+)(\.0*)?$", 1)
        case "yes_no":
            low = raw.str.to_lowercase()
            return pl.when(low.is_in(_YES)).then(pl.lit("yes")).when(low.is_in(_NO)).then(pl.lit("no"))
        case "nhs_number":
            return _nhs_number(raw)
        case "upn" | "postcode":
            return _postcode_fast(raw) if column.type == "postcode" else _one_by_one(raw, "upn")
        case "phone":
            return pl.when(raw.str.count_matches(r"\d") >= 6).then(raw)
        case "email":
            return pl.when(raw.str.contains(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")).then(raw.str.to_lowercase())
        case _:
            return raw


def _nhs_number(raw: pl.Expr) -> pl.Expr:
    """The modulus 11 check of foundations.identifiers.nhs_number on a whole column."""
    digits = raw.str.replace_all(r"[\s\-\u00a0]", "").str.extract(r"^(\d{10})$", 1)
    total = pl.sum_horizontal(
        [digits.str.slice(place, 1).cast(pl.Int32, strict=False) * (10 - place) for place in range(9)]
    )
    check = (11 - total % 11) % 11
    repeated = digits.str.count_matches(digits.str.slice(0, 1), literal=True) == 10
    good = (check == digits.str.slice(9, 1).cast(pl.Int32, strict=False)) & ~repeated
    return pl.when(good).then(digits)


def _postcode_fast(raw: pl.Expr) -> pl.Expr:
    """Most postcodes are written properly; only the others are looked at one by one."""
    squeezed = raw.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    shape = r"^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$"
    good = pl.when(squeezed.str.contains(shape)).then(squeezed.str.replace(shape, "$1 $2"))
    return pl.coalesce([good, _one_by_one(pl.when(good.is_null()).then(raw), "postcode")])


def _one_by_one(raw: pl.Expr, kind: str) -> pl.Expr:
    check = CHECKS[kind]

    def of_batch(values: pl.Series) -> pl.Series:
        different = values.drop_nulls().unique()
        checked = {text: check(text).value for text in different.to_list()}
        if not checked:
            return pl.Series(values.name, [None] * len(values), dtype=pl.String)
        return values.replace_strict(checked, default=None, return_dtype=pl.String)

    return raw.map_batches(of_batch, return_dtype=pl.String)


def why_bad(column: Column, text: str, format_: Format) -> tuple[str, bool]:
    """Why a value could not be read, in words, and whether it is an impossible date."""
    if format_.kind == "xlsx" and "=" in (text[:1], text.rpartition(" ")[2][:1]):
        return "is a formula, not a value; paste it as a value", False
    match column.type:
        case "date" | "datetime":
            return _why_bad_date(text, format_)
        case "time":
            return f"is not written as a time ({in_words(format_.times)})", False
        case "number" | "whole":
            return f"is not a {'whole ' if column.type == 'whole' else ''}number", False
        case "yes_no":
            return "is neither yes nor no", False
        case "phone":
            return "is not a telephone number", False
        case "email":
            return "is not an email address", False
        case "nhs_number" | "upn" | "postcode":
            return f"cannot be right: {_inside(CHECKS[column.type](text).reason)}", False
        case _ if column.inside:
            return "is not JSON", False
        case _ if column.match:
            return "is not written as was agreed", False
        case _:
            codes = ", ".join(list(column.codes)[:12])
            return f"is not among the agreed codes ({codes})", False


def _why_bad_date(text: str, format_: Format) -> tuple[str, bool]:
    if is_written_like_a_date(text, format_.dates):
        return "is not a date that exists", True
    formats = [one for one in format_.dates if one != EXCEL] or [EXCEL]
    return f"is not written as a date ({in_words(formats)})", False


def _inside(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".") if sentence[:2] != "UP" else sentence.rstrip(".")

"""Dates and times as agencies write them, read in whole columns; and, for the few that cannot be read, why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import polars as pl

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
EXCEL = "excel"  # days since the end of 1899, as a spreadsheet keeps a date
ISO_DATE = "%Y-%m-%d"
_TIME_AFTER = r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp][Mm])?(Z|[+-]\d{2}:?\d{2})?$"
_ZONED = r"(Z|[+-]\d{2}:?\d{2})$"
_WORDS = {
    "%d": "dd",
    "%m": "mm",
    "%Y": "yyyy",
    "%y": "yy",
    "%b": "Mon",
    "%B": "Month",
    "%H": "hh",
    "%M": "mm",
    "%S": "ss",
}
_SHAPES = {
    "%d": r"\d{1,2}", "%m": r"\d{1,2}", "%Y": r"\d{4}", "%y": r"\d{2}", "%b": "[A-Za-z]{3}", "%B": "[A-Za-z]+",
    "%H": r"\d{1,2}", "%M": r"\d{2}", "%S": r"\d{2}", "%I": r"\d{1,2}", "%p": "[APap][Mm]",
}  # fmt: skip


def to_date(raw: pl.Expr, formats: Sequence[str], *, past: date | None = None) -> pl.Expr:
    """Text as a date, null where no format fits or the year cannot be meant.

    `past`: with two-digit years, a date after this day was a hundred years before it.
    """
    text = raw.str.replace(_TIME_AFTER, "")
    plain = [one for one in formats if one != EXCEL and "%H" not in one]
    tries = [text.str.to_date(one, strict=False) for one in plain]
    timed = [raw.str.to_datetime(one, strict=False, time_unit="us").dt.date() for one in formats if "%H" in one]
    if EXCEL in formats:
        tries.append(_from_serial(text))
    if ISO_DATE not in plain:
        tries.append(text.str.to_date(ISO_DATE, strict=False))
    found = pl.coalesce(tries + timed)
    if past is not None and any("%y" in one for one in plain):
        found = pl.when(found > past).then(found.dt.offset_by("-100y")).otherwise(found)
    return pl.when(found.is_between(EARLIEST, LATEST)).then(found)


def _from_serial(text: pl.Expr) -> pl.Expr:
    days = text.str.extract(r"^(\d{4,6})(\.\d+)?$", 1).cast(pl.Int64, strict=False)
    return (pl.lit(date(1899, 12, 30)) + pl.duration(days=days)).cast(pl.Date)


def to_time(raw: pl.Expr, formats: Sequence[str]) -> pl.Expr:
    """Text as HH:MM:SS, null where no format fits. A spreadsheet's fraction of a day is a time too."""
    text = raw.str.replace(r"^\d{4}-\d{2}-\d{2}[ T]", "")
    tries = [text.str.to_time(one, strict=False) for one in (*formats, "%H:%M:%S%.f", "%H:%M")]
    fraction = text.str.extract(r"^(0?\.\d+)$", 1).cast(pl.Float64, strict=False)
    seconds = (fraction * 86_400).round().cast(pl.Int64)
    from_fraction = (
        pl.datetime(2000, 1, 1).dt.offset_by(pl.concat_str([seconds.cast(pl.String), pl.lit("s")])).dt.time()
    )
    return pl.coalesce([*tries, from_fraction]).dt.strftime("%H:%M:%S")


def to_moment(raw: pl.Expr, dates: Sequence[str], times: Sequence[str], *, past: date | None = None) -> pl.Expr:
    """Text holding a date and perhaps a time: '2026-11-03T16:10:00', or '2026-11-03' where there is no time.

    A time with a zone is written as it was on the clock in London.
    """
    zoned = pl.when(raw.str.contains(_ZONED)).then(raw).str.replace(" ", "T", literal=True)
    zoned = zoned.str.replace(r"Z$", "+0000").str.replace(r"([+-]\d{2}):(\d{2})$", "$1$2")
    utc = zoned.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%z", strict=False, time_unit="us")
    here = utc.dt.convert_time_zone("Europe/London").dt.strftime("%Y-%m-%dT%H:%M:%S")
    day = to_date(raw, dates, past=past)
    time_text = raw.str.extract(r"^\S+[ T](\d{1,2}:\d{2}.*)$", 1)
    return pl.coalesce([here, join_moment(day, to_time(time_text, times))])


def join_moment(day: pl.Expr, time: pl.Expr) -> pl.Expr:
    """A date and a time as one text; the date alone where there is no time."""
    written = day.dt.strftime(ISO_DATE)
    return pl.coalesce([pl.concat_str([written, pl.lit("T"), time]), written])


def is_written_like_a_date(text: str, formats: Sequence[str]) -> bool:
    """Whether the text has the shape of a date, so that, unread, it is a date that does not exist."""
    text = re.sub(_TIME_AFTER, "", text)
    shapes = [_shape(one) for one in (*formats, ISO_DATE) if one != EXCEL]
    return any(shape.fullmatch(one) for shape in shapes for one in (text, text.partition(" ")[0]))


def _shape(format_: str) -> re.Pattern[str]:
    return re.compile("".join(_SHAPES.get(piece, re.escape(piece)) for piece in re.findall(r"%.|[^%]+", format_)))


def in_words(formats: Sequence[str]) -> str:
    """'dd/mm/yyyy or yyyy-mm-dd'."""
    written = []
    for one in formats:
        words = "a spreadsheet date" if one == EXCEL else one
        for code, letters in _WORDS.items():
            words = words.replace(code, letters)
        written.append(words)
    return " or ".join(written)

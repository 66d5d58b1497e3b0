"""Anybody's file of events, of any size: only the columns that are used are held, and each bad row has its reason.

Any usual encoding (UTF-8, UTF-16, Windows-1252) and delimiter, packed with gzip or not. What is not UTF-8 already is
turned into it piece by piece in a temporary file, so memory does not grow with the file's other columns.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import polars as pl

from kith.insight.engine.places.columns import Column, guess, need_positions, one_of
from kith.linkage.feeds.dates import to_date, to_moment, to_time

DELIMITERS = ",;\t|"
PIECE = 1 << 20
SAMPLE_ROWS = 1_000
BAD_ROWS_KEPT = 10_000
DAYS = [
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%Y%m%d",
]
CLOCKS = ["%H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M%p", "%I:%M:%S %p"]
NOT_A_POSITION = "latitude or longitude is missing or is not a number"
OFF_THE_EARTH = "latitude or longitude is not a place on earth"
NOWHERE = "latitude and longitude are both nought"
NO_TIME = "the date or time cannot be read"


class FileUnreadableError(ValueError):
    """The file cannot be read, with the reason in words."""


@dataclass(frozen=True)
class BadRow:
    """A row of the file (1 is the heading) that was not used, why, and the cells that were looked at."""

    row: int
    why: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Events:
    """What was read. `table` has latitude, longitude (Float64), day (Date, first of the month where only months are
    told), minute (Int16 of the local day, null where not told) and area (text), as far as the file has them."""

    table: pl.DataFrame
    columns: list[Column]
    rows: int
    bad: list[BadRow]
    reasons: Counter[str]

    @property
    def has_clock(self) -> bool:
        return one_of(self.columns, "moment", "time") is not None and self.table["minute"].null_count() < len(
            self.table
        )

    @property
    def months_only(self) -> bool:
        return one_of(self.columns, "moment", "date") is None and one_of(self.columns, "month") is not None


def read_events(path: Path, told: Mapping[str, str], *, positions: bool) -> Events:
    """The events of a file; with `positions` each row needs a latitude and a longitude. Raises FileUnreadableError."""
    with _as_utf8(path) as plain:
        delimiter = _delimiter(plain)
        columns = guess(*_sample(plain, delimiter), told)
        if positions:
            need_positions(columns)
        return _read(plain, delimiter, columns, positions)


@contextmanager
def _as_utf8(path: Path) -> Iterator[Path]:
    if not path.is_file():
        raise FileUnreadableError(f"There is no file {path}.")
    packed = _first(path, 2) == b"\x1f\x8b"
    encoding = _encoding(path, packed)
    if encoding == "utf-8" and not packed:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="kith-") as folder:
        plain = Path(folder) / "events.csv"
        try:
            with _opened(path, packed) as source, plain.open("wb") as target:
                decoder = codecs.getincrementaldecoder(encoding)(errors="replace" if encoding == "cp1252" else "strict")
                while piece := source.read(PIECE):
                    target.write(decoder.decode(piece).encode())
                target.write(decoder.decode(b"", True).encode())
        except (OSError, EOFError, UnicodeDecodeError) as error:
            raise FileUnreadableError(f"{path} is broken off or damaged: {error}.") from error
        yield plain


def _first(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _opened(path: Path, packed: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path, "rb")) if packed else path.open("rb")


def _encoding(path: Path, packed: bool) -> str:
    """By its first mark, else UTF-8 if all of it is, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with _opened(path, packed) as source:
            piece = source.read(PIECE)
            if piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return "utf-16"
            if not piece.strip():
                raise FileUnreadableError(f"{path} is empty.")
            if b"\x00" in piece[:1000]:
                raise FileUnreadableError(f"{path} is not a text file. Save the sheet as CSV first.")
            while piece:
                decoder.decode(piece)
                piece = source.read(PIECE)
            decoder.decode(b"", True)
    except UnicodeDecodeError:
        return "cp1252"
    except (OSError, EOFError) as error:
        raise FileUnreadableError(f"{path} is broken off or damaged: {error}.") from error
    return "utf-8"


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        line = next((line for line in file if line.strip()), "")
    return max(DELIMITERS, key=line.count)


def _scan(path: Path, delimiter: str, names: list[str] | None = None) -> pl.LazyFrame:
    return pl.scan_csv(
        path,
        separator=delimiter,
        infer_schema=False,
        truncate_ragged_lines=True,
        new_columns=names,
    )


def _sample(path: Path, delimiter: str) -> tuple[list[str], dict[str, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, delimiter=delimiter)
        names = [name.strip() for name in next(lines, [])]
        rows = [row for _, row in zip(range(SAMPLE_ROWS), lines, strict=False)]
    if len(set(names)) != len(names):
        raise FileUnreadableError("The file has two columns of one name. Rename one.")
    if not rows:
        raise FileUnreadableError("The file has a heading but no rows.")
    return names, {name: [row[at].strip() for row in rows if at < len(row)] for at, name in enumerate(names)}


def _read(path: Path, delimiter: str, columns: list[Column], positions: bool) -> Events:
    used = [column.name for column in columns if column.role in _wanted(columns, positions)]
    names = [column.name for column in columns]
    cells = [pl.col(name).str.strip_chars().fill_null("").alias(name) for name in used]
    frame = _scan(path, delimiter, names).select(cells).with_row_index("row", offset=2)
    why = _why_bad(columns, positions)
    try:
        read = (
            frame.with_columns(**_parsed(columns, positions)).with_columns(why.alias("why")).collect(engine="streaming")
        )
    except pl.exceptions.PolarsError as error:
        raise FileUnreadableError(f"The file cannot be read as a table: {str(error).splitlines()[0]}") from error
    bad = read.filter(pl.col("why") != "")
    kept = [BadRow(int(row["row"]), row["why"], tuple(row[name] or "" for name in used)) for row in _firsts(bad)]
    reasons: Counter[str] = Counter(dict(bad.group_by("why").len().sort("why").iter_rows()))
    wanted = [f"_{name}" for name in ("latitude", "longitude", "day", "minute", "area")]
    good = read.filter(pl.col("why") == "").select(pl.col(wanted).name.map(lambda name: name[1:]))
    return Events(good, columns, len(read), kept, reasons)


def _firsts(bad: pl.DataFrame) -> list[dict[str, str]]:
    return bad.sort("row").head(BAD_ROWS_KEPT).to_dicts()


def _wanted(columns: list[Column], positions: bool) -> set[str]:
    time = {"moment"} if one_of(columns, "moment") else {"date", "time"} if one_of(columns, "date") else {"month"}
    return time | ({"latitude", "longitude", "area"} if positions else set())


def _parsed(columns: list[Column], positions: bool) -> dict[str, pl.Expr]:
    """The columns of `Events.table`, under names that no file's own column has."""
    day, minute = _time(columns)
    parsed = {"_day": day, "_minute": minute}
    for role in ("latitude", "longitude"):
        column = one_of(columns, role) if positions else None
        parsed[f"_{role}"] = pl.col(column.name).cast(pl.Float64, strict=False) if column else pl.lit(None, pl.Float64)
    area = one_of(columns, "area") if positions else None
    parsed["_area"] = pl.col(area.name) if area else pl.lit(None, pl.String)
    return parsed


def _time(columns: list[Column]) -> tuple[pl.Expr, pl.Expr]:
    moment, day, clock, month = (one_of(columns, role) for role in ("moment", "date", "time", "month"))
    if moment:
        text = to_moment(pl.col(moment.name), DAYS, CLOCKS)
        return text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False), _minute(text.str.slice(11, 5))
    if day:
        hours = _minute(to_time(_whole_hours(pl.col(clock.name)), CLOCKS)) if clock else pl.lit(None, pl.Int16)
        return to_date(pl.col(day.name), DAYS), hours
    if month:
        return _month(pl.col(month.name)), pl.lit(None, pl.Int16)
    return pl.lit(None, pl.Date), pl.lit(None, pl.Int16)


def _whole_hours(text: pl.Expr) -> pl.Expr:
    """A bare hour ("15") as a time."""
    return pl.when(text.str.contains(r"^\d{1,2}$")).then(text + pl.lit(":00")).otherwise(text)


def _minute(text: pl.Expr) -> pl.Expr:
    hours = text.str.extract(r"^(\d{2}):", 1).cast(pl.Int16, strict=False)
    return (hours * 60 + text.str.extract(r"^\d{2}:(\d{2})", 1).cast(pl.Int16, strict=False)).cast(pl.Int16)


def _month(text: pl.Expr) -> pl.Expr:
    first = pl.concat_str([pl.lit("1-"), text.str.replace_all(r"[/ ]", "-")])
    tries = ["%d-%Y-%m", "%d-%m-%Y", "%d-%b-%Y", "%d-%B-%Y", "%d-%b-%y"]
    return pl.coalesce([first.str.to_date(one, strict=False) for one in tries])


def _why_bad(columns: list[Column], positions: bool) -> pl.Expr:
    """What is wrong with a row, or nothing."""
    wrong = pl.lit("")
    if one_of(columns, "moment", "date", "month"):
        wrong = pl.when(pl.col("_day").is_null()).then(pl.lit(NO_TIME)).otherwise(wrong)
    if positions:
        lat, lng = pl.col("_latitude"), pl.col("_longitude")
        wrong = pl.when((lat == 0) & (lng == 0)).then(pl.lit(NOWHERE)).otherwise(wrong)
        wrong = (
            pl.when(~(lat.is_between(-90, 90) & lng.is_between(-180, 180))).then(pl.lit(OFF_THE_EARTH)).otherwise(wrong)
        )
        nothing = lat.is_null() | lng.is_null() | lat.is_nan() | lng.is_nan()
        wrong = pl.when(nothing).then(pl.lit(NOT_A_POSITION)).otherwise(wrong)
    return wrong

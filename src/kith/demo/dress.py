"""Putting true values into an agency's own way of writing them."""

import numpy as np
import polars as pl

from kith.demo.area import places
from kith.demo.chance import Ints, Texts, texts

UK, ISO, MONTH, COMPACT = "%d/%m/%Y", "%Y-%m-%d", "%d-%b-%y", "%Y%m%d"


def dated(values: pl.Series | np.ndarray, form: str = UK) -> pl.Series:
    """Dates (or times) as text in this form; none stays none."""
    return moments_of(values).dt.to_string(form)


def moments_of(values: pl.Series | np.ndarray) -> pl.Series:
    """A column of times, from dates or times."""
    series = values if isinstance(values, pl.Series) else pl.Series(values.astype("datetime64[ms]"))
    return series.cast(pl.Datetime("ms"))


def days_of(values: pl.Series | np.ndarray) -> pl.Series:
    """A column of real dates, for spreadsheets that hold them as such."""
    return moments_of(values).dt.date()


def coded(values: pl.Series, codes: dict[str, str]) -> pl.Series:
    """Values in the agency's own codes; a value without a code becomes empty."""
    return values.replace_strict(codes, default=None, return_dtype=pl.String)


def place_column(spot: Ints, column: str = "name") -> pl.Series:
    """A fact about each happening's place; none where there is no place (-1)."""
    table = places()[column]
    return table.gather(np.where(spot < 0, 0, spot)).set(pl.Series(spot < 0), None) if len(spot) else table.head(0)


def place_names(spot: Ints) -> Texts:
    """Place names as texts."""
    return texts(place_column(spot).to_list())


def serial(prefix: str, numbers: pl.Series | Ints, width: int = 6) -> pl.Series:
    """References: a prefix and a number padded with noughts."""
    values = numbers if isinstance(numbers, pl.Series) else pl.Series(numbers)
    return prefix + values.cast(pl.Int64).cast(pl.String).str.zfill(width)


def column_text(values: Texts | list[str | None]) -> pl.Series:
    """A text column."""
    return pl.Series(list(values), dtype=pl.String)


def day_array(series: pl.Series) -> np.ndarray:
    """Days as an array, for deciding which delivery a row falls into."""
    return np.asarray(series.cast(pl.Datetime("ms")).to_numpy().astype("datetime64[D]"))

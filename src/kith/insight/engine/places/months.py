"""Where a file tells only months or days: how many each, and whether they differ more than chance would make them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from scipy import special

from kith.insight.engine.places.hours import DAYS

RATE = 0.05


@dataclass(frozen=True)
class Counted:
    """Names with their counts, and a sentence."""

    names: list[str]
    counts: list[int]
    sentence: str


def by_month(days: pl.Series) -> Counted:
    """Events of each month from the first to the last, months without any included; compared by days in the month."""
    found = Counter(day.replace(day=1) for day in days.drop_nulls().to_list())
    months = [min(found)]
    while months[-1] < max(found):
        months.append(_next(months[-1]))
    names = [f"{month:%B %Y}" for month in months]
    counts = [found[month] for month in months]
    return Counted(names, counts, _sentence(names, counts, [(_next(one) - one).days for one in months], "month"))


def by_weekday(days: pl.Series) -> Counted:
    """Events of each day of the week, compared with how often that day came between the first event and the last."""
    told: list[date] = days.drop_nulls().to_list()
    found = Counter(day.weekday() for day in told)
    span = (max(told) - min(told)).days + 1
    came = Counter((min(told) + timedelta(days=step)).weekday() for step in range(span))
    counts = [found[number] for number in range(7)]
    return Counted(list(DAYS), counts, _sentence(list(DAYS), counts, [came[number] for number in range(7)], "day"))


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _sentence(names: list[str], counts: list[int], lengths: list[int], what: str) -> str:
    """The most unusual name, if the whole differs from even by more than chance (chi-squared)."""
    if len(counts) < 2:
        return f"{counts[0]:,} events, all in {names[0]}: there is no other {what} to compare with."
    expected = sum(counts) * np.array(lengths, dtype=float) / sum(lengths)
    if (expected < 5).any():
        return f"Too few events to compare one {what} with another."
    off = float((((np.array(counts) - expected) ** 2) / expected).sum())
    if special.chdtrc(len(counts) - 1, off) > RATE:
        return f"No {what} differs from the others by more than chance."
    at = int(np.abs((np.array(counts) - expected) / np.sqrt(expected)).argmax())
    way = "more" if counts[at] > expected[at] else "fewer"
    return f"{names[at]} differs most: {counts[at]:,} events, {way} than the {expected[at]:,.0f} of an even spread."

"""What audits teach: of each question the share judged strong or good; small numbers are held back as in insight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kith.case_audits.rules.questions import MET
from kith.insight.rules.change import percentage_of
from kith.insight.rules.periods import Month, Window, last_complete, month, months_to, quarter, year
from kith.insight.rules.suppression import Adds, Figures, Number, publishable

YEARS = 2


@dataclass(frozen=True)
class Told:
    """One question in one quarter. None: nothing was judged, or it may not be shown (`hidden`)."""

    quarter: Window
    count: int | None
    share: Decimal | None
    hidden: bool


def first_month(today: date) -> date:
    """From when on judgements are counted: the beginning of the financial year before this one."""
    return year(Month.of(today)).a_year_before().begins


def shares(judged: Iterable[tuple[date, Mapping[str, str]]], question: str, today: date) -> list[Told]:
    """Quarter by quarter, as far as they are over.

    judged  Of each audit the first day of its month, and question → judgement.
    """
    first = year(Month.of(today)).a_year_before().first
    last = last_complete(today)
    months = {month(one): [0, 0] for one in months_to(last, last.index - first.index + 1)}
    for day, judgements in judged:
        counted = months.get(month(Month.of(day)))
        if counted is not None and question in judgements:
            counted[0] += 1
            counted[1] += judgements[question] in MET
    return _told({window: Number(count, met) for window, (count, met) in months.items()})


def _told(months: Mapping[Window, Number]) -> list[Told]:
    quarters: dict[Window, Number] = {}
    for window, number in months.items():
        of = quarter(window.first)
        so_far = quarters.get(of, Number(0, 0))
        quarters[of] = Number(so_far.count + number.count, (so_far.met or 0) + (number.met or 0))
    quarters = {of: number for of, number in quarters.items() if month(of.last) in months}
    published = publishable(Figures(Adds.UP, {**months, **quarters}, {}))
    found = []
    for of, number in sorted(quarters.items()):
        shown, share = published.shows(of), published.shows_share(of)
        found.append(
            Told(
                of,
                number.count if shown else None,
                percentage_of(number.met, number.count) if share else None,
                number.count > 0 and not share,
            )
        )
    return found

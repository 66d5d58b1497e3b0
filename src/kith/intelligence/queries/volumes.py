"""How many reports came, from whom, in which month, and how many in school holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate

from kith.intelligence.models import Report
from kith.intelligence.rules.holidays import Pace, holidays_of, paces

OF_NO_AGENCY = "Nobody's agency (the public, parents, young people)"


@dataclass(frozen=True)
class Volumes:
    """Counts by agency (rows) and month (columns, the first day of each), newest month last."""

    months: tuple[date, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    totals: tuple[int, ...]
    marked: tuple[tuple[str, ...], ...]  # the school holidays of each month
    in_holidays: Pace
    in_term: Pace
    acknowledged: int
    reports: int


def volumes(today: date, months: int = 12) -> Volumes:
    """The last `months` months, this one included. Three queries."""
    shown = _months(today, months)
    reports = Report.objects.filter(given_at__date__gte=shown[0], given_at__date__lte=today)
    counted = reports.annotate(month=TruncMonth("given_at")).values_list("agency__name", "month").annotate(Count("pk"))
    cells = {(name or OF_NO_AGENCY, month.date()): number for name, month, number in counted}
    names = sorted({name for name, _ in cells})
    rows = tuple((name, tuple(cells.get((name, month), 0) for month in shown)) for name in names)
    days = [localdate(given) for given in reports.values_list("given_at", flat=True)]
    off, term = paces(days, shown[0], today)
    return Volumes(
        months=shown,
        rows=rows,
        totals=tuple(sum(row[1][n] for row in rows) for n in range(len(shown))),
        marked=tuple(map(holidays_of, shown)),
        in_holidays=off,
        in_term=term,
        acknowledged=reports.exclude(acknowledged_at=None).count(),
        reports=len(days),
    )


def _months(today: date, months: int) -> tuple[date, ...]:
    last = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(last - months + 1, last + 1))

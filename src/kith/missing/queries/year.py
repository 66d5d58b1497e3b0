"""A year of missing children, as each agency counts it and as Kith does; the months behind it; the absences behind a
number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import F

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.missing.models import Account, Episode
from kith.missing.queries.counts import JOB, absences, told_between
from kith.missing.rules import Kind
from kith.missing.rules.clock import held_by
from kith.missing.rules.counts import (
    Compared,
    Counted,
    Line,
    Side,
    ToldBy,
    Twelve,
    Why,
    compare,
    counted_by,
    lines,
    twelve_months,
)

MONTHS = 24


@dataclass(frozen=True)
class YearCounted:
    """The twelve months before `year.as_at` and the twelve before those, side by side."""

    year: Twelve
    police: tuple[Line, ...]
    council: tuple[Line, ...]
    absences: tuple[Line, ...]
    compared: tuple[Compared, ...]

    def parts(self) -> dict[ToldBy, int]:
        """How many absences are told by whom."""
        told = Counter(one.told_by for one in self.compared)
        return {side: told[side] for side in ToldBy}

    def whys(self, told_by: ToldBy) -> list[tuple[Why, int]]:
        """Why, most frequent first."""
        return Counter(one.why for one in self.compared if one.told_by is told_by).most_common()

    def again(self) -> int:
        """Accounts by an agency that tells of the same absence already."""
        return sum(one.again for one in self.compared)


@dataclass(frozen=True)
class Month:
    """Absences that began in one month, from care and from home; conversations on the returns of that month."""

    month: date
    from_care: int
    children_in_care: int
    from_home: int
    children_at_home: int
    trafficking: int  # of all these, those where trafficking was feared or is on record
    back: int  # returns in this month
    in_time: int
    late: int
    declined: int
    not_offered: int


@dataclass(frozen=True)
class Behind:
    """One absence behind a number, for those to whom it is open."""

    reference: str
    began: datetime
    told_by: ToldBy
    why: Why


def year_counted(as_at: date) -> YearCounted:
    """The whole table. Three reads, whatever the size."""
    year = twelve_months(as_at)
    told = told_between(year.before, year.as_at)
    return YearCounted(
        year=year,
        police=lines(counted_by(told, Side.POLICE), year),
        council=lines(counted_by(told, Side.COUNCIL), year),
        absences=lines(absences(told, year.before, year.as_at), year),
        compared=tuple(compare(told, year)),
    )


def behind(counted: YearCounted, told_by: ToldBy, why: Why | None) -> tuple[list[Behind], int]:
    """The absences behind a number that are open to whoever looks, newest first; and how many more there are."""
    wanted = {one.absence: one for one in counted.compared if one.told_by is told_by and why in (None, one.why)}
    rows = Episode.objects.filter(pk__in=list(wanted)).order_by("-gone_at").values_list("pk", "reference", "gone_at")
    found = [Behind(number, gone, wanted[pk].told_by, wanted[pk].why) for pk, number, gone in rows]
    return found, len(wanted) - len(found)


def by_month(as_at: date, months: int = MONTHS) -> list[Month]:
    """The months up to and including that of `as_at`'s eve, oldest first."""
    shown = _months(as_at, months)
    until = _next(shown[-1])
    counted = _by_month(absences(told_between(shown[0], until), shown[0], until))
    with viewing_as(system_viewer(JOB)):
        returned = _returned(shown[0], until)
        feared = _feared(shown[0], until)
    return [_month(month, counted[month], returned[month], feared[month]) for month in shown]


def _month(month: date, counted: list[Counted], returned: Counter[str], feared: int) -> Month:
    care, home = [one for one in counted if one.in_care], [one for one in counted if not one.in_care]
    return Month(
        month=month,
        from_care=len(care),
        children_in_care=len({one.child for one in care}),
        from_home=len(home),
        children_at_home=len({one.child for one in home}),
        trafficking=feared,
        back=returned["back"],
        in_time=returned["in-time"],
        late=returned["late"],
        declined=returned["declined"],
        not_offered=returned["not-offered"],
    )


def _returned(first: date, until: date) -> dict[date, Counter[str]]:
    """Returns of each month, and what became of the conversation on each. One conversation on five returns is five."""
    found: dict[date, Counter[str]] = defaultdict(Counter)
    rows = Episode.objects.filter(not_missing_because="", back_at__gte=_start(first), back_at__lt=_start(until))
    of_talk = {name: F(f"covered__conversation__{name}_at") for name in ("held", "declined", "not_offered")}
    for back, held, declined, not_offered in rows.annotate(**of_talk).values_list("back_at", *of_talk):
        month = found[_month_of(back)]
        month["back"] += 1
        if held:
            month["in-time" if held <= held_by(back) else "late"] += 1
        elif declined:
            month["declined"] += 1
        elif not_offered:
            month["not-offered"] += 1
    return found


def _feared(first: date, until: date) -> Counter[date]:
    began = Episode.objects.filter(not_missing_because="", gone_at__gte=_start(first), gone_at__lt=_start(until))
    calling = Account.objects.filter(kind=Kind.MISSING.value, withdrawn_at=None)
    with_fear = began.filter(harm_feared__contains="trafficking", pk__in=calling.values("episode"))
    return Counter(_month_of(gone) for gone in with_fear.values_list("gone_at", flat=True))


def _by_month(counted: Iterable[Counted]) -> dict[date, list[Counted]]:
    found: dict[date, list[Counted]] = defaultdict(list)
    for one in counted:
        found[one.on.replace(day=1)].append(one)
    return found


def _months(as_at: date, months: int) -> list[date]:
    last = as_at.year * 12 + as_at.month - 1
    if as_at.day == 1:
        last -= 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - months + 1, last + 1)]


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _month_of(moment: datetime) -> date:
    return moment.astimezone(HERE).date().replace(day=1)


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HERE).astimezone(UTC)

"""How many contacts came, from whom, about what, what they came to, and how that compares with the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks.duty import HERE
from kith.front_door.models import Contact, Outcome
from kith.front_door.rules import codes

SMALL = 10  # below this a change says little
NOT_SURE = "not-sure"
ALLOCATED, EARLY_HELP, CONTEXT, OTHER, WAITING = "allocated", "early-help", "context", "other", "waiting"
OUTCOMES = {
    ALLOCATED: "A social worker (assessment or strategy discussion)",
    EARLY_HELP: "Early help",
    CONTEXT: "Context pathway",
    OTHER: "Something else, or no further action",
    WAITING: "Not decided yet",
}
OF_RESULT = {"assessment": ALLOCATED, "strategy": ALLOCATED, "early-help": EARLY_HELP, "context": CONTEXT}
FILED = """
with told as (
  select es.subject_id, es."on", e.kind,
    lag(es."on") over (partition by es.subject_id, e.kind order by es."on") as before
  from chronology_entrysubject es join chronology_entry e on e.id = es.entry_id
  where e.kind in ('contact', 'referral') and e.superseded_by_id is null and e.ended_at is null and es."on" <= %(last)s
  group by es.subject_id, es."on", e.kind
)
select kind, "on" > %(middle)s, count(*), count(*) filter (where before > "on" - interval '12 months')
from told where "on" > %(first)s group by 1, 2
"""


@dataclass(frozen=True)
class Line:
    """One thing counted in the last twelve months and in the twelve before."""

    name: str
    now: int
    before: int
    of_now: int = 0  # what `now` is a part of, where a share is asked
    of_before: int = 0

    @property
    def change(self) -> str:
        return change_in_words(self.now, self.before)

    @property
    def share(self) -> str:
        return percent(self.now, self.of_now)

    @property
    def share_before(self) -> str:
        return percent(self.before, self.of_before)


@dataclass(frozen=True)
class Month:
    """One month: all contacts, those about harm outside the home, and by outcome."""

    month: date
    contacts: int
    about_harm: int
    outcomes: dict[str, int]


@dataclass(frozen=True)
class Volumes:
    """Everything on the page. `months` newest first."""

    first: date  # the first day of the last twelve months
    before: date  # the first day of the twelve before
    last: date
    months: tuple[Month, ...]
    total: Line
    about_harm: Line
    sources: tuple[Line, ...]
    harms: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    outcomes_of_harm: tuple[Line, ...]
    referrals: Line
    re_referrals: Line
    filed: tuple[Line, ...]


@dataclass(frozen=True)
class _One:
    on: date
    source: str
    harms: tuple[str, ...]
    outcome: str


def volumes(last: date) -> Volumes:
    """The twelve months up to and including `last`, and the twelve before them."""
    first, before = _a_year_back(last), _a_year_back(_a_year_back(last))
    told = _contacts(before, last)
    now, then = [one for one in told if one.on > first], [one for one in told if one.on <= first]
    harm, harm_then = [one for one in now if one.harms], [one for one in then if one.harms]
    referrals, again = _referrals(before, first, last)
    return Volumes(
        first=first,
        before=before,
        last=last,
        months=_months(told),
        total=Line("Contacts", len(now), len(then)),
        about_harm=Line("About harm outside the home", len(harm), len(harm_then), len(now), len(then)),
        sources=_lines(Counter(one.source for one in now), Counter(one.source for one in then)),
        harms=_harms(now, then),
        outcomes=_outcomes(now, then),
        outcomes_of_harm=_outcomes(harm, harm_then),
        referrals=referrals,
        re_referrals=again,
        filed=_filed(before, first, last),
    )


def change_in_words(now: int, before: int) -> str:
    """Such as "18.4% more", rounded half up to a tenth; small numbers are said to be small."""
    if before == 0:
        return "nothing to compare with"
    if now == before:
        return "the same"
    tenths = (Decimal(100 * abs(now - before)) / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
    small = ", small numbers" if before < SMALL else ""
    return f"{tenths}% {'more' if now > before else 'fewer'}{small}"


def percent(part: int, whole: int) -> str:
    """To the nearest whole, half up; nothing where there is nothing to be a part of."""
    return f"{int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))}%" if whole else ""


def _contacts(first: date, last: date) -> list[_One]:
    """Received after `first` up to and including `last`; one joined into another counts with that other alone."""
    outcomes = _outcome_of_each(first, last)
    given = Contact.objects.filter(received_at__gt=_end(first), received_at__lte=_end(last), joined_into=None)
    kinds = codes()["givers"]
    return [
        _One(
            received.astimezone(HERE).date(),
            agency or kinds.title(kind or "") or "Not said",
            tuple(harm for harm in harms if harm != NOT_SURE),
            outcomes.get(pk, OTHER if decided else WAITING),
        )
        for pk, received, agency, kind, harms, decided in given.values_list(
            "pk", "received_at", "giver__agency__name", "giver__kind", "harms", "decided_at"
        )
    ]


def _outcome_of_each(first: date, last: date) -> dict[int, str]:
    """The furthest that each contact's standing decision went."""
    order = list(OUTCOMES)
    found: dict[int, str] = {}
    rows = Outcome.objects.filter(
        decision__undone_at=None,
        decision__contact__received_at__gt=_end(first),
        decision__contact__received_at__lte=_end(last),
    )
    for contact, result in rows.values_list("decision__contact_id", "result"):
        outcome = OF_RESULT.get(result, OTHER)
        found[contact] = min(outcome, found.get(contact, OTHER), key=order.index)
    return found


def _months(told: Iterable[_One]) -> tuple[Month, ...]:
    by_month: dict[date, list[_One]] = {}
    for one in told:
        by_month.setdefault(one.on.replace(day=1), []).append(one)
    return tuple(
        Month(month, len(held), sum(bool(one.harms) for one in held), dict(Counter(one.outcome for one in held)))
        for month, held in sorted(by_month.items(), reverse=True)
    )


def _lines(now: Counter[str], before: Counter[str]) -> tuple[Line, ...]:
    names = sorted({*now, *before}, key=lambda name: (-now[name], name))
    whole, whole_before = sum(now.values()), sum(before.values())
    return tuple(Line(name, now[name], before[name], whole, whole_before) for name in names)


def _harms(now: list[_One], before: list[_One]) -> tuple[Line, ...]:
    """A contact may be about several; each counts."""
    counts, counts_before = (Counter(harm for one in side for harm in one.harms) for side in (now, before))
    listed = [code for code in codes()["harms"].codes if code.key != NOT_SURE]
    return tuple(Line(code.title, counts[code.key], counts_before[code.key], len(now), len(before)) for code in listed)


def _outcomes(now: list[_One], before: list[_One]) -> tuple[Line, ...]:
    counts, counts_before = (Counter(one.outcome for one in side) for side in (now, before))
    return tuple(Line(title, counts[key], counts_before[key], len(now), len(before)) for key, title in OUTCOMES.items())


def _referrals(before: date, first: date, last: date) -> tuple[Line, Line]:
    """Referrals that decisions here led to, and those within twelve months of one before."""
    results = [code.key for code in codes()["results"].codes if code.referral]
    rows = Outcome.objects.filter(result__in=results, decision__undone_at=None)
    sides = [
        rows.filter(decision__at__gt=_end(start), decision__at__lte=_end(end))
        for start, end in ((first, last), (before, first))
    ]
    all_of_them, again = [side.count() for side in sides], [side.filter(re_referral=True).count() for side in sides]
    return Line("Referrals", *all_of_them), Line("Re-referrals within 12 months", *again, *all_of_them)


def _filed(before: date, first: date, last: date) -> tuple[Line, ...]:
    """Counts over agencies' files, of all records: numbers only, so the job that counts them sees every row."""
    with viewing_as(system_viewer("volumes")), connection.cursor() as cursor:
        cursor.execute(FILED, {"first": before, "middle": first, "last": last})
        counted = {(kind, lately): (number, again) for kind, lately, number, again in cursor.fetchall()}
    none = (0, 0)
    said = {key: (counted.get((key, True), none), counted.get((key, False), none)) for key in ("contact", "referral")}
    referral, referral_before = said["referral"]
    return (
        Line("Contacts", said["contact"][0][0], said["contact"][1][0]),
        Line("Referrals", referral[0], referral_before[0]),
        Line("Re-referrals within 12 months", referral[1], referral_before[1], referral[0], referral_before[0]),
    )


def _a_year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=HERE).astimezone(UTC)

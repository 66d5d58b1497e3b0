"""What help there is for exploited children and young people, who asked for it, who got it, who waits. Counts.

Asked by a named job over all records: pages show the counts, small ones withheld, and nobody's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.foundations.design_system.words import age_in_years
from kith.moments.models import Moment, Offer
from kith.moments.rules.codes import listed
from kith.moments.rules.drawing import rule
from kith.subjects.models import Person

JOB = "moments"
YEAR, TWO_YEARS = timedelta(days=365), timedelta(days=730)
SUPPORT, MIND, SEEN = "specialist-support", "mental-health-referral", "mental-health-first-seen"
HARMS = {"sexual": "Sexual exploitation", "criminal": "Criminal exploitation"}
AGES = {"Under 16": (0, 15), "16 and 17": (16, 17), "18 to 20": (18, 20), "21 and over": (21, 120)}
YOUNG = (16, 25)


@dataclass(frozen=True)
class Service:
    """One kind of help: how often it was asked for or offered in a year, how often accepted or begun, who waits."""

    name: str
    asked: int
    had: int
    waiting: int


@dataclass(frozen=True)
class Part:
    """Some children of a whole: of how many, how many."""

    name: str
    whole: int
    part: int


@dataclass(frozen=True)
class Waits:
    """Mental health help for exploited young people of 16 to 25."""

    referred: int
    seen: int
    median_days: int | None


@dataclass(frozen=True)
class Offers:
    """Everything on the page."""

    first: date
    last: date
    offered: tuple[Service, ...]
    in_files: tuple[Service, ...]
    supported: Part
    by_harm: tuple[Part, ...]
    by_age: tuple[Part, ...]
    mind: Waits
    mind_in_care: tuple[Part, ...]
    rung_back: Part
    rung_back_at_night: Part


@dataclass(frozen=True)
class _Row:
    subject: int
    key: tuple[str, str]
    kind: str
    on: date
    until: date | None
    harm: str
    begun: bool


def offers(now: datetime) -> Offers:
    """The last twelve months; exploitation on record in the last twenty-four."""
    last = now.astimezone(HERE).date()
    with viewing_as(system_viewer(JOB)):
        rows = _rows(last - TWO_YEARS, last)
        known = Person.objects.filter(pk__in={row.subject for row in rows}, is_child=True)
        people = {pk: (born, care) for pk, born, care in known.values_list("pk", "date_of_birth", "in_care_since")}
        made, rung = _at_moments(now - YEAR), _rung_back(now - YEAR, now)
    rows = [row for row in rows if row.subject in people]
    harmed = {row.subject for row in rows if row.kind in rule().kinds or row.kind == "assessment-factors"}
    year = [row for row in rows if row.on > last - YEAR]
    support = [row for row in rows if row.kind == SUPPORT]
    begun = {row.subject for row in support if row.begun}
    return Offers(
        first=last - YEAR + timedelta(days=1),
        last=last,
        offered=made,
        in_files=(_support(year), _mental_health(year)),
        supported=Part("Children with exploitation on record", len(harmed), len(harmed & begun)),
        by_harm=_by_harm(rows, begun),
        by_age=_by_age([row for row in year if row.kind == SUPPORT], {pk: born for pk, (born, _) in people.items()}),
        mind=_waits(rows, {pk for pk in harmed if _aged(people[pk][0], last, *YOUNG)}),
        mind_in_care=_mind_in_care(rows, harmed, {pk for pk, (_, care) in people.items() if care}),
        rung_back=rung[0],
        rung_back_at_night=rung[1],
    )


def _rows(first: date, last: date) -> list[_Row]:
    kinds = {*rule().kinds, SUPPORT, MIND, SEEN, "assessment-factors"}
    stands = EntrySubject.objects.filter(entry__kind__in=kinds, entry__superseded_by=None, entry__ended_at=None)
    stands = stands.filter(on__gt=first, on__lte=last, subject__kind="person").select_related("entry")
    rows = (_row(one.subject_id, one.entry) for one in stands.order_by("on", "pk"))
    return [row for row in rows if row.kind != "assessment-factors" or row.harm]


def _row(subject: int, entry: Entry) -> _Row:
    details = entry.details or {}
    said = str(details.get("harm") or "").lower()
    if entry.kind == "assessment-factors":
        found = str(details.get("factors") or "").lower()
        said = ", ".join(word for word in rule().factors if word in found)
    key = (entry.feed, entry.feed_key)
    return _Row(subject, key, entry.kind, entry.on, entry.until_day, said, bool(details.get("allocated")))


def _support(rows: Iterable[_Row]) -> Service:
    asked = [row for row in rows if row.kind == SUPPORT]
    waiting = sum(not row.begun and row.until is None for row in asked)
    return Service("Specialist exploitation support", len(asked), sum(row.begun for row in asked), waiting)


def _mental_health(rows: Iterable[_Row]) -> Service:
    asked = [row for row in rows if row.kind == MIND]
    seen = {row.subject for row in rows if row.kind == SEEN}
    had = sum(row.subject in seen for row in asked)
    return Service("Mental health help", len(asked), had, len(asked) - had)


def _by_harm(rows: Iterable[_Row], begun: set[int]) -> tuple[Part, ...]:
    children: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        for word in HARMS:
            if word in row.harm:
                children[word].add(row.subject)
    return tuple(Part(title, len(children[word]), len(children[word] & begun)) for word, title in HARMS.items())


def _by_age(asked: list[_Row], born: dict[int, date | None]) -> tuple[Part, ...]:
    aged = [(age_in_years(day, row.on), row.begun) for row in asked if (day := born.get(row.subject))]
    return tuple(
        Part(title, sum(low <= age <= high for age, _ in aged), sum(low <= age <= high and had for age, had in aged))
        for title, (low, high) in AGES.items()
    )


def _waits(rows: Iterable[_Row], young: set[int]) -> Waits:
    """Each referral with the first appointment after it."""
    seen: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        if row.kind == SEEN:
            seen[row.subject].append(row.on)
    referred = [row for row in rows if row.kind == MIND and row.subject in young]
    firsts = [(row.on, min((day for day in seen[row.subject] if day >= row.on), default=None)) for row in referred]
    days = [(first - asked).days for asked, first in firsts if first]
    return Waits(len(referred), len(days), round(median(days)) if days else None)


def _mind_in_care(rows: Iterable[_Row], harmed: set[int], in_care: set[int]) -> tuple[Part, ...]:
    helped = {row.subject for row in rows if row.kind == SEEN}
    groups = {"In care or leaving care": harmed & in_care, "Not in care": harmed - in_care}
    return tuple(Part(title, len(children), len(children & helped)) for title, children in groups.items())


def _at_moments(since: datetime) -> tuple[Service, ...]:
    """What whoever answered offered, each service once for each moment, with the latest answer."""
    rows = Offer.objects.filter(moment__told_at__gt=since).order_by("at", "pk")
    latest = {(moment, service): answer for moment, service, answer in rows.values_list("moment", "service", "answer")}
    counted = []
    for service in listed("services"):
        said = [answer for (_, key), answer in latest.items() if key == service.key]
        accepted = sum(answer in {"accepted", "waiting"} for answer in said)
        counted.append(Service(service.title, len(said), accepted, said.count("waiting") + said.count("thinking")))
    return tuple(counted)


def _rung_back(since: datetime, now: datetime) -> tuple[Part, Part]:
    """Of moments rung back, or whose time for it is over, how many were rung back in time; by day and night."""
    rows = Moment.objects.filter(told_at__gt=since, source="form", set_aside="").values_list(
        "out_of_hours", "call_back_by", "called_back_at"
    )
    over = [(night, rung is not None and rung <= by) for night, by, rung in rows if rung or by <= now]
    days, nights = [in_time for night, in_time in over if not night], [in_time for night, in_time in over if night]
    return Part("8 am to 11 pm", len(days), sum(days)), Part("Out of hours", len(nights), sum(nights))


def _aged(born: date | None, on: date, low: int, high: int) -> bool:
    return born is not None and low <= age_in_years(born, on) <= high

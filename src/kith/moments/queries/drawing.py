"""What feeds told of lately that may be a critical moment, and which children have exploitation on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from kith.chronology.models import Entry, EntrySubject
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.moments.models import Draw, Moment
from kith.moments.rules.drawing import Mapped, rule
from kith.subjects.models import Subject

JOB = "moments"


@dataclass(frozen=True)
class Happening:
    """One entry of a feed on one child's record."""

    entry: Entry
    subject: Subject
    kind: str  # of moment
    on: date
    at: datetime | None

    @property
    def drawn_from(self) -> str:
        """What makes it the same happening when the feed tells it again, or more fully."""
        return f"{self.entry.feed}:{self.entry.feed_key}"[:300]


def happenings(now: datetime) -> list[Happening]:
    """Entries of the kinds that the rule names, that have happened within its days, each child's own. For a job."""
    today = now.astimezone(HERE).date()
    first = today - rule().within
    lately = Q(entry__on__gte=first, entry__on__lte=today) | Q(entry__until_day__gte=first, entry__until_day__lte=today)
    kinds = [one.entry for one in rule().entries]
    rows = EntrySubject.objects.filter(lately, entry__kind__in=kinds, entry__superseded_by=None, entry__ended_at=None)
    rows = rows.exclude(entry__feed="").filter(subject__kind="person", subject__person__is_child=True)
    rows = rows.select_related("entry__agency", "subject__scope").order_by("entry__on", "entry_id", "subject_id")
    found = (_happening(row, first, today) for row in rows)
    return list({(one.drawn_from, one.subject.pk): one for one in found if one}.values())


def exploited(subject_ids: Iterable[int]) -> set[int]:
    """Of these, the children with exploitation on record as the rule says it, whether or not there is a plan."""
    ids = list(subject_ids)
    of_kind = Q(entry__kind__in=rule().kinds)
    factor = Q(pk__in=[])
    for word in rule().factors:
        factor |= Q(entry__kind="assessment-factors", entry__details__factors__icontains=word)
    stands = EntrySubject.objects.filter(subject__in=ids, entry__superseded_by=None, entry__ended_at=None)
    return set(stands.filter(of_kind | factor).values_list("subject_id", flat=True))


def drawn_already(found: Iterable[Happening]) -> set[tuple[str, int]]:
    """Which of these are moments."""
    keys = [one.drawn_from for one in found]
    rows = Moment.objects.filter(drawn_from__in=keys).values_list("drawn_from", "subject_id")
    return {(key, subject) for key, subject in rows if subject}


def told_lately(one: Happening, kind: str, within: timedelta) -> bool:
    """Whether the same kind was told of the same child about that time, by a person or another feed."""
    same = Moment.objects.filter(subject=one.subject, kind=kind)
    if one.at:
        near = Q(happened_at__gte=one.at - within, happened_at__lte=one.at + within)
        return same.filter(near | Q(happened_at=None, happened_on=one.on)).exists()
    days = timedelta(days=1)
    return same.filter(happened_on__gte=one.on - days, happened_on__lte=one.on + days).exists()


@dataclass(frozen=True)
class RuleCounts:
    """How often the rule fired by kind, how often it passed something over and why, and how often it was overruled."""

    looked_through: int
    last: datetime | None
    fired: dict[str, int]
    passed_over: dict[str, int]
    set_aside: dict[str, int]
    of_feeds: int


def rule_counts() -> RuleCounts:
    """Counts alone, of all moments: asked by a named job."""
    fired: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    with viewing_as(system_viewer(JOB)):
        draws = list(Draw.objects.order_by("at"))
        aside = Counter(Moment.objects.exclude(set_aside="").exclude(source="form").values_list("set_aside", flat=True))
        of_feeds = Moment.objects.exclude(source="form").count()
    for one in draws:
        fired.update(one.fired)
        passed.update(one.passed_over)
    return RuleCounts(len(draws), draws[-1].at if draws else None, dict(fired), dict(passed), dict(aside), of_feeds)


def _happening(row: EntrySubject, first: date, today: date) -> Happening | None:
    entry = row.entry
    mapped: Mapped | None = rule().mapped(entry.kind)
    if mapped is None or not mapped.fits(entry.details or {}):
        return None
    on, at = (entry.until_day, entry.until) if mapped.by_its_end else (entry.on, entry.at)
    if on is None or not first <= on <= today:
        return None
    return Happening(entry, row.subject, mapped.moment, on, at)

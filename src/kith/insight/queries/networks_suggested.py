"""What may link children whose records are open to whoever looks, read under row security."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from textwrap import shorten

from django.db.models import QuerySet
from django.utils.timezone import localdate

from kith.chronology.models import EntrySubject
from kith.foundations.access.models import Viewer
from kith.insight.models import SuggestionDecided
from kith.insight.rules.suggesting import EVERYDAY, MISSING_TOGETHER, Proposal, Reason, Told, propose
from kith.missing.queries.patterns import absences_of, said_together
from kith.missing.rules.patterns import overlapping, together
from kith.subjects.models import LinkEvidence, Subject
from kith.subjects.queries.circles import my_circles
from kith.subjects.rules import SubjectKind

LOOKED_BACK = timedelta(days=365)
PEOPLE_AT_MOST = 300  # of one's own work; whoever works with more looks from a record
LONGEST = 140  # letters of an event's words


def proposals(viewer: Viewer, now: datetime) -> list[Proposal]:
    """Pairs of those whose circles this viewer's work opens, unlinked and undecided."""
    circles = [one for one in my_circles(viewer, now) if one.subject.kind == SubjectKind.PERSON.value]
    newest = sorted(circles, key=lambda one: one.opened_at, reverse=True)[:PEOPLE_AT_MOST]
    return proposals_among([one.subject.pk for one in newest], now)


def proposals_among(people: Sequence[int], now: datetime) -> list[Proposal]:
    """Pairs of these people, as far as their records are open to whoever looks."""
    held = list(Subject.objects.filter(pk__in=people, kind=SubjectKind.PERSON.value).values_list("pk", flat=True))
    told, places = _told(held, now)
    return propose(told, places, _away(held, now), _settled(held))


def _told(people: Sequence[int], now: datetime) -> tuple[list[Told], dict[int, str]]:
    """Events of the last year on their records, with the place where an event is on a place's record too."""
    since = localdate(now) - LOOKED_BACK
    current = EntrySubject.objects.filter(on__gte=since, entry__ended_at=None, entry__superseded_by=None)
    rows = list(
        current.filter(subject_id__in=people)
        .values_list("subject_id", "entry_id", "on", "entry__summary")
        .order_by("pk")
    )
    at = current.filter(entry_id__in={row[1] for row in rows}, subject__kind=SubjectKind.PLACE.value)
    at = at.exclude(subject__place__kind__in=EVERYDAY)
    where = {entry: (place, name) for entry, place, name in at.values_list("entry_id", "subject_id", "subject__name")}
    told = [
        Told(person, entry, on, shorten(summary, LONGEST, placeholder="…"), where[entry][0] if entry in where else None)
        for person, entry, on, summary in rows
    ]
    return told, dict(where.values())


def _away(people: Sequence[int], now: datetime) -> list[tuple[int, int, Reason]]:
    """Pairs away at once with something that says they were together: the rule of missing children."""
    absences = [one for person in people for one in absences_of(person) if one.gone >= now - LOOKED_BACK]
    names = dict(Subject.objects.filter(pk__in={one.subject for one in absences}).values_list("pk", "name"))
    pairs = {frozenset((one.subject, other.subject)) for one, other in overlapping(absences)}
    return [
        (
            pair.first,
            pair.second,
            Reason(MISSING_TOGETHER, localdate(pair.upto), f"Away at once. {'. '.join(pair.evidence)}"),
        )
        for pair in together(absences, names, said_together(pairs))
    ]


def _settled(people: Sequence[int]) -> frozenset[tuple[int, int]]:
    """Pairs that are linked already, or on which somebody has decided."""
    linked = LinkEvidence.objects.filter(subject_id__in=people, other_id__in=people, ended_at=None)
    pairs: Iterable[tuple[int, int]] = [
        *linked.values_list("subject_id", "other_id"),
        *decisions_among(people).values_list("subject_id", "other_id"),
    ]
    return frozenset((min(pair), max(pair)) for pair in pairs)


def decisions_among(people: Iterable[int]) -> QuerySet[SuggestionDecided]:
    """What was decided between these people and stands."""
    both = SuggestionDecided.objects.filter(subject_id__in=list(people), other_id__in=list(people), undone_at=None)
    return both.order_by("-at", "-pk")


def decided_by(viewer: Viewer) -> list[SuggestionDecided]:
    """What this viewer decided and stands, the latest first, once a pair."""
    mine = SuggestionDecided.objects.filter(by=viewer, undone_at=None).select_related("subject", "other")
    return [one for one in mine.order_by("-at", "-pk")[:200] if one.subject_id < one.other_id]


def decision_on(one_id: int, other_id: int) -> SuggestionDecided | None:
    """The decision that stands on a pair."""
    return (
        SuggestionDecided.objects.filter(subject_id=one_id, other_id=other_id, undone_at=None)
        .select_related("by")
        .first()
    )


def are_linked(one_id: int, other_id: int) -> bool:
    """Whether any evidence of a link stands between two."""
    return LinkEvidence.objects.filter(subject_id=one_id, other_id=other_id, ended_at=None).exists()


def pair_open(one_id: int, other_id: int) -> dict[int, str] | None:
    """The names of two people by number, or None unless both records are open to whoever looks."""
    names = dict(
        Subject.objects.filter(pk__in=(one_id, other_id), kind="person", joined_into=None).values_list("pk", "name")
    )
    return names if len(names) == 2 else None

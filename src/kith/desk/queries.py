"""What the desk and the record pages ask: what each agency says, how fresh its feeds are, what came lately."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q

from kith.chronology.models import EntrySubject
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.rules import ScopeKind
from kith.foundations.audit.verification import last_seal, unsealed
from kith.linkage.models import PartingRequest, SourceRecord, UnderReview
from kith.linkage.rules.stated import Source, Stated
from kith.linkage.settling.feed_words import FeedWords, feed_words


def stated_about(subject_ids: Iterable[int]) -> dict[int, list[Stated]]:
    """What each feed says of each person, as far as this viewer reads it. Two queries however many people."""
    records = SourceRecord.objects.filter(reference__subject_id__in=list(subject_ids))
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    words = feed_words()
    found: dict[int, list[Stated]] = defaultdict(list)
    for row in records.select_related("reference", "scope").order_by("feed", "pk"):
        found[row.reference.subject_id or 0].append(_stated(row, words, agencies))
    return found


def _stated(row: SourceRecord, words: Mapping[str, FeedWords], agencies: Mapping[str, Agency]) -> Stated:
    feed = words.get(row.feed) or FeedWords(row.feed, title=row.feed)
    agency = agencies.get(feed.agency)
    source = Source(
        agency=feed.agency,
        agency_name=agency.name if agency else feed.title,
        agency_kind=agency.kind if agency else "",
        feed=row.feed,
        feed_title=feed.title,
        stated_on=row.stated_on,
        delivery=row.delivery_id,
        row=row.row,
        is_current=row.ended_at is None,
        is_restricted=row.scope is not None and row.scope.kind == ScopeKind.RESTRICTED.value,
    )
    return Stated(source, {name: str(value) for name, value in row.facts.items() if value})


def feed_titles() -> dict[str, str]:
    """What each feed is called."""
    return {key: feed.title or key for key, feed in feed_words().items()}


def source_names() -> dict[str, str]:
    """What each feed is called with its agency's name in front. One query."""
    names = dict(Agency.objects.values_list("key", "name"))
    return {key: _with_agency(names.get(feed.agency, ""), feed.title) for key, feed in feed_words().items()}


def _with_agency(agency: str, title: str) -> str:
    return f"{agency}: {title}" if agency else title


@dataclass(frozen=True)
class NewEntry:
    """An entry on one record, as far as the desk speaks of it."""

    subject_id: int
    entry_id: int
    on: date
    recorded_at: datetime
    kind: str
    summary: str
    significant: bool


MOST_NEW = 3000


def entries_since(subject_ids: Iterable[int], viewer: Viewer, since: datetime) -> list[NewEntry]:
    """What others recorded on these records since then, of what happened since then; newest first. One query.

    What happened long before is not news when a first delivery brings it.
    """
    rows = EntrySubject.objects.filter(
        subject_id__in=list(subject_ids), on__gte=since.date(), entry__recorded_at__gt=since,
        entry__superseded_by=None, entry__ended_at=None,
    ).exclude(entry__written_by=viewer)  # fmt: skip
    asked = ("subject_id", "entry_id", "on", "entry__recorded_at", "entry__kind", "entry__summary", "significant")
    found: dict[tuple[int, int], NewEntry] = {}
    for row in rows.order_by("-on", "-pk").values_list(*asked)[:MOST_NEW]:
        entry = NewEntry(*row)
        if entry.significant or (entry.subject_id, entry.entry_id) not in found:
            found[entry.subject_id, entry.entry_id] = entry
    return list(found.values())


@dataclass(frozen=True)
class MatchesWaiting:
    """How many unsure matches wait, in how many of them may be a child, and since when the first has waited;

    and how often a worker asks to part records.
    """

    total: int
    children: int
    oldest: datetime | None
    partings: int


def matches_waiting(today: date) -> MatchesWaiting:
    """What awaits a decision, as far as this viewer may review it. Two queries however many.

    As in the queue, whose age is not known may be a child.
    """
    children = Count("pk", filter=Q(comes_of_age=None) | Q(comes_of_age__gt=today))
    found = UnderReview.objects.aggregate(total=Count("pk"), children=children, oldest=Min("match__found_at"))
    return MatchesWaiting(**found, partings=PartingRequest.objects.filter(decided_at=None).count())


@dataclass(frozen=True)
class Sealed:
    """When the record of who looked was last sealed, and since when its first unsealed line has waited."""

    at: datetime | None
    waiting_since: datetime | None


def sealed() -> Sealed:
    """How far the record of who looked is sealed. Two queries."""
    last = last_seal()
    return Sealed(last.sealed_at if last else None, unsealed(last).aggregate(since=Min("at"))["since"])

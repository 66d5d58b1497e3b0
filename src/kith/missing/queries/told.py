"""What feeds have told of missing children and has not been made into absences yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, Max, QuerySet

from kith.chronology.models import Entry, EntrySubject
from kith.missing.models import Account, Drawn
from kith.missing.rules.reading import Told

ABSENCES = ("missing-episode", "away-from-placement")
CONVERSATIONS = ("return-conversation", "return-conversation-offer")
EVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a feed on one child."""

    entry_id: int
    kind: str
    feed: str
    feed_key: str
    agency_id: int
    subject_id: int
    scope_id: int
    place_id: int | None
    told: Told
    summary: str
    recorded_at: datetime

    @property
    def number(self) -> str:
        """The agency's own number."""
        return self.feed_key.split(":", 1)[-1][:80]


def drawn_up_to() -> datetime:
    """What was recorded until then has been made into absences."""
    row = Drawn.objects.first()
    return row.up_to if row else EVER


def recorded_up_to() -> datetime | None:
    """When the latest of all such entries was recorded or ended."""
    of_feeds = Entry.objects.exclude(feed="").filter(kind__in=(*ABSENCES, *CONVERSATIONS))
    latest = of_feeds.aggregate(recorded=Max("recorded_at"), ended=Max("ended_at"))
    return max((moment for moment in latest.values() if moment), default=None)


def fresh(kinds: Iterable[str], since: datetime) -> list[FeedEntry]:
    """What stands and was recorded since then, in the order in which it began."""
    entries = Entry.objects.exclude(feed="").filter(kind__in=list(kinds), recorded_at__gt=since)
    entries = entries.filter(superseded_by=None, ended_at=None, agency__isnull=False)
    rows = list(entries.order_by("on", F("at").asc(nulls_last=True), "pk"))
    about: dict[int, dict[str, EntrySubject]] = {}
    for part in EntrySubject.objects.filter(entry__in=rows).order_by("-pk"):
        about.setdefault(part.entry_id, {})[part.part] = part
    return [_one(entry, about[entry.pk]) for entry in rows if "child" in about.get(entry.pk, {})]


def taken_back(since: datetime) -> QuerySet[Account]:
    """Accounts whose entry its agency has withdrawn since, or tells more fully in another of its files."""
    standing = Account.objects.filter(withdrawn_at=None).exclude(feed="")
    ended = standing.filter(entry__ended_at__gt=since, entry__superseded_by=None)
    fuller = standing.filter(entry__superseded_by__isnull=False).exclude(entry__superseded_by__feed=F("feed"))
    return ended | fuller


def _one(entry: Entry, about: dict[str, EntrySubject]) -> FeedEntry:
    child, place = about["child"], about.get("found") or about.get("place")
    told = Told(entry.kind, entry.on, entry.at, entry.until, entry.until_day, entry.details)
    return FeedEntry(
        entry.pk,
        entry.kind,
        entry.feed,
        entry.feed_key,
        entry.agency_id or 0,
        child.subject_id,
        child.scope_id,
        place.subject_id if place else None,
        told,
        entry.summary,
        entry.recorded_at,
    )

"""Questions about feeds: what came last of each, how fresh it is, what was rejected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from kith.foundations.access.models import Agency
from kith.linkage.feeds.catalogue import STANDARD
from kith.linkage.feeds.definition import Definition
from kith.linkage.loading.catalogue import catalogue
from kith.linkage.loading.deliveries import FAILED, LOADED, PEOPLE, WRITTEN
from kith.linkage.models import Delivery, Reject
from kith.linkage.rules.freshness import Arrived, Rhythm, judge_freshness

READ = (LOADED, WRITTEN, PEOPLE)
NOBODYS = "nobodys"  # the slug of deliveries that no definition fits


@dataclass(frozen=True)
class Freshness:
    """How a feed stands. `last` is when its last delivery that could be read came."""

    feed: str
    title: str
    agency: str  # its name
    last: datetime | None
    state: str  # fresh, late, silent, never or failed
    sentence: str


@dataclass(frozen=True)
class Feed:
    """A feed with its definition, how it stands, and its last delivery."""

    definition: Definition
    agency: str
    freshness: Freshness
    last: Delivery | None


def feed_freshness(now: datetime) -> list[Freshness]:
    """Every feed that is expected here: those defined here, and national returns that have come at least once."""
    return [feed.freshness for feed in feeds(now)]


def feeds(now: datetime) -> list[Feed]:
    """The same with definitions and last deliveries. Three queries, however many feeds."""
    arrivals = _arrivals()
    known = catalogue()
    agencies = dict(Agency.objects.values_list("key", "name"))
    last = {
        one.feed: one
        for one in Delivery.objects.exclude(feed="").order_by("feed", "-received_at", "-pk").distinct("feed")
    }
    expected = [one for one in known.feeds.values() if one.feed in arrivals or not _is_national(one)]
    return [
        _feed(one, agencies.get(one.agency) or known.agency(one.agency).name, arrivals.get(one.feed),
              last.get(one.feed), now)
        for one in sorted(expected, key=lambda one: (one.agency, one.feed))
    ]  # fmt: skip


def feed_or_none(key: str, now: datetime) -> Feed | None:
    """One feed, expected or not; None where none is defined under the name."""
    definition = catalogue().feed(key)
    if definition is None:
        return None
    agency = Agency.objects.filter(key=definition.agency).values_list("name", flat=True).first()
    last = deliveries_of(key).first()
    return _feed(definition, agency or catalogue().agency(definition.agency).name, _arrivals(key).get(key), last, now)


def _is_national(definition: Definition) -> bool:
    return Path(definition.origin).parent == STANDARD


def _feed(
    definition: Definition, agency: str, arrival: Mapping[str, object] | None, last: Delivery | None, now: datetime
) -> Feed:
    rhythm = Rhythm(definition.arrives.every, definition.arrives.every_words, definition.arrives.silent_after)
    found = arrival or {}
    came, failed = found.get("came"), found.get("failed")
    arrived = Arrived(came, found.get("speaks_of")) if isinstance(came, datetime) else None  # type: ignore[arg-type]
    judged = judge_freshness(rhythm, arrived, failed if isinstance(failed, datetime) else None, now)
    freshness = Freshness(definition.feed, definition.title, agency, arrived.came if arrived else None, judged.state,
                          judged.sentence)  # fmt: skip
    return Feed(definition, agency, freshness, last)


def _arrivals(feed: str = "") -> dict[str, dict[str, object]]:
    """By feed: when a delivery last came that could be read, the latest day any speaks of, when one last failed."""
    came = Greatest(F("received_at"), Coalesce(F("came_again_at"), F("received_at")))
    chosen = Delivery.objects.filter(feed=feed) if feed else Delivery.objects.exclude(feed="")
    found = chosen.values("feed").annotate(
        came=Max(came, filter=Q(state__in=READ)),
        speaks_of=Max("as_at", filter=Q(state__in=READ)),
        failed=Max("received_at", filter=Q(state=FAILED)),
    )
    return {row["feed"]: dict(row) for row in found}


def deliveries_of(feed: str) -> QuerySet[Delivery]:
    """A feed's deliveries, the newest first."""
    return Delivery.objects.filter(feed=feed).order_by("-received_at", "-pk")


def nobodys_deliveries() -> QuerySet[Delivery]:
    """Files that came and that no definition fits, the newest first."""
    return deliveries_of("")


def delivery_or_none(delivery_id: int) -> Delivery | None:
    return Delivery.objects.filter(pk=delivery_id).first()


def rejects_of(delivery: Delivery) -> QuerySet[Reject]:
    """Rejected rows, as far as this viewer may read them: row security lets data officers."""
    return Reject.objects.filter(delivery=delivery).order_by("row", "pk")


def rejects_file(delivery: Delivery) -> Path | None:
    """The file of all its rejected rows; None where this viewer may read none of them, or there are none."""
    path: Path = settings.DELIVERIES / delivery.sha256 / delivery.feed / "rejects.csv"
    return path if rejects_of(delivery).exists() and path.exists() else None


def agencies_with_feeds(shown: Iterable[Feed]) -> list[tuple[str, str]]:
    """Each agency's key and name, for narrowing a list."""
    return sorted({(one.definition.agency, one.agency) for one in shown}, key=lambda pair: pair[1])

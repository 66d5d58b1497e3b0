"""What the record pages ask of linkage: what each agency says, and how fresh its feeds are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kith.foundations.access.models import Agency
from kith.foundations.access.rules import ScopeKind
from kith.linkage.models import SourceRecord
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

"""Which matches await a decision, what is said of the people in one, and what has been decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from kith.foundations.access.models import Agency, Scope, Viewer
from kith.linkage.models import Judgement, SourceRecord, UnderReview
from kith.linkage.permissions import UNDO_WITHIN
from kith.linkage.rules.stated import Source, Stated
from kith.linkage.settling.engine_door import explanation
from kith.linkage.settling.feed_words import FeedWords, feed_words
from kith.subjects.models import Reference

if TYPE_CHECKING:
    from kith.linkage.engine import Explanation

A_PAGE = 25
ORDERS = {
    "matters": (
        "Children first, then those whom somebody works with",
        ("-may_be_child", "-is_open", "-match__weight", "pk"),
    ),
    "strongest": ("Most alike first", ("-match__weight", "pk")),
    "oldest": ("Waiting longest first", ("match__found_at", "pk")),
    "weakest": ("Least alike first", ("match__weight", "pk")),
}
FIRST, EVERYBODY = "matters", "all"
WHO = {
    EVERYBODY: "Everybody",
    "children": "Children, and those whose age is not known",
    "adults": "Adults",
}
RESTRICTED = "A restricted service"


@dataclass(frozen=True)
class Side:
    """One of the two people of a match: whose records, and what each says. `reference` is the one compared."""

    subject: int
    reference: int
    records: tuple[Stated, ...]


@dataclass(frozen=True)
class Waiting:
    """A match in the queue. `comes_of_age`: when the younger is 18; `is_open`: somebody works with one of the two."""

    match: int
    weight: float
    probability: float
    found_at: datetime
    left: Side
    right: Side
    comes_of_age: date | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Compared:
    """A match opened: both people with all their records, and the engine's explanation of the pair."""

    waiting: Waiting
    explanation: Explanation


def waiting_matches(
    *, today: date, order: str = FIRST, agency: str = "", who: str = EVERYBODY
) -> QuerySet[UnderReview]:
    """What awaits a decision: one line for each two people, narrowed to children or adults, and to pairs with a record
    of one agency's feeds.
    """
    child = Q(comes_of_age=None) | Q(comes_of_age__gt=today)
    waiting = UnderReview.objects.select_related("match__left", "match__right").annotate(
        may_be_child=ExpressionWrapper(child, output_field=BooleanField())
    )
    if who in ("children", "adults"):
        waiting = waiting.filter(may_be_child=who == "children")
    if agency:
        feeds = [feed for feed, words in feed_words().items() if words.agency == agency]
        said = SourceRecord.objects.filter(feed__in=feeds).values("reference_id")
        waiting = waiting.filter(Q(match__left__in=said) | Q(match__right__in=said))
    return waiting.order_by(*ORDERS.get(order, ORDERS[FIRST])[1])


def page_of_matches(matches: QuerySet[UnderReview], number: str | int) -> tuple[Page[UnderReview], list[Waiting]]:
    """One page of the queue, with what is said of each two people."""
    page = Paginator(matches, A_PAGE).get_page(number)
    return page, _opened(page.object_list)


def match_under_review(match: int) -> Waiting | None:
    """One match that awaits a decision, or None."""
    return next(iter(_opened(UnderReview.objects.select_related("match__left", "match__right").filter(pk=match))), None)


def compare(waiting: Waiting) -> Compared:
    """Why the engine could not tell, in sentences."""
    with connection.cursor() as cursor:
        return Compared(waiting, explanation(cursor, waiting.left.reference, waiting.right.reference))


def next_match(matches: QuerySet[UnderReview], after: Waiting) -> int | None:
    """The match that opens once this one is decided: the best of the rest in the same order."""
    rest = matches.exclude(pk=after.match)
    return rest.values_list("pk", flat=True).first()


def judgements(*, standing: bool, verdict: str = "") -> QuerySet[Judgement]:
    """What has been decided and stands, or has been withdrawn, newest first."""
    decided = Judgement.objects.filter(withdrawn_at__isnull=standing).select_related("by", "withdrawn_by")
    return (decided.filter(verdict=verdict) if verdict else decided).order_by("-at", "-pk")


def just_decided(viewer: Viewer, now: datetime) -> Judgement | None:
    """What the viewer decided last, while it can still be undone in one step."""
    recent = Judgement.objects.filter(by=viewer, withdrawn_at=None, at__gt=now - UNDO_WITHIN)
    return recent.order_by("-at", "-pk").first()


def agencies_in_review() -> list[tuple[str, str]]:
    """Key and name of each agency that has a feed with people, by name."""
    keys = {words.agency for words in feed_words().values()}
    return list(Agency.objects.filter(key__in=keys).order_by("name").values_list("key", "name"))


def _opened(found: Iterable[UnderReview]) -> list[Waiting]:
    """Both sides of each, with everything said of them. A fixed number of queries however many."""
    rows = list(found)
    subjects = {subject for row in rows for subject in (row.left_subject_id, row.right_subject_id)}
    said = _said_of(subjects)
    return [_waiting(row, said) for row in rows]


def _waiting(row: UnderReview, said: dict[int, list[Stated]]) -> Waiting:
    match = row.match
    left = Side(row.left_subject_id, match.left_id, tuple(said[row.left_subject_id]))
    right = Side(row.right_subject_id, match.right_id, tuple(said[row.right_subject_id]))
    how = (match.weight, match.probability, match.found_at)
    return Waiting(match.pk, *how, left, right, row.comes_of_age, row.is_open)


def _said_of(subjects: Iterable[int]) -> dict[int, list[Stated]]:
    """What each record says of these people. Foreign keys that only a circle may follow are not followed."""
    of = dict(Reference.objects.filter(subject_id__in=list(subjects)).values_list("pk", "subject_id"))
    records = SourceRecord.objects.filter(reference_id__in=of).order_by("reference_id", "feed")
    scopes = {record.scope_id for record in records if record.scope_id}
    restricted = set(Scope.objects.filter(pk__in=scopes, kind="restricted").values_list("pk", flat=True))
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    words, said = feed_words(), defaultdict[int, list[Stated]](list)
    for record in records:
        source = source_for_review(
            record, words.get(record.feed) or FeedWords(record.feed), agencies, record.scope_id in restricted
        )
        facts = {field: str(value) for field, value in record.facts.items() if value}
        said[of[record.reference_id] or 0].append(Stated(source, facts))
    return said


def source_for_review(
    record: SourceRecord, feed: FeedWords, agencies: dict[str, Agency], is_restricted: bool
) -> Source:
    """Who says so. Which restricted service it is, an officer need not know."""
    agency = agencies.get(feed.agency)
    name = RESTRICTED if is_restricted else agency.name if agency else feed.agency or record.feed
    return Source(
        agency=RESTRICTED if is_restricted else feed.agency or record.feed,
        agency_name=name,
        agency_kind=agency.kind if agency else "",
        feed="" if is_restricted else record.feed,
        feed_title="" if is_restricted else feed.title,
        stated_on=record.stated_on,
        delivery=record.delivery_id,
        row=record.row,
        is_current=record.ended_at is None,
        is_restricted=is_restricted,
    )


def judgement_numbered(number: int) -> Judgement | None:
    """One decision, or None."""
    return Judgement.objects.select_related("by", "withdrawn_by").filter(pk=number).first()

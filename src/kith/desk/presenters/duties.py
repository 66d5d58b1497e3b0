"""What waits for somebody because of their post: matches, feeds, broken glass, the seal. Each with the way to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kith.desk.queries import MatchesWaiting, Sealed
from kith.foundations.access.models import BreakGlass
from kith.foundations.design_system import words
from kith.linkage.queries.feeds import Feed

SHOWN = 5
SEALED_WITHIN = timedelta(minutes=5)  # sealing is a matter of seconds: a line that waits longer says that it stopped


@dataclass(frozen=True)
class Item:
    """One thing under a duty: its words, what is said beside them, and the page, by name and number or slug."""

    text: str
    beside: str
    page: str
    number: int | str


@dataclass(frozen=True)
class Duty:
    """Something to do: how much, in a sentence, the page where it is done, and the first few of it.

    `state` is "" where there is nothing to do, "soon" where there is, "overdue" where it is late.
    """

    title: str
    sentence: str
    page: str
    link: str
    state: str = ""
    items: tuple[Item, ...] = ()
    more: int = 0


def front_door_duty(waiting: int, late: int) -> Duty:
    """What waits for a decision at the front door."""
    sentence = f"{words.count(waiting, 'contact waits', 'contacts wait')} for a decision"
    return Duty(
        title="Front door",
        sentence=f"{sentence}, {late} overdue." if late else f"{sentence}." if waiting else "No contact waits.",
        page="front-door",
        link="Decide them" if waiting else "See the list",
        state="overdue" if late else "soon" if waiting else "",
    )


def matches_duty(waiting: MatchesWaiting) -> Duty:
    """Unsure matches, those that may be about a child named first, and what workers ask to part."""
    adults = waiting.total - waiting.children
    parts = [
        f"{words.count(waiting.children, 'match', 'matches')} that may be about a child" if waiting.children else "",
        f"{adults:,} between adults" if adults else "",
        f"{words.count(waiting.partings, 'request')} to part records" if waiting.partings else "",
    ]
    sentence = ", ".join(part for part in parts if part)
    since = f". The first has waited since {words.short_day(waiting.oldest)}" if waiting.oldest else ""
    return Duty(
        title="Matches to decide",
        sentence=f"{words.sentence(sentence)}{since}." if sentence else "No match waits for a decision.",
        page="matches",
        link="Decide them" if sentence else "See the list",
        state="soon" if sentence else "",
    )


def silent_duty(feeds: Sequence[Feed]) -> Duty:
    """Feeds that have gone silent, or whose last file could not be read."""
    silent = [feed for feed in feeds if feed.freshness.state in ("silent", "failed")]
    items = tuple(Item(feed.freshness.title, f"{feed.agency}, {feed.freshness.sentence}", "feed", feed.definition.feed)
                  for feed in silent[:SHOWN])  # fmt: skip
    return Duty(
        title="Feeds gone silent",
        sentence=f"{words.count(len(silent), 'feed')} of {len(feeds)} silent or unreadable."
        if silent
        else f"None of {words.count(len(feeds), 'feed')} is silent.",
        page="feeds",
        link="Every feed",
        state="overdue" if silent else "",
        items=items,
        more=len(silent) - len(items),
    )


def rejects_duty(feeds: Sequence[Feed]) -> Duty:
    """Feeds whose last delivery had rows that could not be loaded, the most first."""
    with_rejects = [(feed, feed.last) for feed in feeds if feed.last and feed.last.rows_rejected]
    with_rejects.sort(key=lambda pair: pair[1].rows_rejected, reverse=True)
    rows = sum(delivery.rows_rejected for _, delivery in with_rejects)
    items = tuple(
        Item(feed.freshness.title, f"{words.count(delivery.rows_rejected, 'row')} rejected, {feed.agency}, "
             f"{words.short_day(delivery.received_at)}", "delivery", delivery.pk)
        for feed, delivery in with_rejects[:SHOWN]
    )  # fmt: skip
    return Duty(
        title="Deliveries with rejected rows",
        sentence=f"{words.count(rows, 'row')} in the last deliveries of {words.count(len(with_rejects), 'feed')}."
        if rows
        else "Every row of every feed's last delivery was loaded.",
        page="feeds",
        link="Every feed",
        state="soon" if rows else "",
        items=items,
        more=len(with_rejects) - len(items),
    )


def glass_duty(broken: Sequence[BreakGlass], now: datetime) -> Duty:
    """Broken glass that awaits the viewer's review, what is due first."""
    late = sum(one.review_due < now for one in broken)
    overdue = f", {late} overdue" if late else ""
    items = tuple(
        Item(f"{one.viewer.name}, {words.ago(one.at, now)}", f"review by {words.moment(one.review_due, now)}",
             "break-glass-review", one.pk)
        for one in broken[:SHOWN]
    )  # fmt: skip
    return Duty(
        title="Broken glass to review",
        sentence=f"{words.count(len(broken), 'time')} somebody opened a record outside their work{overdue}."
        if broken
        else "None waits for your review.",
        page="break-glass-reviews",
        link="Every broken glass",
        state="overdue" if late else "soon" if broken else "",
        items=items,
        more=len(broken) - len(items),
    )


def seal_duty(sealed: Sealed, now: datetime) -> Duty:
    """How far the record of who looked is sealed, and whether sealing has stopped."""
    stopped = sealed.waiting_since is not None and now - sealed.waiting_since > SEALED_WITHIN
    last = f"Last sealed {words.moment(sealed.at, now)}." if sealed.at else "Never sealed yet."
    since = words.moment(sealed.waiting_since, now) if sealed.waiting_since else ""
    waits = f" Lines have waited since {since}: is the worker running?"
    return Duty(
        title="The seal of who looked",
        sentence=last + (waits if stopped else ""),
        page="audit",
        link="Who looked",
        state="overdue" if stopped else "",
    )

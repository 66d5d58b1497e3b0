"""The list of conversations on return, and what the returns of some time came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Min, Q, QuerySet

from kith.missing.models import Conversation, Episode
from kith.missing.queries.talks import clock_between, talks
from kith.missing.rules import offered_by
from kith.subjects.models import Subject

RUNNING = Q(held_at=None, declined_at=None, not_offered_at=None)
SHOWS: dict[str, Q] = {
    "running": RUNNING,
    "unassigned": RUNNING & Q(talker=None),
    "again": ~Q(declined_at=None),
    "write-up": ~Q(held_at=None) & Q(written_up_at=None),
    "all": Q(),
}


def listed_talks(show: str, talker: int | None = None) -> QuerySet[Conversation]:
    """Those of one kind, the earliest return first; everything: the newest return first."""
    rows = talks().filter(SHOWS.get(show, RUNNING)).annotate(first_back=Min("covered__episode__back_at"))
    rows = rows.filter(first_back__isnull=False, covered__episode__not_missing_because="")
    if talker:
        rows = rows.filter(talker=talker)
    return rows.order_by("-first_back", "-pk") if show == "all" else rows.order_by("first_back", "pk")


def how_many() -> dict[str, int]:
    """How many of each kind there are."""
    counts = {name.replace("-", "_"): Count("pk", filter=kind, distinct=True) for name, kind in SHOWS.items()}
    found = Conversation.objects.filter(covered__episode__back_at__isnull=False).aggregate(
        **{name: count for name, count in counts.items() if name != "all"}
    )
    return {name.replace("_", "-"): number for name, number in found.items()}


def names_of(subjects: set[int]) -> dict[int, str]:
    """Names of the children whose records are open to whoever looks."""
    return dict(Subject.objects.filter(pk__in=subjects).values_list("pk", "name"))


@dataclass(frozen=True)
class Measures:
    """What the returns of some time came to. Each is a number of returns, but for `conversations`."""

    returns: int = 0
    offered: int = 0
    offered_in_time: int = 0
    accepted: int = 0
    declined: int = 0
    not_offered: int = 0
    held: int = 0
    held_in_time: int = 0
    running: int = 0
    conversations: int = 0  # held, each counted once however many returns it covers
    declined_by_repeat: int = 0  # of the declined, those of children with more than one return in that time
    declined_again: int = 0  # children who declined more than one conversation in that time
    hours: float | None = None  # the middle number of hours from the return to the conversation


def measures(since: datetime, until: datetime) -> Measures:
    """Of every return counted in [since, until)."""
    episodes = Episode.objects.filter(back_at__gte=since, back_at__lt=until, not_missing_because="")
    rows = list(episodes.select_related("covered__conversation"))
    pairs = [(e.back_at, e.covered.conversation if hasattr(e, "covered") else None) for e in rows]
    found = of_returns([(back, conversation) for back, conversation in pairs if back])
    by_repeat, again = _declined_again(rows)
    return replace(found, declined_by_repeat=by_repeat, declined_again=again)


def _declined_again(episodes: list[Episode]) -> tuple[int, int]:
    """Returns declined by children who have several; and children who declined several conversations."""
    of_child = Counter(one.subject_id for one in episodes)
    declined = [one for one in episodes if hasattr(one, "covered") and one.covered.conversation.declined_at]
    talks = {(one.subject_id, one.covered.conversation_id) for one in declined}
    again = Counter(child for child, _ in talks)
    return sum(of_child[one.subject_id] > 1 for one in declined), sum(number > 1 for number in again.values())


def of_returns(pairs: list[tuple[datetime, Conversation | None]]) -> Measures:
    """The same of returns with the conversation that covers each."""
    clocks = [clock for back, conversation in pairs if (clock := clock_between(back, conversation))]
    known = [(back, conversation) for back, conversation in pairs if conversation]
    spans = [(c.held_at - back) / timedelta(hours=1) for back, c in known if c.held_at and c.held_at >= back]
    offers = [(back, c.offered_at) for back, c in known if c.offered_at]
    return Measures(
        returns=len(pairs),
        offered=len(offers),
        offered_in_time=sum(at <= offered_by(back) for back, at in offers),
        accepted=sum(bool(c.accepted_at or c.held_at) for _, c in known),
        declined=sum(bool(c.declined_at) for _, c in known),
        not_offered=sum(bool(c.not_offered_at) for _, c in known),
        held=sum(bool(c.held_at) for _, c in known),
        held_in_time=sum(clock.in_time() is True for clock in clocks),
        running=sum(clock.runs() for clock in clocks),
        conversations=len({c.pk for _, c in known if c.held_at}),
        hours=round(median(spans), 1) if spans else None,
    )

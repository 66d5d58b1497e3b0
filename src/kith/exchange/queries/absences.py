"""Absences for exports: those counted, by days here, with what became of the conversation. Asked as a job."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kith.exchange.rules.missing_rows import AbsenceTold
from kith.foundations.clocks import HERE
from kith.missing.models import Account, Conversation, Covered, Episode
from kith.missing.rules import Kind


@dataclass(frozen=True)
class Absent:
    """One absence of one child. `offered` and `accepted`: whether a conversation was; None: nothing says so."""

    child: int
    reference: str
    letter: str
    gone: date
    back: date | None
    offered: bool | None
    accepted: bool | None

    def told(self) -> AbsenceTold:
        return AbsenceTold(self.reference, self.letter, self.gone, self.back)


def absences_of(children: Iterable[int] | None = None) -> dict[int, list[Absent]]:
    """By child (None: everybody's), oldest first: those that some account tells of that was not taken back.

    One that any of them calls missing is missing; else the child was away.
    """
    episodes = Episode.objects.filter(not_missing_because="").order_by("gone_at", "pk")
    if children is not None:
        episodes = episodes.filter(subject__in=list(children))
    standing = Account.objects.filter(withdrawn_at=None, episode__in=episodes.values("pk"))
    kinds: dict[int, set[str]] = defaultdict(set)
    for number, kind in standing.values_list("episode_id", "kind"):
        kinds[number].add(kind)
    covering = Covered.objects.filter(episode__in=episodes.values("pk")).select_related("conversation")
    talks = {one.episode_id: one.conversation for one in covering}
    found: dict[int, list[Absent]] = defaultdict(list)
    for episode in episodes:
        if episode.pk in kinds:
            found[episode.subject_id].append(_absent(episode, kinds[episode.pk], talks.get(episode.pk)))
    return found


def _absent(episode: Episode, kinds: set[str], talk: Conversation | None) -> Absent:
    letter = (Kind.MISSING if Kind.MISSING.value in kinds else Kind.AWAY).letter
    back = _day(episode.back_at) if episode.back_at else None
    return Absent(
        episode.subject_id, episode.reference, letter, _day(episode.gone_at), back, _offered(talk), _accepted(talk)
    )


def _offered(talk: Conversation | None) -> bool | None:
    if talk is None:
        return None
    if talk.offered_at or talk.accepted_at or talk.declined_at or talk.held_at:
        return True
    return False if talk.not_offered_at else None


def _accepted(talk: Conversation | None) -> bool | None:
    if talk is None:
        return None
    if talk.accepted_at or talk.held_at:
        return True
    return False if talk.declined_at or talk.not_offered_at else None


def _day(moment: datetime) -> date:
    return moment.astimezone(HERE).date()

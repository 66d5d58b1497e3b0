"""Absences on a child's record and on the desk, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kith.desk.presenters.duties import SHOWN, Duty, Item
from kith.foundations.design_system import words
from kith.missing.models import Episode
from kith.missing.presenters.board import age_now, day_or_time, grade_words
from kith.missing.presenters.episode import kind_words, length_words, talk_words
from kith.missing.queries.board import OnBoard
from kith.missing.queries.talks import clock_of

A_YEAR = 365  # days


@dataclass(frozen=True)
class AbsenceLine:
    """One absence: a line of the record's page."""

    episode_id: int
    reference: str
    kind: str
    since: str
    length: str
    back: str
    grade: str
    conversation: str
    late: str
    told_by: str
    set_aside: str


@dataclass(frozen=True)
class Absences:
    """What counts, what was set aside, and one sentence of both."""

    counted: tuple[AbsenceLine, ...]
    set_aside: tuple[AbsenceLine, ...]
    sentence: str


def show_absences(episodes: Sequence[Episode], now: datetime) -> Absences:
    """In the order given."""
    lines = [_line(one, now) for one in episodes]
    counted = [one for one in episodes if not one.not_missing_because]
    year = [one for one in counted if (now - one.gone_at).days < A_YEAR]
    sentence = f"{words.count(len(counted), 'absence')} in all, {len(year)} in the last twelve months."
    return Absences(
        tuple(line for line in lines if not line.set_aside),
        tuple(line for line in lines if line.set_aside),
        sentence,
    )


def missing_duty(gone: Sequence[OnBoard], now: datetime, *, on_board: bool) -> Duty:
    """Who is missing now, of those whoever looks works with or searches for. The longest gone first."""
    today = words.local_day(now)
    items = tuple(
        Item(
            f"{words.initials(one.child.name)}, {age_now(one.child, today) or 'age not known'}",
            f"{kind_words(one.episode.kind).lower()} for {length_words(one.episode, now)}, "
            f"{grade_words(one.episode.grade).lower()}, {one.episode.reference}",
            "missing-episode",
            one.episode.pk,
        )
        for one in gone[:SHOWN]
    )
    return Duty(
        title=f"Missing now ({len(gone)})",
        sentence=f"{words.count(len(gone), 'child is', 'children are')} missing or away."
        if gone
        else "Nobody is missing or away.",
        page="missing" if on_board else "missing-report",
        link="The board" if on_board else "Report another",
        state="overdue" if any(one.episode.grade == "high" for one in gone) else "soon" if gone else "",
        items=items,
        more=len(gone) - len(items),
    )


def _line(episode: Episode, now: datetime) -> AbsenceLine:
    covered = getattr(episode, "covered", None)
    agencies = sorted({one.agency.name for one in episode.accounts.all() if one.withdrawn_at is None})
    return AbsenceLine(
        episode_id=episode.pk,
        reference=episode.reference,
        kind=kind_words(episode.kind),
        since=day_or_time(episode.gone_at, now, is_day=episode.gone_is_day),
        length=length_words(episode, now),
        back=day_or_time(episode.back_at, now, is_day=episode.back_is_day) if episode.back_at else "",
        grade=grade_words(episode.grade),
        conversation=talk_words(covered.conversation if covered else None, now) if episode.back_at else "",
        late=_late(episode, now),
        told_by=", ".join(agencies),
        set_aside=episode.not_missing_because,
    )


def _late(episode: Episode, now: datetime) -> str:
    """How late the conversation was or is; nothing while there is time, or where none is to come."""
    clock = clock_of(episode)
    if clock is None or clock.ended_otherwise:
        return ""
    until = clock.stopped or now
    return f"{words.length(until - clock.due)} late" if until > clock.due else ""

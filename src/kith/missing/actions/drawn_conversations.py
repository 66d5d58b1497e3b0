"""Conversations that feeds tell of: offered, answered, held; each with the absence whose return is nearest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import choice

from kith.foundations.access.models import Team, Viewer
from kith.missing.actions.desk import missing_team
from kith.missing.models import Conversation, Covered, Episode, Taken
from kith.missing.queries.told import CONVERSATIONS, FeedEntry, fresh
from kith.missing.rules import Step
from kith.missing.rules.letters import new_reference
from kith.missing.rules.reading import local_moment

NEAR = timedelta(days=2)
BATCH = 1000
ACCEPTED, DECLINED = "accepted", "not wanted this time"
TIMES = {
    Step.OFFERED: "offered_at",
    Step.ACCEPTED: "accepted_at",
    Step.DECLINED: "declined_at",
    Step.HELD: "held_at",
    Step.WRITTEN_UP: "written_up_at",
}
Steps = dict[Step, datetime]


def draw_conversations(*, since: datetime, by: Viewer, now: datetime) -> int:
    """Makes or brings up to date what feeds have told since. Answers how many are new.

    One that was begun here when the child came back is the same conversation, unless it covers other absences too.
    """
    told = _by_number(fresh(CONVERSATIONS, since))
    known = {(c.feed, c.feed_key): c for c in Conversation.objects.filter(feed__in={feed for feed, _ in told})}
    absences = _absences({rows[0].subject_id for rows in told.values()})
    covered = _covered(absences)
    team = missing_team()
    new: list[tuple[Conversation, Episode, Steps]] = []
    for key, rows in told.items():
        steps = _steps(rows)
        if key in known:
            _bring_up_to_date(known[key], steps, by, now)
            continue
        free = [e for e in absences.get(rows[0].subject_id, []) if _is_free(covered.get(e.pk))]
        episode = _nearest(free, _returned(rows))
        if episode is None or not steps:
            continue
        begun = covered.get(episode.pk)
        if begun and not begun.feed and begun.covered.count() == 1:
            begun.feed, begun.feed_key = key
            begun.save(update_fields=["feed", "feed_key"])
            _bring_up_to_date(begun, steps, by, now)
            continue
        covered[episode.pk] = _unsaved(episode, key, steps, team)
        new.append((covered[episode.pk], episode, steps))
    _write(new, by, now)
    return len(new)


def _covered(absences: dict[int, list[Episode]]) -> dict[int, Conversation]:
    episodes = [episode.pk for ones in absences.values() for episode in ones]
    rows = Covered.objects.filter(episode__in=episodes).select_related("conversation")
    return {row.episode_id: row.conversation for row in rows}


def _is_free(conversation: Conversation | None) -> bool:
    """Whether an absence may have a conversation that a feed tells of: no feed has told of one for it alone."""
    if conversation is None:
        return True
    return bool(conversation.pk) and (not conversation.feed or conversation.covered.count() > 1)


def _by_number(told: Iterable[FeedEntry]) -> dict[tuple[str, str], list[FeedEntry]]:
    """A feed may tell the offer and the conversation as two entries under one number."""
    found: dict[tuple[str, str], list[FeedEntry]] = {}
    for one in told:
        found.setdefault((one.feed, one.number), []).append(one)
    return found


def _steps(rows: list[FeedEntry]) -> Steps:
    steps: Steps = {}
    for row in rows:
        offered = local_moment(str(row.told.details.get("offered", "")))
        if offered:
            steps[Step.OFFERED] = offered
            answer = str(row.told.details.get("offer", ""))
            if answer in (ACCEPTED, DECLINED):
                steps[Step.ACCEPTED if answer == ACCEPTED else Step.DECLINED] = offered
        if row.kind == "return-conversation" and row.told.at:
            steps[Step.HELD] = steps[Step.WRITTEN_UP] = row.told.at
    return steps


def _returned(rows: list[FeedEntry]) -> datetime | None:
    return next((at for row in rows if (at := local_moment(str(row.told.details.get("returned", ""))))), None)


def _absences(subjects: set[int]) -> dict[int, list[Episode]]:
    found: dict[int, list[Episode]] = {}
    for episode in Episode.objects.filter(subject__in=subjects, back_at__isnull=False).order_by("back_at"):
        found.setdefault(episode.subject_id, []).append(episode)
    return found


def _nearest(episodes: list[Episode], returned: datetime | None) -> Episode | None:
    near = [e for e in episodes if returned and e.back_at and abs(e.back_at - returned) <= NEAR]
    return min(near, key=lambda e: (abs(e.back_at - returned), e.pk), default=None)  # type: ignore[operator]


def _unsaved(episode: Episode, key: tuple[str, str], steps: Steps, team: Team) -> Conversation:
    return Conversation(
        reference=new_reference("C", choice),
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        team=team,
        feed=key[0],
        feed_key=key[1],
        **_times(steps),
    )


def _times(steps: Steps) -> dict[str, datetime | None]:
    """A conversation that was held was not declined, whatever the answer to the first offer."""
    times: dict[str, datetime | None] = {column: steps.get(step) for step, column in TIMES.items()}
    return times | ({"declined_at": None} if Step.HELD in steps else {})


def _write(new: list[tuple[Conversation, Episode, Steps]], by: Viewer, now: datetime) -> None:
    Conversation.objects.bulk_create([conversation for conversation, _, _ in new], batch_size=BATCH)
    Covered.objects.filter(episode__in=[episode.pk for _, episode, _ in new]).delete()
    Covered.objects.bulk_create(
        [Covered(**_of(conversation), conversation=conversation, episode=episode) for conversation, episode, _ in new],
        batch_size=BATCH,
    )
    rows = [_taken(c, step, at, by, now) for c, _, steps in new for step, at in steps.items()]
    Taken.objects.bulk_create(rows, batch_size=BATCH)


def _bring_up_to_date(conversation: Conversation, steps: Steps, by: Viewer, now: datetime) -> None:
    known = set(conversation.steps.values_list("step", flat=True))
    Taken.objects.bulk_create(
        [_taken(conversation, step, at, by, now) for step, at in steps.items() if step not in known]
    )
    for column, at in _times(steps).items():
        setattr(conversation, column, at or getattr(conversation, column))
    conversation.save(update_fields=list(TIMES.values()))


def _taken(conversation: Conversation, step: Step, at: datetime, by: Viewer, now: datetime) -> Taken:
    return Taken(**_of(conversation), conversation=conversation, step=step.value, at=at, by=by, recorded_at=now)


def _of(conversation: Conversation) -> dict[str, int]:
    return {"subject_id": conversation.subject_id, "scope_id": conversation.scope_id, "desk_id": conversation.desk_id}

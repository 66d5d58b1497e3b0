"""When two records become one person, or one parts into two: absences follow whoever they were told of."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from secrets import choice

from django.db import connection
from django.db.models import Model

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB
from kith.missing.actions.settling import settle_and_tell
from kith.missing.models import (
    Account,
    Consent,
    Conversation,
    Covered,
    Episode,
    FollowUp,
    Grade,
    Mentioned,
    Return,
    Said,
    SaidBefore,
    Sent,
    Taken,
    Update,
    Warned,
)
from kith.missing.rules.letters import new_reference
from kith.subjects.models import Subject

OF_AN_EPISODE: tuple[type[Model], ...] = (Account, Return, Grade, Update, Warned, FollowUp, Covered)
MOVED = """
with recursive up as (
    select s.id as start, s.id, s.joined_into_id from subjects_subject s
        where s.id in (select told_of_id from missing_account)
    union all select u.start, s.id, s.joined_into_id from up u join subjects_subject s on s.id = u.joined_into_id)
select a.id, coalesce(e.subject_id, up.id) as present
from missing_account a
join up on up.start = a.told_of_id and up.joined_into_id is null
left join chronology_entrysubject e on e.entry_id = a.entry_id and e.part = 'child'
where coalesce(e.subject_id, up.id) <> a.subject_id
"""


def follow_people(*, by: Viewer, now: datetime) -> int:
    """Moves what was told of somebody to the record that they have now. Answers how many accounts moved."""
    with viewing_as(system_viewer(JOB)), connection.cursor() as cursor:
        cursor.execute(MOVED)
        present = dict(cursor.fetchall())
        of_episodes: dict[int, list[Account]] = defaultdict(list)
        for account in Account.objects.filter(pk__in=present).select_related("episode"):
            of_episodes[account.episode_id].append(account)
        for accounts in of_episodes.values():
            _follow_one(accounts[0].episode, accounts, present, by, now)
    return len(present)


def _follow_one(episode: Episode, moved: list[Account], present: dict[int, int], by: Viewer, now: datetime) -> None:
    """All of an absence moves together; where its accounts turn out to be of two people, one is begun for the other."""
    goes = {present[account.pk] for account in moved}
    if len(goes) == 1 and episode.accounts.count() == len(moved):
        _move(episode, Subject.objects.get(pk=goes.pop()), by, now)
        return
    for subject in Subject.objects.filter(pk__in=goes):
        theirs = [account for account in moved if present[account.pk] == subject.pk]
        _move(_begin_anew(episode, theirs, now), subject, by, now)
    settle_and_tell(episode=episode, why="An agency's word was of somebody else", by=by, now=now)


def _begin_anew(episode: Episode, accounts: list[Account], now: datetime) -> Episode:
    first = min(accounts, key=lambda account: account.gone_at)
    new = Episode.objects.create(
        reference=new_reference("M", choice),
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        kind=first.kind,
        gone_at=first.gone_at,
        gone_is_day=first.gone_is_day,
        told_at=first.told_at,
        missing_from=first.missing_from,
        grade=first.grade,
        opened_by_id=episode.opened_by_id,
    )
    for account in accounts:
        account.episode, account.joined_because = new, ""
        account.save(update_fields=["episode", "joined_because"])
        account.returns.update(episode=new)
    return new


def _move(episode: Episode, subject: Subject, by: Viewer, now: datetime) -> None:
    to = {"subject": subject, "scope_id": subject.scope_id}
    Episode.objects.filter(pk=episode.pk).update(**to)
    for kind in OF_AN_EPISODE:
        kind._default_manager.filter(episode=episode).update(**to)
    episode.subject, episode.scope_id = subject, subject.scope_id
    for conversation in Conversation.objects.filter(covered__episode=episode):
        if conversation.covered.exclude(episode__subject=subject).exists():
            continue  # it covers another child's absence too, and stays where it was held
        Conversation.objects.filter(pk=conversation.pk).update(**to)
        Taken.objects.filter(conversation=conversation).update(**to)
        Said.objects.filter(conversation=conversation).update(**to)
        for part in (Mentioned, Consent, Sent, SaidBefore):
            part._default_manager.filter(said__conversation=conversation).update(scope_id=subject.scope_id)
    settle_and_tell(episode=episode, why="It was told of somebody else", by=by, now=now)
    what = f"{episode.reference} follows the record it was told of"
    record(viewer=by, action="move-missing", subjects=[subject.pk], what=what, now=now)

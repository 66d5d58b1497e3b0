"""Whether what two agencies tell of is one absence or two: a person decides, with a reason, and can undo it.

Accounts move between absences; nothing is lost. What an account said of the return counts where the account stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from secrets import choice

from django.db import transaction

from kith.foundations.access.actions import end_opening, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB
from kith.missing.actions.episodes import open_to_those_who_talk, say_what_account_says
from kith.missing.actions.settling import is_long_past, settle_and_tell
from kith.missing.models import Account, Covered, Episode, Return
from kith.missing.permissions import check_can_report, check_can_say_back
from kith.missing.rules import SaidBy
from kith.missing.rules.letters import new_reference

ONLY_ONE = "Only one account stands here: there is nothing to tell apart."
ANOTHER_CHILD = "Those are absences of two children."
THE_SAME = "That is this absence."
NO_REASON = "Say why: the reason stands with the account."
NOT_MOVED = "Nobody has moved this account."
JOINED = "Joined with {}"


@transaction.atomic
def tell_apart(*, account_id: int, because: str, by: Viewer, now: datetime) -> Episode:
    """These are two absences: the account becomes an absence of its own, which no rule joins again."""
    account = Account.objects.select_related("episode").get(pk=account_id)
    episode = _locked(account.episode_id)
    _check(by, episode, because)
    if episode.accounts.filter(withdrawn_at=None).count() < 2:
        raise NotAllowed(ONLY_ONE)
    own = _of_its_own(account, by)
    _move([account], own, because, kept_apart=True, by=by, now=now)
    _begin_from_first(episode)
    _open_while_recent(own, by, now)
    _settle((episode, own), because, by, now)
    _written(f"Two absences: {episode.reference} and {own.reference}", episode, because, by, now)
    return own


@transaction.atomic
def join(*, episode_id: int, into_id: int, because: str, by: Viewer, now: datetime) -> Episode:
    """These are one absence: every account of the one stands on the other, which the conversation then covers."""
    episode, into = _locked(episode_id), _locked(into_id)
    _check(by, episode, because)
    _check(by, into, because)
    if episode.pk == into.pk:
        raise NotAllowed(THE_SAME)
    if episode.subject_id != into.subject_id:
        raise NotAllowed(ANOTHER_CHILD)
    _move(list(episode.accounts.all()), into, because, kept_apart=False, by=by, now=now)
    _carry_over(episode, into, by, now)
    _begin_from_first(into)
    _empty(episode, into, by, now)
    _settle((into,), because, by, now)
    _written(f"One absence: {episode.reference} joined with {into.reference}", into, because, by, now)
    return into


@transaction.atomic
def move_back(*, account_id: int, because: str, by: Viewer, now: datetime) -> Episode:
    """Undoes what a person decided of an account: it stands again where it stood before. Answers that absence."""
    account = Account.objects.select_related("episode", "moved_from").get(pk=account_id)
    if account.moved_from_id is None:
        raise NotAllowed(NOT_MOVED)
    left, to = _locked(account.episode_id), _locked(account.moved_from_id)
    check_can_report(by)
    if not because.strip():
        raise NotAllowed(NO_REASON)
    to.not_missing_because = ""
    to.save(update_fields=["not_missing_because"])
    _move([account], to, because, kept_apart=False, by=by, now=now)
    Account.objects.filter(pk=account.pk).update(moved_from=None)
    for one in (left, to):
        _begin_from_first(one)
    _open_while_recent(to, by, now)
    if left.accounts.filter(withdrawn_at=None).exists():
        _settle((left,), because, by, now)
    else:
        _empty(left, to, by, now)
    _settle((to,), because, by, now)
    _written(f"Undone: an account stands on {to.reference} again", to, because, by, now)
    return to


def _locked(episode_id: int) -> Episode:
    return Episode.objects.select_for_update().get(pk=episode_id)


def _check(by: Viewer, episode: Episode, because: str) -> None:
    check_can_say_back(by, episode)
    if not because.strip():
        raise NotAllowed(NO_REASON)


def _of_its_own(account: Account, by: Viewer) -> Episode:
    """A new absence as this account tells it."""
    return Episode.objects.create(
        reference=new_reference("M", choice),
        opened_by=by,
        **{name: getattr(account, name) for name in _TOLD},
    )


_TOLD = ("subject_id", "scope_id", "desk_id", "kind", "gone_at", "gone_is_day", "told_at", "missing_from", "grade")


def _move(
    accounts: Sequence[Account], to: Episode, because: str, *, kept_apart: bool, by: Viewer, now: datetime
) -> None:
    for account in accounts:
        account.moved_from_id, account.episode = account.episode_id, to
        account.joined_because, account.joined_by, account.kept_apart = because.strip()[:300], by, kept_apart
        account.save(update_fields=["moved_from", "episode", "joined_because", "joined_by", "kept_apart"])
        say_what_account_says(account=account, by=by, now=now)


def _begin_from_first(episode: Episode) -> None:
    """An absence begins when the account that was told first says so."""
    first = episode.accounts.filter(withdrawn_at=None).order_by("told_at", "pk").first()
    if first and not _is_after_return(first, episode):
        episode.gone_at, episode.gone_is_day = first.gone_at, first.gone_is_day
        episode.save(update_fields=["gone_at", "gone_is_day"])


def _is_after_return(first: Account, episode: Episode) -> bool:
    return episode.back_at is not None and first.gone_at > episode.back_at


def _carry_over(episode: Episode, into: Episode, by: Viewer, now: datetime) -> None:
    """What people said of the return of the one is said of the other, in their words; the conversation covers it."""
    for word in episode.returns.exclude(said_by=SaidBy.ACCOUNT.value).order_by("pk"):
        why = f"Said of {episode.reference} before the two were joined. {word.why}".strip()[:300]
        word.pk, word.episode, word.why, word.by, word.at = None, into, why, by, now
        word._state.adding = True
        Return.objects.bulk_create([word])
    if not Covered.objects.filter(episode=into).exists():
        Covered.objects.filter(episode=episode).update(episode=into)


def _empty(episode: Episode, into: Episode, by: Viewer, now: datetime) -> None:
    """It stays, is not counted, and opens the record to nobody any more."""
    episode.not_missing_because = JOINED.format(into.reference)
    episode.save(update_fields=["not_missing_because"])
    with viewing_as(system_viewer(JOB)):
        end_opening(reference=f"episode:{episode.pk}", because=episode.not_missing_because, by=by, now=now)


def _open_while_recent(episode: Episode, by: Viewer, now: datetime) -> None:
    if not is_long_past(episode.back_at, now):
        with viewing_as(system_viewer(JOB)):
            open_to_those_who_talk(episode=episode, by=by, now=now)


def _settle(episodes: Sequence[Episode], because: str, by: Viewer, now: datetime) -> None:
    for episode in episodes:
        settle_and_tell(episode=episode, why=because.strip(), by=by, now=now)


def _written(what: str, episode: Episode, because: str, by: Viewer, now: datetime) -> None:
    subjects = [episode.subject_id]
    record(viewer=by, action="join-absences", subjects=subjects, what=what, because=because[:300], now=now)

"""One absence: what each agency says, what was said of the return, how it was graded, what is being done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet

from kith.foundations.access.models import Agency
from kith.missing.models import Account, Conversation, Episode, Grade, Return, Update
from kith.subjects.models import Subject

NEAR = timedelta(days=14)


@dataclass(frozen=True)
class Seen:
    """An absence as far as whoever looks may read. `is_open`: the child's record too. `near`: absences close to it."""

    episode: Episode
    accounts: tuple[Account, ...]
    returns: tuple[Return, ...]
    grades: tuple[Grade, ...]
    updates: tuple[Update, ...]
    near: tuple[Episode, ...]
    conversation: Conversation | None
    is_open: bool


def episode_seen(episode_id: int) -> Episode | None:
    """None where there is none for whoever looks."""
    return _episodes().filter(pk=episode_id).first()


def in_full(episode: Episode) -> Seen:
    """Eight questions, however long its story."""
    accounts = Account.objects.filter(episode=episode).select_related("agency", "joined_by", "moved_from", "entry")
    said = Return.objects.filter(episode=episode).select_related("agency", "by__agency", "account")
    grades = Grade.objects.filter(episode=episode).select_related("agency", "by")
    updates = Update.objects.filter(episode=episode).select_related("agency", "by")
    covered = getattr(episode, "covered", None)
    return Seen(
        episode=episode,
        accounts=tuple(accounts.order_by("told_at", "pk")),
        returns=tuple(said.order_by("pk")),
        grades=tuple(grades.order_by("-at", "-pk")),
        updates=tuple(updates.order_by("-at", "-pk")),
        near=tuple(near(episode)),
        conversation=covered.conversation if covered else None,
        is_open=Subject.objects.filter(pk=episode.subject_id).exists(),
    )


def near(episode: Episode) -> list[Episode]:
    """Other absences of the child, counted, that began within two weeks of this one: they may be one."""
    around = (episode.gone_at - NEAR, (episode.back_at or episode.gone_at) + NEAR)
    others = Episode.objects.filter(subject_id=episode.subject_id, not_missing_because="", gone_at__range=around)
    return list(others.exclude(pk=episode.pk).order_by("gone_at")[:10])


def account_seen(episode_id: int, account_id: int) -> Account | None:
    """An account that stands on this absence; None where there is none for whoever looks."""
    rows = Account.objects.filter(pk=account_id, episode_id=episode_id)
    return rows.select_related("agency", "moved_from").first()


def episodes_of_child(subject_id: int) -> list[Episode]:
    """Every absence of a child, the newest first; set aside ones too."""
    return list(_episodes().filter(subject_id=subject_id).prefetch_related("accounts__agency").order_by("-gone_at"))


def graders(own: Agency | None) -> list[Agency]:
    """The agencies whose grade somebody may write down: their own, and those that search."""
    search = Agency.objects.filter(teams__work="search").distinct().order_by("name")
    return list(dict.fromkeys([*([own] if own else []), *search]))


def _episodes() -> QuerySet[Episode]:
    return Episode.objects.select_related("covered__conversation__team", "opened_by__agency")

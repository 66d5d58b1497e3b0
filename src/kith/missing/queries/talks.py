"""Questions about conversations on return: their steps, the clocks they stop, and whom they concern."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from kith.foundations.access.models import Team, Viewer
from kith.foundations.access.rules import TeamWork
from kith.missing.models import Conversation, Covered, Episode, FollowUp, Said, Taken
from kith.missing.rules import Clock, Step, held_by
from kith.missing.rules.steps import Told


def clock_of(episode: Episode) -> Clock | None:
    """The clock of one absence, from the return that counts; None while the child is not back."""
    covered = getattr(episode, "covered", None)
    return clock_between(episode.back_at, covered.conversation if covered else None)


def clock_between(back: datetime | None, conversation: Conversation | None) -> Clock | None:
    """The clock of a return with the conversation that covers it, if any."""
    if back is None:
        return None
    if conversation is None:
        return Clock(back, held_by(back))
    ended = bool(conversation.declined_at or conversation.not_offered_at)
    return Clock(back, held_by(back), conversation.held_at, ended_otherwise=ended and conversation.held_at is None)


def talks() -> QuerySet[Conversation]:
    """Every conversation the viewer may know of, with what a page of it needs."""
    covered = Covered.objects.select_related("episode").order_by("episode__gone_at")
    return Conversation.objects.select_related("team", "talker").prefetch_related(Prefetch("covered", covered))


def talk(conversation_id: int) -> Conversation | None:
    """One of them; None where there is none for whoever looks."""
    return talks().filter(pk=conversation_id).first()


def episodes_of(conversation: Conversation) -> list[Episode]:
    """The absences it covers, in order."""
    return [one.episode for one in conversation.covered.all()]


def may_cover(conversation: Conversation) -> list[Episode]:
    """Absences of the same child that are over, stand, and are covered by another conversation or by none."""
    others = Episode.objects.filter(subject_id=conversation.subject_id, not_missing_because="", back_at__isnull=False)
    return list(others.exclude(covered__conversation=conversation).order_by("-gone_at")[:20])


def steps_of(conversation: Conversation) -> list[Taken]:
    """Every step that was told, set right or not, in the order told."""
    return list(conversation.steps.select_related("by", "instead_of").order_by("pk"))


def stands(steps: list[Taken]) -> list[Taken]:
    """Those that no later row set right."""
    replaced = {one.instead_of_id for one in steps}
    return [one for one in steps if one.pk not in replaced]


def told(steps: list[Taken]) -> list[Told]:
    """The steps that stand, as the rules take them."""
    return [as_rule(one, steps) for one in stands(steps)]


def as_rule(one: Taken, steps: list[Taken]) -> Told:
    """One step as the rules take it; one that sets another right stands where the first of them stood."""
    before = {row.pk: row.instead_of_id for row in steps}
    first = one.pk
    while (earlier := before.get(first)) is not None:
        first = earlier
    return Told(Step(one.step), one.at, first, one.reason)


def talkers() -> list[Viewer]:
    """Everybody of the team that talks with children on return."""
    team = Team.objects.filter(work=TeamWork.MISSING.value).order_by("pk").first()
    return list(team.viewers.filter(is_active=True).order_by("name")) if team else []


def said_of(conversation_id: int) -> Said | None:
    """What the child said, for their social care and those who talk with children on return."""
    return Said.objects.filter(conversation_id=conversation_id).select_related("by").first()


def follow_ups_of(conversation: Conversation) -> list[FollowUp]:
    """Whom of the family is asked after the absences that it covers."""
    episodes = [one.pk for one in episodes_of(conversation)]
    return list(FollowUp.objects.filter(episode__in=episodes).order_by("ask_on", "pk"))

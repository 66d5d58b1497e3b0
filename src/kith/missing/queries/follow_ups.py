"""Questions about what parents and carers are asked after a return, and what they read by a private link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.private_links.actions import Opened
from kith.missing.models import Covered, FollowUp, Said

JOB = "missing"
SHOWS: dict[str, Q] = {
    "reply": Q(reply_due_at__isnull=False, replied_at=None),
    "asked": Q(asked_at__isnull=False, answered_at=None, stopped_because=""),
    "to-ask": Q(asked_at=None, stopped_because=""),
    "all": Q(),
}


def follow_ups(show: str) -> QuerySet[FollowUp]:
    """Those of one kind that the viewer may see: the reply that is due first, else the day of asking."""
    rows = FollowUp.objects.filter(SHOWS.get(show, Q()))
    return rows.order_by("reply_due_at", "pk") if show == "reply" else rows.order_by("-ask_on", "-pk")


def follow_up(follow_up_id: int) -> FollowUp | None:
    return FollowUp.objects.select_related("episode", "by").filter(pk=follow_up_id).first()


def talk_about(row: FollowUp) -> int | None:
    """The conversation that covers the absence after which they are asked."""
    return Covered.objects.filter(episode=row.episode_id).values_list("conversation_id", flat=True).first()


@dataclass(frozen=True)
class Asked:
    """How asking parents and carers went."""

    asked: int
    answered: int
    reply_promised: int
    replied: int
    replied_in_time: int
    reply_due: int


def how_it_went(since: datetime) -> Asked:
    """Of those asked since then."""
    rows = list(FollowUp.objects.filter(asked_at__gte=since))
    promised = [one for one in rows if one.reply_due_at]
    return Asked(
        asked=len(rows),
        answered=sum(one.answered_at is not None for one in rows),
        reply_promised=len(promised),
        replied=sum(one.replied_at is not None for one in promised),
        replied_in_time=sum(bool(o.replied_at and o.reply_due_at and o.replied_at <= o.reply_due_at) for o in promised),
        reply_due=sum(one.replied_at is None for one in promised),
    )


def to_be_asked(now: datetime) -> list[FollowUp]:
    """Those whose day has come, of absences that stand."""
    due = FollowUp.objects.filter(SHOWS["to-ask"], ask_on__lte=now, episode__not_missing_because="")
    return list(due.select_related("talkers").order_by("ask_on", "pk"))


def message_of(opened: Opened) -> str:
    """The words that stand behind a link: a summary, or our reply."""
    number = int(opened.about.rpartition(":")[2])
    with viewing_as(system_viewer(JOB)):
        if opened.purpose == "summary":
            return Said.objects.filter(conversation=number).values_list("for_parent", flat=True).first() or ""
        return FollowUp.objects.filter(pk=number).values_list("reply", flat=True).first() or ""

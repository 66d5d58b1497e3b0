"""A child who was missing and is back, for tests of the conversation that follows."""

from __future__ import annotations

from datetime import datetime, timedelta

from kith.foundations.access.actions import open_circle
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.conversations import Taking, take_step
from kith.missing.models import Conversation, Episode, Taken
from kith.missing.rules import Step
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

HOUR = timedelta(hours=1)
BACK = NOW - 20 * HOUR


def make_amara(cast: Cast) -> Subject:
    """Asha works with her; the home she lives in is in her circle."""
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    home = {"because": "Where she lives", "reason_kind": "carer", "by": cast.loader, "now": NOW}
    open_circle(scope=child.scope, viewer=cast.pia, **home)
    return child


def was_missing(cast: Cast, child: Subject, *, gone: datetime = BACK - 6 * HOUR, back: datetime = BACK) -> Episode:
    """The police tell of it when it is over; a conversation is begun."""
    reported = Reported(child.pk, cast.police.pk, "missing", gone, back_at=back)
    return report_missing(reported=reported, by=cast.raj, now=NOW)


def conversation_of(episode: Episode) -> Conversation:
    return Conversation.objects.get(covered__episode=episode)


def take(cast: Cast, conversation: Conversation, step: Step, at: datetime = NOW, **more: object) -> Taken:
    """Quinn tells a step, looking as herself."""
    if step is Step.HELD:
        more.setdefault("independent", True)
    with viewing_as(cast.quinn):
        taking = Taking(step, at, **more)  # type: ignore[arg-type]
        return take_step(conversation_id=conversation.pk, taking=taking, by=cast.quinn, now=NOW)

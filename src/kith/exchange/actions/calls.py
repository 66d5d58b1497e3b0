"""A call that changes something is answered once: the same call again has the same answer, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kith.exchange.actions.keys import JOB, Caller
from kith.exchange.locking import one_at_a_time
from kith.exchange.models import ApiCall
from kith.exchange.queries.sent import call_before
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as


@dataclass(frozen=True)
class Called:
    """A call as it came: its mark, method and address, and the hash of its body."""

    caller: Caller
    once: str
    asked: str
    body_sha256: str


@dataclass(frozen=True)
class Answer:
    """What is answered: JSON to the letter. `again`: this is what was answered before."""

    status: int
    text: str
    location: str = ""
    again: bool = False


class OtherBody(Exception):  # noqa: N818 - reads as what is said
    """This mark came before with another body, or at another address."""


@transaction.atomic
def answer_once(*, called: Called, act: Callable[[], Answer], by: Viewer, now: datetime) -> Answer:
    """Does it, unless this very call was answered before. One call of an agency at a time; what fails leaves no mark.

    `act` is done as the named job that takes what systems send. Raises OtherBody, and whatever `act` raises.
    """
    with viewing_as(system_viewer(JOB)):
        one_at_a_time(by)
        before = call_before(called.caller.agency.pk, called.once)
        if before is not None:
            if (before.asked, before.body_sha256) != (called.asked, called.body_sha256):
                raise OtherBody
            return Answer(200, before.answer, before.location, again=True)
        answer = act()
        ApiCall.objects.create(
            agency=called.caller.agency,
            key_id=called.caller.key_id,
            once=called.once,
            asked=called.asked,
            body_sha256=called.body_sha256,
            status=answer.status,
            answer=answer.text,
            location=answer.location,
            at=now,
        )
    return answer

"""Writing up what a child said: kept in their words, set right when it was wrong, and passed on at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.private_links.actions import end_links
from kith.missing.actions.conversations import Taking, take_step
from kith.missing.actions.desk import JOB, talkers_audience
from kith.missing.actions.passing_on import pass_on
from kith.missing.models import Consent, Conversation, Mentioned, Said, SaidBefore
from kith.missing.permissions import check_can_talk
from kith.missing.queries.talks import steps_of, told
from kith.missing.rules import Step
from kith.missing.rules.steps import standing

OWN = (
    "own_words", "push", "pull", "travelled", "happened", "harm", "harm_words", "feelings", "would_help", "trusted",
    "safety", "view", "summary", "for_parent",
)  # fmt: skip


@dataclass(frozen=True)
class Naming:
    """Somebody or something that the child named. `to_police`: of what they agreed to in part, this may go."""

    kind: str
    value: str
    about: str = ""
    to_police: bool = False


@dataclass(frozen=True)
class Agreed:
    """What the child agreed may be told to one recipient. `words`: which part; `anyway_because`: told all the same."""

    recipient: str
    answer: str
    words: str = ""
    anyway_because: str = ""


@dataclass(frozen=True)
class WhatWasSaid:
    """What a child said, as the talker or the child writes it down. Lists are codes."""

    own_words: str = ""
    push: tuple[str, ...] = ()
    pull: tuple[str, ...] = ()
    travelled: str = ""
    happened: str = ""
    harm: tuple[str, ...] = ()
    harm_words: str = ""
    feelings: str = ""
    would_help: str = ""
    trusted: str = ""
    safety: str = ""
    view: str = ""
    summary: str = ""
    for_parent: str = ""
    named: tuple[Naming, ...] = ()
    agreed: tuple[Agreed, ...] = ()


@dataclass(frozen=True)
class Holding:
    """When a conversation was held, how, and whether its holder is independent of where the child lives."""

    at: datetime
    how: str
    independent: bool


@dataclass(frozen=True)
class Parent:
    """Where a plain summary for a parent or carer goes."""

    phone: str = ""
    email: str = ""


@transaction.atomic
def write_up(
    *,
    conversation_id: int,
    said: WhatWasSaid,
    holding: Holding | None,
    parent: Parent,
    by: Viewer,
    now: datetime,
    why: str = "",
    site: str = "",
) -> Said:
    """Keeps what was said, passes on what was agreed, and says that the conversation was held and written up.

    `holding` None: that it was held stands already. Written again, what stood before is kept behind it.
    """
    check_can_talk(by)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation_id)
    row = keep_said(conversation=conversation, said=said, by=by, now=now, why=why)
    if conversation.held_at is None and holding:
        _say_held(conversation, holding, by, now)
    pass_on(said_id=row.pk, phone=parent.phone, email=parent.email, site=site, by=by, now=now)
    conversation.refresh_from_db()
    if conversation.written_up_at is None:
        taking = Taking(Step.WRITTEN_UP, now)
        take_step(conversation_id=conversation_id, taking=taking, by=by, now=now)
        end_links(purpose="child", about=f"conversation:{conversation.pk}", now=now)
    what = f"Wrote up {conversation.reference}"
    record(viewer=by, action="write-up-talk", subjects=[conversation.subject_id], what=what, because=why[:300], now=now)
    return row


@transaction.atomic
def keep_said(
    *, conversation: Conversation, said: WhatWasSaid, by: Viewer, now: datetime, why: str = "", by_child: bool = False
) -> Said:
    """What was said stands, in place of what stood before, which is kept."""
    with viewing_as(system_viewer(JOB)):
        talkers = talkers_audience(now=now)
    known = Said.objects.select_for_update(of=("self",)).filter(conversation=conversation).first()
    words = {name: list(value) if isinstance(value := getattr(said, name), tuple) else value.strip() for name in OWN}
    if known:
        _keep_before(known, why, by, now)
        for name, value in {**words, "by": by, "at": now}.items():
            setattr(known, name, value)
        known.save()
        known.mentioned.all().delete()
        known.consents.all().delete()
    row = known or Said.objects.create(
        scope_id=conversation.scope_id,
        talkers=talkers,
        conversation=conversation,
        subject_id=conversation.subject_id,
        by_child=by_child,
        by=by,
        at=now,
        **words,
    )
    _keep_parts(row, said, talkers)
    return row


def _keep_parts(row: Said, said: WhatWasSaid, talkers: Scope) -> None:
    own: dict[str, Any] = {"said": row, "scope_id": row.scope_id, "talkers": talkers}
    Mentioned.objects.bulk_create(
        Mentioned(**own, kind=one.kind, value=one.value.strip()[:200], about=one.about.strip()[:300],
                  to_police=one.to_police)
        for one in said.named if one.value.strip()
    )  # fmt: skip
    Consent.objects.bulk_create(
        Consent(**own, recipient=one.recipient, answer=one.answer, words=one.words.strip()[:300],
                anyway_because=one.anyway_because.strip()[:300])
        for one in said.agreed if one.answer
    )  # fmt: skip


def as_told(row: Said) -> WhatWasSaid:
    """What stands, as it was told."""
    words: dict[str, Any] = {n: tuple(v) if isinstance(v := getattr(row, n), list) else v for n in OWN}
    named = tuple(Naming(one.kind, one.value, one.about, one.to_police) for one in row.mentioned.order_by("pk"))
    agreed = tuple(
        Agreed(one.recipient, one.answer, one.words, one.anyway_because) for one in row.consents.order_by("pk")
    )
    return WhatWasSaid(**words, named=named, agreed=agreed)


def _keep_before(known: Said, why: str, by: Viewer, now: datetime) -> None:
    SaidBefore.objects.create(
        said=known,
        scope_id=known.scope_id,
        talkers_id=known.talkers_id,
        fields=asdict(as_told(known)),
        written_by_id=known.by_id,
        written_at=known.at,
        why=why[:300],
        by=by,
        at=now,
    )


def _say_held(conversation: Conversation, holding: Holding, by: Viewer, now: datetime) -> None:
    """Whoever talks on the doorstep has offered it too; where nobody said so, that stands with it."""
    given: dict[str, Any] = {"conversation_id": conversation.pk, "by": by, "now": now}
    if standing(told(steps_of(conversation))) in {None, Step.DECLINED, Step.NOT_OFFERED}:
        take_step(taking=Taking(Step.OFFERED, holding.at), **given)
    held = Taking(Step.HELD, holding.at, how=holding.how, who=by.name, independent=holding.independent)
    take_step(taking=held, **given)

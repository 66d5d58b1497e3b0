"""The loop of learning: its rhythm, what was learned and sent to teams, who read it, what changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from kith.case_audits.models import Learning, LearningRead, LearningRhythm
from kith.case_audits.permissions import check_can_draw, check_see_programme
from kith.case_audits.queries.learning import JOB, loop_on
from kith.case_audits.rules.rhythm import SOON, Rhythm
from kith.case_audits.telling import tell_due, tell_learning
from kith.foundations.access.actions import figures_scope, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.clocks import HERE


@dataclass(frozen=True)
class Learned:
    """A month's learning."""

    month: date
    good: str
    keeps_coming_up: str
    you_said: str = ""
    we_did: str = ""


@dataclass(frozen=True)
class NewRhythm:
    """How often learning is due, from when on, and who sees that it comes."""

    every: Rhythm
    since: date
    owner: Viewer


@transaction.atomic
def set_rhythm(*, rhythm: NewRhythm, by: Viewer, now: datetime) -> LearningRhythm:
    """From its first day on it takes the place of the one before. Raises NotAllowed."""
    check_can_draw(by)
    check_can_draw(rhythm.owner)
    made = LearningRhythm.objects.create(
        scope=figures_scope(), every=rhythm.every.value, since=rhythm.since, owner=rhythm.owner, set_by=by, set_at=now
    )
    what = f"Learning from case audits is due {rhythm.every.words.lower()} from {rhythm.since}, by {rhythm.owner.name}"
    record(viewer=by, action="set-learning-rhythm", what=what, now=now)
    return made


@transaction.atomic
def send_learning(*, learned: Learned, by: Viewer, now: datetime) -> Learning:
    """A month's learning is kept, and teams are told. Raises NotAllowed."""
    check_can_draw(by)
    check_see_programme(by)
    today = now.astimezone(HERE).date()
    due_on = loop_on(today).answered_by(today)
    made = Learning.objects.create(
        scope=figures_scope(), written_by=by, sent_at=now, sent_to=0, due_on=due_on, **asdict(learned)
    )
    made.sent_to = tell_learning(learning=made, now=now)
    Learning.objects.filter(pk=made.pk).update(sent_to=made.sent_to)
    what = f"Sent what case audits taught in {learned.month:%B %Y} to {made.sent_to} people"
    record(viewer=by, action="send-audit-learning", what=what, now=now)
    return made


@transaction.atomic
def say_read(*, learning: Learning, by: Viewer, now: datetime) -> None:
    """Somebody has read it. Said once. Raises NotAllowed."""
    check_see_programme(by)
    LearningRead.objects.get_or_create(learning=learning, viewer=by, defaults={"scope": learning.scope, "at": now})
    record(viewer=by, action="read-audit-learning", what=f"Read what case audits taught, {learning.pk}", now=now)


@transaction.atomic
def say_changed(*, learning: Learning, changed: str, by: Viewer, now: datetime) -> None:
    """What is different since: the loop is closed. Raises NotAllowed."""
    check_can_draw(by)
    Learning.objects.filter(pk=learning.pk).update(changed=changed.strip(), changed_at=now, changed_by=by)
    record(viewer=by, action="say-learning-changed", what=f"Said what changed after learning {learning.pk}", now=now)


@transaction.atomic
def prompt_learning(*, by: Viewer, now: datetime) -> int:
    """Once a day: whoever owns the learning hears that it is due, or late. Answers how many were told."""
    today = now.astimezone(HERE).date()
    with viewing_as(system_viewer(JOB)):
        loop = loop_on(today)
        if loop.rhythm is None:
            return 0
        if loop.owed:
            return tell_due(rhythm=loop.rhythm, due_on=loop.owed, is_late=loop.owed < today, now=now)
        if loop.next_due and loop.next_due - today <= SOON:
            return tell_due(rhythm=loop.rhythm, due_on=loop.next_due, is_late=False, now=now)
    return 0

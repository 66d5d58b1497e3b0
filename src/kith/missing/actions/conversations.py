"""The offer of a conversation on return: begun by the return, told step by step, each step kept as it was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from secrets import choice

from django.db import transaction

from kith.foundations.access.actions import end_openings, open_circle, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.missing.actions.desk import JOB, missing_team
from kith.missing.actions.facts import ChildBack
from kith.missing.models import Conversation, Covered, Episode, Taken
from kith.missing.permissions import check_can_talk
from kith.missing.queries.talks import as_rule, episodes_of, stands, steps_of, talkers, told
from kith.missing.rules import Step
from kith.missing.rules.letters import new_reference
from kith.missing.rules.steps import ENDS, WITH_REASON, NotAStep, Told, check_order, standing, times_of

IN_THE_FUTURE = "That time has not come yet."
BEFORE_BACK = "The child was not back by then. Look at the time, or set the time of return right first."
BEFORE_GONE = "That is before the child was gone. Look at the day and the time."
SAY_WHY = "Say why it was {}."
SAY_INDEPENDENT = "Say whether whoever held it is independent of where the child lives."
NOT_THEIRS = "That absence is not this child’s."
NOT_A_TALKER = "Choose somebody of the team that talks with children on return."
HELD_BEFORE = "The conversation was held before the child was back from that absence: it cannot cover it."
SET_RIGHT_ALREADY = "Somebody has set that step right already."
ONE_LEFT = "A conversation covers at least one absence."


@dataclass(frozen=True)
class Taking:
    """One step as somebody tells it. `reason` and `how` are codes; `instead_of`: the step that it sets right."""

    step: Step
    at: datetime
    reason: str = ""
    words: str = ""
    how: str = ""
    who: str = ""
    independent: bool | None = None  # of a conversation held: whether its holder is independent of where the child is
    instead_of: int | None = None
    again_on: date | None = None  # of one declined: when it is offered again, and by which other adult
    again_who: str = ""


def conversation_after_return(back: ChildBack) -> None:
    """When a child is back, a conversation is to be offered; nobody is rung about a return of long ago."""
    if not back.long_past and not back.episode.not_missing_because:
        begin_conversation(episode=back.episode, by=back.by, now=back.now)


@transaction.atomic
def begin_conversation(*, episode: Episode, by: Viewer, now: datetime) -> Conversation:
    """The conversation that covers this absence: the child's standing one that is still to be held, or a new one."""
    with viewing_as(system_viewer(JOB)):
        covered = Covered.objects.select_related("conversation").filter(episode=episode).first()
        if covered:
            return covered.conversation
        conversation = _to_be_held(episode) or _begin(episode)
        _cover(conversation, episode)
        what = f"{conversation.reference} covers {episode.reference}"
        record(viewer=by, action="begin-conversation", subjects=[episode.subject_id], what=what, now=now)
        return conversation


@transaction.atomic
def take_step(*, conversation_id: int, taking: Taking, by: Viewer, now: datetime) -> Taken:
    """Tells what happened. Raises NotAStep where it cannot follow or cannot have been then."""
    check_can_talk(by)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation_id)
    steps = steps_of(conversation)
    before = told(steps)
    _check(conversation, steps, taking, now)
    row = Taken.objects.create(
        subject_id=conversation.subject_id,
        scope_id=conversation.scope_id,
        desk_id=conversation.desk_id,
        conversation=conversation,
        step=taking.step.value,
        at=taking.at,
        reason=taking.reason if taking.step in WITH_REASON else "",
        words=taking.words.strip(),
        how=taking.how,
        who=taking.who.strip()[:200],
        by=by,
        recorded_at=now,
        instead_of_id=taking.instead_of,
    )
    what = f"{conversation.reference}: {taking.step.value}"
    record(viewer=by, action="tell-step", subjects=[conversation.subject_id], what=what, now=now)
    _settle(conversation, taking, ended_before=standing(before) in ENDS, by=by, now=now)
    return row


@transaction.atomic
def assign_talker(*, conversation_id: int, talker_id: int, by: Viewer, now: datetime) -> Conversation:
    """Who is to hold it: somebody of the team that talks with children on return."""
    check_can_talk(by)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation_id)
    talker = next((one for one in talkers() if one.pk == talker_id), None)
    if talker is None:
        raise NotAStep(NOT_A_TALKER)
    conversation.talker = talker
    conversation.save(update_fields=["talker"])
    what = f"{conversation.reference} is held by {talker.name}"
    record(viewer=by, action="assign-talker", subjects=[conversation.subject_id], what=what, now=now)
    return conversation


@transaction.atomic
def cover_too(*, conversation_id: int, episode_id: int, by: Viewer, now: datetime) -> Conversation:
    """This conversation covers another absence of the child too, whichever covered it before."""
    check_can_talk(by)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation_id)
    episode = Episode.objects.filter(pk=episode_id, subject_id=conversation.subject_id, back_at__isnull=False).first()
    if episode is None or episode.back_at is None:
        raise NotAStep(NOT_THEIRS)
    if conversation.held_at and conversation.held_at < episode.back_at:
        raise NotAStep(HELD_BEFORE)
    with viewing_as(system_viewer(JOB)):
        Covered.objects.filter(episode=episode).delete()
        _cover(conversation, episode)
    _say_covered(conversation, episode, "covers", by, now)
    return conversation


@transaction.atomic
def cover_no_longer(*, conversation_id: int, episode_id: int, by: Viewer, now: datetime) -> Conversation:
    """This absence is talked about in a conversation of its own. Answers that one."""
    check_can_talk(by)
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation_id)
    covered = conversation.covered.select_related("episode").filter(episode_id=episode_id).first()
    if covered is None or conversation.covered.count() < 2:
        raise NotAStep(ONE_LEFT)
    with viewing_as(system_viewer(JOB)):
        covered.delete()
        own = _begin(covered.episode)
        _cover(own, covered.episode)
        _open_again([covered.episode], by, now)
    _say_covered(conversation, covered.episode, "no longer covers", by, now)
    return own


def _say_covered(conversation: Conversation, episode: Episode, verb: str, by: Viewer, now: datetime) -> None:
    what = f"{conversation.reference} {verb} {episode.reference}"
    record(viewer=by, action="cover-episode", subjects=[conversation.subject_id], what=what, now=now)


def _to_be_held(episode: Episode) -> Conversation | None:
    """The child's conversation that nobody has held, declined or set aside."""
    to_come = {f"{name}__isnull": True for name in ("held_at", "declined_at", "not_offered_at")}
    return Conversation.objects.filter(subject_id=episode.subject_id, **to_come).order_by("-pk").first()


def _begin(episode: Episode) -> Conversation:
    return Conversation.objects.create(
        reference=new_reference("C", choice),
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        team=missing_team(),
    )


def _cover(conversation: Conversation, episode: Episode) -> None:
    Covered.objects.create(
        subject_id=episode.subject_id,
        scope_id=episode.scope_id,
        desk_id=episode.desk_id,
        conversation=conversation,
        episode=episode,
    )


def _check(conversation: Conversation, steps: list[Taken], taking: Taking, now: datetime) -> None:
    if taking.at > now:
        raise NotAStep(IN_THE_FUTURE)
    if taking.step in WITH_REASON and not taking.reason:
        raise NotAStep(SAY_WHY.format(taking.step.value.replace("-", " ")))
    episodes = episodes_of(conversation)
    if taking.at < min((one.gone_at for one in episodes), default=taking.at):
        raise NotAStep(BEFORE_GONE)
    backs = [one.back_at for one in episodes if one.back_at]
    if taking.step is Step.HELD:
        if taking.independent is None:
            raise NotAStep(SAY_INDEPENDENT)
        if backs and taking.at < max(backs):
            raise NotAStep(BEFORE_BACK)
    standing_now = stands(steps)
    replaced = next((one for one in standing_now if one.pk == taking.instead_of), None)
    if taking.instead_of and replaced is None:
        raise NotAStep(SET_RIGHT_ALREADY)
    others = [as_rule(one, steps) for one in standing_now if one != replaced]
    order = as_rule(replaced, steps).order if replaced else max((one.pk for one in steps), default=0) + 1
    check_order([*others, Told(taking.step, taking.at, order)])


def _settle(conversation: Conversation, taking: Taking, *, ended_before: bool, by: Viewer, now: datetime) -> None:
    """The times as the steps now have them, and whether the team still needs the record."""
    steps = told(steps_of(conversation))
    for name, value in vars(times_of(steps)).items():
        setattr(conversation, name, value)
    if taking.step is Step.HELD:
        conversation.independent = taking.independent
        conversation.talker = conversation.talker or by
    again = taking.step is Step.DECLINED
    conversation.offer_again_on = taking.again_on if again else None
    conversation.offer_again_who = taking.again_who.strip()[:200] if again else ""
    conversation.save()
    ends = standing(steps) in ENDS
    if ends and not ended_before:
        _close(conversation, taking.step, by, now)
    elif ended_before and not ends:
        with viewing_as(system_viewer(JOB)):
            _open_again(episodes_of(conversation), by, now)


def _close(conversation: Conversation, step: Step, by: Viewer, now: datetime) -> None:
    because = f"The conversation {conversation.reference} was {step.value.replace('-', ' ')}"
    references = [f"episode:{one.pk}" for one in episodes_of(conversation)]
    with viewing_as(system_viewer(JOB)):
        end_openings(references=references, because=because, by=by, now=now)


def _open_again(episodes: list[Episode], by: Viewer, now: datetime) -> None:
    for episode in episodes:
        open_circle(
            scope=episode.scope,
            team=missing_team(),
            because="A conversation is offered after a return",
            reason_kind="missing",
            reference=f"episode:{episode.pk}",
            by=by,
            now=now,
        )

"""Conversations on return, as pages show them to each who may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kith.foundations.access.models import Viewer
from kith.foundations.design_system.words import ClockWords, clock, count, day_and_time, length, moment, short_day
from kith.missing.models import Conversation, Episode, FollowUp, Taken
from kith.missing.queries.talk_lists import Measures
from kith.missing.queries.talks import clock_between, episodes_of, follow_ups_of, may_cover, stands, steps_of
from kith.missing.rules import Clock, Step
from kith.missing.rules.codes import title
from kith.missing.rules.steps import WITH_REASON, WORDS
from kith.missing.talks_permissions import Tier, tier_of

CLOSED = "Their record is closed to you"
SHOWN_AS = {
    "running": "To be held",
    "unassigned": "Nobody is to hold it yet",
    "again": "Declined: offer again",
    "write-up": "To be written up",
    "all": "All",
}


@dataclass(frozen=True)
class StepShown:
    """One step: what happened, when, who told it; set right where a later one took its place."""

    pk: int
    what: str
    when: str
    told: str
    words: str
    set_right: bool


@dataclass(frozen=True)
class CoveredShown:
    """One absence that a conversation covers, with its own clock."""

    pk: int
    reference: str
    back: str
    clock: ClockWords | None


@dataclass(frozen=True)
class TalkLine:
    """One conversation in the list."""

    pk: int
    reference: str
    child: str
    state: str
    clock: ClockWords | None
    talker: str
    covers: int
    again: str

    @property
    def cells(self) -> list[str]:
        words = self.clock.sentence if self.clock else ""
        return [self.reference, self.state, words, self.talker, str(self.covers), self.again]


@dataclass(frozen=True)
class FollowUpLine:
    """Somebody of the family who is asked what they have noticed."""

    pk: int
    reference: str
    who: str
    state: str


@dataclass(frozen=True)
class TalkShown:
    """A conversation as one viewer may see it; what their tier does not tell is empty."""

    pk: int
    subject_id: int
    reference: str
    tier: Tier
    child: str
    state: str
    clock: ClockWords | None
    covered: tuple[CoveredShown, ...]
    talker: str = ""
    again: str = ""
    steps: tuple[StepShown, ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    follow_ups: tuple[FollowUpLine, ...] = ()
    independent: str = ""
    is_held: bool = False
    is_written_up: bool = False

    @property
    def acts(self) -> bool:
        return self.tier is Tier.TALKER

    @property
    def reads_said(self) -> bool:
        return self.tier in {Tier.TALKER, Tier.WORKER}


def show_talk(conversation: Conversation, viewer: Viewer, child: str, now: datetime) -> TalkShown:
    """How one stands, at the viewer's tier."""
    tier = tier_of(viewer, conversation.scope_id, now)
    bare = TalkShown(
        pk=conversation.pk,
        subject_id=conversation.subject_id,
        reference=conversation.reference,
        tier=tier,
        child="" if tier is Tier.SEARCH else child,
        state=state_of(conversation),
        clock=first_clock(conversation, now),
        covered=tuple(_covered(conversation, one, now) for one in episodes_of(conversation)),
        is_held=conversation.held_at is not None,
        is_written_up=conversation.written_up_at is not None,
    )
    if tier in {Tier.SEARCH, Tier.CARER}:
        return bare
    told = steps_of(conversation)
    return TalkShown(
        **vars(bare)
        | {
            "talker": conversation.talker.name if conversation.talker else "",
            "again": _again(conversation),
            "steps": tuple(_step(one, told) for one in told),
            "others": tuple((one.pk, _absence(one)) for one in may_cover(conversation)) if bare.acts else (),
            "follow_ups": tuple(follow_up_line(one) for one in follow_ups_of(conversation)),
            "independent": {True: "yes", False: "no"}.get(conversation.independent, ""),  # type: ignore[arg-type]
        }
    )


def show_line(conversation: Conversation, names: dict[int, str], now: datetime) -> TalkLine:
    """One line of the list."""
    return TalkLine(
        pk=conversation.pk,
        reference=conversation.reference,
        child=names.get(conversation.subject_id, CLOSED),
        state=state_of(conversation),
        clock=first_clock(conversation, now),
        talker=conversation.talker.name if conversation.talker else "",
        covers=len(episodes_of(conversation)),
        again=_again(conversation),
    )


def state_of(conversation: Conversation) -> str:
    """How it stands, in words that tell nothing of what was said."""
    stages = (
        (conversation.written_up_at, "Held and written up"),
        (conversation.held_at, "Held, not yet written up"),
        (conversation.declined_at, f"Declined: {title('declined', conversation.reason).lower()}"),
        (conversation.not_offered_at, f"Not offered: {title('not_offered', conversation.reason).lower()}"),
        (conversation.accepted_at, "Accepted"),
        (conversation.offered_at, "Offered"),
    )
    return next((words for at, words in stages if at), "Not offered yet").removesuffix(": ")


def first_clock(conversation: Conversation, now: datetime) -> ClockWords | None:
    """The clock that is due first; None where no conversation is to come."""
    clocks = [clock_between(one.back_at, conversation) for one in episodes_of(conversation)]
    found = [one for one in clocks if one]
    return in_words(min(found, key=lambda one: one.due), now) if found else None


def in_words(one: Clock, now: datetime) -> ClockWords | None:
    """Such as "due in 5 hours", to the hour as long as it is less than three days."""
    if one.ended_otherwise:
        return None
    said = clock(one.due, now, done=one.stopped)
    left = one.left(now)
    hours = int(left.total_seconds() // 3600)
    if one.runs() and 0 < hours <= 72:
        return ClockWords(said.state, f"due in {count(hours, 'hour')}", said.moment)
    return said


def follow_up_line(one: FollowUp) -> FollowUpLine:
    """Who is asked and how far that is."""
    who = f"{one.name} ({title('relations', one.relation).lower()})"
    return FollowUpLine(one.pk, one.reference, who, follow_up_state(one))


def follow_up_state(one: FollowUp) -> str:
    """How far the asking of a parent or carer is."""
    if one.replied_at:
        return f"We replied on {short_day(one.replied_at)}"
    if one.answered_at:
        return "Told us; a reply is due" if one.reply_due_at else "Told us, and wants no reply"
    if one.stopped_because:
        return f"Not asked: {one.stopped_because}"
    return f"Asked on {short_day(one.asked_at)}" if one.asked_at else f"To be asked on {short_day(one.ask_on)}"


def measures_in_words(found: Measures) -> list[tuple[str, str]]:
    """Each measure with what it is of."""
    share = f"{found.held_in_time} of {found.held}"
    return [
        ("Offered", f"{found.offered} of {count(found.returns, 'return')}, {found.offered_in_time} within 24 hours"),
        ("Accepted", f"{found.accepted} of {found.offered} offered"),
        ("Declined", f"{found.declined} of {found.returns}; not offered, with a reason: {found.not_offered}"),
        (
            "Declined by children missing more than once",
            f"{found.declined_by_repeat} of {found.declined} declined; "
            f"{count(found.declined_again, 'child', 'children')} declined more than one conversation",
        ),
        ("Held", f"{found.held} of {found.returns}; {found.running} still to be held"),
        ("In time", f"{share} held within 72 hours of the return"),
        ("Conversations", f"{found.conversations} held, covering {count(found.held, 'absence')}"),
        ("Middle time to the conversation", f"{found.hours:g} hours" if found.hours is not None else "none held"),
    ]


def step_choices(conversation: Conversation) -> list[tuple[str, str]]:
    """The steps that stand, as a form offers them to be set right."""
    return [(str(one.pk), f"{WORDS[Step(one.step)]}, {day_and_time(one.at)}") for one in stands(steps_of(conversation))]


def _step(one: Taken, told: list[Taken]) -> StepShown:
    step = Step(one.step)
    reason = f": {title(WITH_REASON[step], one.reason).lower()}" if step in WITH_REASON else ""
    how = f"{title('how', one.how)}. " if one.how else ""
    who = f"{one.who}. " if one.who else ""
    return StepShown(
        pk=one.pk,
        what=WORDS[step] + reason,
        when=day_and_time(one.at),
        told=f"told by {one.by.name}, {day_and_time(one.recorded_at)}",
        words=f"{who}{how}{one.words}".strip(),
        set_right=one not in stands(told),
    )


def _covered(conversation: Conversation, episode: Episode, now: datetime) -> CoveredShown:
    found = clock_between(episode.back_at, conversation)
    back = moment(episode.back_at, now) if episode.back_at else "not back yet"
    return CoveredShown(episode.pk, episode.reference, back, in_words(found, now) if found else None)


def _absence(episode: Episode) -> str:
    away = length(episode.back_at - episode.gone_at) if episode.back_at else ""
    return f"{episode.reference}, back {short_day(episode.back_at)} after {away}" if episode.back_at else ""


def _again(conversation: Conversation) -> str:
    on = f"offer again on {short_day(conversation.offer_again_on)}" if conversation.offer_again_on else ""
    who = f"by {conversation.offer_again_who}" if conversation.offer_again_who else ""
    return " ".join(part for part in (on, who) if part)

"""What may follow what when a conversation is offered, and how things stand after that. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.missing.rules.words import Step

NO_STEP = "nothing yet"
WORDS: Mapping[Step, str] = {
    Step.OFFERED: "Offered",
    Step.ACCEPTED: "Accepted",
    Step.DECLINED: "Declined",
    Step.NOT_OFFERED: "Not offered",
    Step.TRIED: "Tried",
    Step.HELD: "Held",
    Step.WRITTEN_UP: "Written up",
}
MAY_FOLLOW: Mapping[Step | None, frozenset[Step]] = {
    None: frozenset({Step.OFFERED, Step.NOT_OFFERED}),
    Step.OFFERED: frozenset({Step.OFFERED, Step.ACCEPTED, Step.DECLINED, Step.NOT_OFFERED, Step.HELD}),
    Step.ACCEPTED: frozenset({Step.DECLINED, Step.HELD}),
    Step.DECLINED: frozenset({Step.OFFERED, Step.ACCEPTED}),
    Step.NOT_OFFERED: frozenset({Step.OFFERED}),
    Step.HELD: frozenset({Step.WRITTEN_UP}),
    Step.WRITTEN_UP: frozenset(),
}
ENDS = frozenset({Step.WRITTEN_UP, Step.DECLINED, Step.NOT_OFFERED})  # nobody waits for a conversation any more
WITH_REASON = {Step.DECLINED: "declined", Step.NOT_OFFERED: "not_offered"}  # and the list its codes are from


class NotAStep(ValueError):
    """A step that cannot follow, or cannot have been then; the message is the sentence to show."""


@dataclass(frozen=True)
class Told:
    """One step as it stands: what, when it happened, in which order it was told, and its reason where it has one."""

    step: Step
    at: datetime
    order: int
    reason: str = ""


@dataclass(frozen=True)
class Times:
    """When each came about; None until then. One that was undone by a later step has not come about."""

    offered_at: datetime | None = None
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    not_offered_at: datetime | None = None
    held_at: datetime | None = None
    written_up_at: datetime | None = None
    reason: str = ""


def in_order(steps: Iterable[Told]) -> list[Told]:
    """As they happened; of the same moment, as they were told."""
    return sorted(steps, key=lambda told: (told.at, told.order))


def standing(steps: Iterable[Told]) -> Step | None:
    """The last that counts: a try changes nothing."""
    counting = [told.step for told in in_order(steps) if told.step is not Step.TRIED]
    return counting[-1] if counting else None


def may_follow(steps: Iterable[Told]) -> frozenset[Step]:
    """What may be told next. A try may be told until a conversation was held."""
    last = standing(steps)
    tried = frozenset() if last in {Step.HELD, Step.WRITTEN_UP} else frozenset({Step.TRIED})
    return MAY_FOLLOW[last] | tried


def check_order(steps: Iterable[Told]) -> None:
    """Raises NotAStep where one of them cannot come after the one before it."""
    before: Step | None = None
    for told in in_order(steps):
        if told.step is Step.TRIED:
            if before in {Step.HELD, Step.WRITTEN_UP}:
                raise NotAStep("After a conversation was held nobody tries to hold it.")
            continue
        if told.step not in MAY_FOLLOW[before]:
            came = WORDS[before].lower() if before else NO_STEP
            raise NotAStep(f"“{WORDS[told.step]}” cannot come after “{came}”. Look at the times, or set a step right.")
        before = told.step


def times_of(steps: Iterable[Told]) -> Times:
    """The times as the steps have them: the first offer; the rest only while no later step undid it."""
    ordered = in_order(steps)
    last = standing(ordered)
    latest = {told.step: told for told in ordered}
    offers = [told.at for told in ordered if told.step is Step.OFFERED]
    accepted = latest.get(Step.ACCEPTED)
    stands = latest[last] if last in WITH_REASON else None
    return Times(
        offered_at=min(offers, default=None),
        accepted_at=accepted.at if accepted and last in {Step.ACCEPTED, Step.HELD, Step.WRITTEN_UP} else None,
        declined_at=latest[Step.DECLINED].at if last is Step.DECLINED else None,
        not_offered_at=latest[Step.NOT_OFFERED].at if last is Step.NOT_OFFERED else None,
        held_at=latest[Step.HELD].at if Step.HELD in latest else None,
        written_up_at=latest[Step.WRITTEN_UP].at if Step.WRITTEN_UP in latest else None,
        reason=stands.reason if stands else "",
    )

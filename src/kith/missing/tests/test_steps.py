"""What may follow what when a conversation is offered, and the times that the steps come to."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.missing.rules import Step
from kith.missing.rules.steps import NotAStep, Told, check_order, may_follow, standing, times_of

START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def told(*steps: Step | tuple[Step, str]) -> list[Told]:
    """One an hour."""
    pairs = [one if isinstance(one, tuple) else (one, "") for one in steps]
    return [Told(step, START + timedelta(hours=n), n, reason) for n, (step, reason) in enumerate(pairs)]


@pytest.mark.parametrize(
    "steps",
    [
        (Step.OFFERED, Step.ACCEPTED, Step.HELD, Step.WRITTEN_UP),
        (Step.TRIED, Step.OFFERED, Step.TRIED, Step.HELD, Step.WRITTEN_UP),
        (Step.OFFERED, Step.DECLINED, Step.OFFERED, Step.ACCEPTED, Step.TRIED, Step.HELD),
        (Step.NOT_OFFERED, Step.OFFERED, Step.DECLINED),
    ],
)
def test_what_may_follow(steps: tuple[Step, ...]) -> None:
    check_order(told(*steps))


@pytest.mark.parametrize(
    "steps",
    [
        (Step.ACCEPTED,),
        (Step.HELD,),
        (Step.OFFERED, Step.WRITTEN_UP),
        (Step.OFFERED, Step.HELD, Step.TRIED),
        (Step.OFFERED, Step.HELD, Step.HELD),
        (Step.OFFERED, Step.DECLINED, Step.HELD),
    ],
)
def test_what_may_not_follow(steps: tuple[Step, ...]) -> None:
    with pytest.raises(NotAStep):
        check_order(told(*steps))


def test_what_is_told_late_stands_where_it_happened() -> None:
    late = [*told(Step.OFFERED, Step.HELD), Told(Step.ACCEPTED, START + timedelta(minutes=30), 9)]
    check_order(late)
    assert standing(late) is Step.HELD


def test_the_times_of_a_conversation_that_was_declined_first() -> None:
    times = times_of(told(Step.OFFERED, (Step.DECLINED, "not-now")))
    assert (times.offered_at, times.declined_at, times.reason) == (START, START + timedelta(hours=1), "not-now")
    times = times_of(told(Step.OFFERED, (Step.DECLINED, "not-now"), Step.OFFERED, Step.ACCEPTED, Step.HELD))
    assert (times.offered_at, times.declined_at, times.reason) == (START, None, "")
    assert (times.accepted_at, times.held_at) == (START + timedelta(hours=3), START + timedelta(hours=4))


def test_a_try_changes_nothing() -> None:
    steps = told(Step.OFFERED, Step.TRIED)
    assert standing(steps) is Step.OFFERED
    assert Step.HELD in may_follow(steps)
    assert Step.TRIED not in may_follow(told(Step.OFFERED, Step.HELD))

"""Warnings 24, 48 and 66 hours after the true return: once each, to whom it concerns, in words that name nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter
from kith.foundations.notices.models import Notice
from kith.missing.actions import Back, Reported, correct_return, report_missing
from kith.missing.actions.conversations import Taking, assign_talker, take_step
from kith.missing.actions.warnings import warn_before_late
from kith.missing.models import Episode, Warned
from kith.missing.rules import Step
from kith.missing.tests.back import HOUR, conversation_of, make_amara
from kith.subjects.models import Subject
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
# The clocks go back on Sunday 25 October 2026 at 2 am: the night has one hour more.
BACK = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    return make_amara(cast)


@pytest.fixture
def episode(cast: Cast, amara: Subject) -> Episode:
    """She is back on the evening before the clocks go back."""
    reported = Reported(amara.pk, cast.police.pk, "missing", BACK - 6 * HOUR, back_at=BACK)
    return report_missing(reported=reported, by=cast.raj, now=BACK + HOUR)


def warned(cast: Cast, now: datetime) -> int:
    return warn_before_late(by=cast.loader, now=now)


def told(viewer: Viewer) -> list[str]:
    notices = Notice.objects.filter(viewer=viewer, once__startswith="warned").order_by("pk")
    return list(notices.values_list("text", flat=True))


def test_each_warning_comes_once_and_counts_hours_that_passed(cast: Cast, episode: Episode) -> None:
    assert warned(cast, BACK + 24 * HOUR - timedelta(minutes=1)) == 0
    for hours in (24, 48, 66):
        assert warned(cast, BACK + hours * HOUR) == 1
        assert warned(cast, BACK + hours * HOUR + timedelta(minutes=5)) == 0
    assert [text.split()[0] for text in told(cast.quinn)] == ["24", "48", "66"]
    assert told(cast.asha) == told(cast.quinn)
    assert told(cast.pia) == told(cast.raj) == []
    assert sorted(Warned.objects.values_list("hours", flat=True)) == [24, 48, 66]


def test_only_the_later_ones_ring_and_none_names_anybody(cast: Cast, episode: Episode) -> None:
    for hours in (24, 48, 66):
        warned(cast, BACK + hours * HOUR)
    pushed = Notice.objects.filter(viewer=cast.asha, pushed=True, once__startswith="warned")
    assert [notice.text.split()[0] for notice in pushed.order_by("pk")] == ["48", "66"]
    words = [*Notice.objects.values_list("text", flat=True), *Letter.objects.values_list("subject", flat=True)]
    words += Letter.objects.values_list("body", flat=True)
    assert not [text for text in words if "Amara" in text or "Osei" in text]
    assert conversation_of(episode).reference in told(cast.quinn)[0]


def test_after_a_night_without_service_people_are_told_the_last(cast: Cast, episode: Episode) -> None:
    assert warned(cast, BACK + 50 * HOUR) == 1
    assert [text.split()[0] for text in told(cast.quinn)] == ["48"]
    assert warned(cast, BACK + 51 * HOUR) == 0


def test_whoever_is_to_hold_it_is_warned_instead_of_the_team(cast: Cast, episode: Episode) -> None:
    talker = Viewer.objects.create(email="t@council.example", name="Tam", role="practitioner", agency=cast.council)
    talker.teams.add(cast.missing)
    with viewing_as(cast.quinn):
        pk = conversation_of(episode).pk
        assign_talker(conversation_id=pk, talker_id=talker.pk, by=cast.quinn, now=BACK + HOUR)
    warned(cast, BACK + 24 * HOUR)
    assert told(talker)
    assert not told(cast.quinn)


@pytest.mark.parametrize("step", [Step.HELD, Step.DECLINED, Step.NOT_OFFERED])
def test_nobody_is_warned_of_what_is_over(cast: Cast, episode: Episode, step: Step) -> None:
    pk = conversation_of(episode).pk
    reasons = {Step.DECLINED: "not-now", Step.NOT_OFFERED: "unsafe"}
    for taking in (
        Taking(Step.OFFERED, BACK + 2 * HOUR),
        Taking(step, BACK + 3 * HOUR, reason=reasons.get(step, ""), independent=True),
    ):
        take_step(conversation_id=pk, taking=taking, by=cast.quinn, now=BACK + 4 * HOUR)
    assert warned(cast, BACK + 70 * HOUR) == 0


def test_a_return_set_right_moves_the_warnings_and_is_told(cast: Cast, episode: Episode) -> None:
    warned(cast, BACK + 24 * HOUR)
    with viewing_as(cast.asha):
        later = Back(BACK + 10 * HOUR)
        correct_return(episode_id=episode.pk, back=later, why="She came in at dawn", by=cast.asha, now=BACK + 25 * HOUR)
    assert Notice.objects.filter(viewer=cast.quinn, text__contains="the time of return was").exists()
    assert warned(cast, BACK + 33 * HOUR) == 0
    assert warned(cast, BACK + 34 * HOUR) == 1
    assert [text.split()[0] for text in told(cast.quinn)] == ["24", "24"]


def test_an_earlier_return_warns_at_once(cast: Cast, episode: Episode) -> None:
    with viewing_as(cast.asha):
        earlier = Back(BACK - 5 * HOUR)
        now = BACK + 20 * HOUR
        correct_return(episode_id=episode.pk, back=earlier, why="Seen by a neighbour", by=cast.asha, now=now)
    assert warned(cast, BACK + 20 * HOUR) == 1

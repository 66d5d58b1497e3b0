"""A conversation is begun by the return; its steps are told, set right, and stop the clock of every absence covered."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Back, Reported, correct_return, report_missing
from kith.missing.actions.conversations import Taking, assign_talker, cover_no_longer, cover_too, take_step
from kith.missing.models import Conversation, Episode, Taken
from kith.missing.queries.talks import clock_of
from kith.missing.rules import Step
from kith.missing.rules.steps import NotAStep
from kith.missing.tests.back import BACK, HOUR, conversation_of, make_amara, take, was_missing
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def amara(cast: Cast) -> Subject:
    return make_amara(cast)


def is_open_to_quinn(cast: Cast, child: Subject) -> bool:
    with viewing_as(cast.quinn):
        return Subject.objects.filter(pk=child.pk).exists()


def test_a_return_begins_one_and_the_next_absence_joins_it(cast: Cast, amara: Subject) -> None:
    first = was_missing(cast, amara)
    second = was_missing(cast, amara, gone=BACK + HOUR, back=BACK + 3 * HOUR)
    conversation = conversation_of(first)
    assert conversation == conversation_of(second)
    assert conversation.team == cast.missing
    take(cast, conversation, Step.OFFERED, BACK + 4 * HOUR)
    take(cast, conversation, Step.HELD, BACK + 5 * HOUR)
    for episode in Episode.objects.all():
        clock = clock_of(episode)
        assert clock is not None
        assert (clock.runs(), clock.in_time()) == (False, True)
    third = was_missing(cast, amara, gone=NOW - 9 * HOUR, back=NOW - 8 * HOUR)
    assert conversation_of(third) != conversation


def test_a_return_of_long_ago_begins_none(cast: Cast, amara: Subject) -> None:
    long_ago = BACK.replace(year=2025)
    was_missing(cast, amara, gone=long_ago - HOUR, back=long_ago)
    assert not Conversation.objects.exists()


def test_the_clock_runs_from_the_true_return(cast: Cast, amara: Subject) -> None:
    episode = was_missing(cast, amara)
    clock = clock_of(episode)
    assert clock is not None
    assert clock.due - clock.back == 72 * HOUR
    with viewing_as(cast.asha):
        back = Back(BACK - 5 * HOUR)
        right = correct_return(episode_id=episode.pk, back=back, why="The home saw her", by=cast.asha, now=NOW)
    clock = clock_of(right)
    assert clock is not None
    assert clock.back == BACK - 5 * HOUR


def test_declined_closes_the_record_and_another_offer_opens_it(cast: Cast, amara: Subject) -> None:
    conversation = conversation_of(was_missing(cast, amara))
    assert is_open_to_quinn(cast, amara)
    take(cast, conversation, Step.OFFERED, BACK + HOUR)
    again = {"again_on": date(2026, 11, 6), "again_who": "Her youth worker"}
    take(cast, conversation, Step.DECLINED, BACK + 2 * HOUR, reason="somebody-else", **again)
    conversation.refresh_from_db()
    assert (conversation.reason, conversation.offer_again_who) == ("somebody-else", "Her youth worker")
    assert not is_open_to_quinn(cast, amara)
    take(cast, conversation, Step.OFFERED, BACK + 3 * HOUR, who="Her youth worker")
    assert is_open_to_quinn(cast, amara)
    take(cast, conversation, Step.HELD, BACK + 4 * HOUR)
    take(cast, conversation, Step.WRITTEN_UP, BACK + 5 * HOUR)
    conversation.refresh_from_db()
    assert (conversation.declined_at, conversation.reason, conversation.offer_again_on) == (None, "", None)
    assert not is_open_to_quinn(cast, amara)


def test_a_wrong_step_is_set_right_by_another_row(cast: Cast, amara: Subject) -> None:
    conversation = conversation_of(was_missing(cast, amara))
    take(cast, conversation, Step.OFFERED, BACK + HOUR)
    wrong = take(cast, conversation, Step.DECLINED, BACK + 2 * HOUR, reason="not-now")
    take(cast, conversation, Step.ACCEPTED, BACK + 2 * HOUR, instead_of=wrong.pk)
    conversation.refresh_from_db()
    assert (conversation.declined_at, conversation.accepted_at) == (None, BACK + 2 * HOUR)
    assert Taken.objects.count() == 3
    assert is_open_to_quinn(cast, amara)
    again = Taken.objects.get(step="accepted")
    take(cast, conversation, Step.DECLINED, BACK + 2 * HOUR, reason="afraid", instead_of=again.pk)
    conversation.refresh_from_db()
    assert (conversation.reason, conversation.accepted_at) == ("afraid", None)
    with pytest.raises(NotAStep, match="already"):
        take(cast, conversation, Step.ACCEPTED, BACK + 2 * HOUR, instead_of=wrong.pk)
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        Taken.objects.update(words="Something else")


@pytest.mark.parametrize(
    ("step", "at", "more", "words"),
    [
        (Step.OFFERED, NOW + HOUR, {}, "not come yet"),
        (Step.OFFERED, BACK - 7 * HOUR, {}, "before the child was gone"),
        (Step.NOT_OFFERED, NOW, {}, "Say why it was not offered"),
        (Step.ACCEPTED, NOW, {}, "cannot come after"),
    ],
)
def test_what_cannot_be_is_refused(
    cast: Cast, amara: Subject, step: Step, at: object, more: dict[str, object], words: str
) -> None:
    conversation = conversation_of(was_missing(cast, amara))
    with pytest.raises(NotAStep, match=words):
        take(cast, conversation, step, at, **more)  # type: ignore[arg-type]


def test_nobody_holds_one_before_the_child_is_back_or_says_nothing_of_independence(cast: Cast, amara: Subject) -> None:
    conversation = conversation_of(was_missing(cast, amara))
    take(cast, conversation, Step.OFFERED, BACK - 3 * HOUR)
    with pytest.raises(NotAStep, match="not back by then"):
        take(cast, conversation, Step.HELD, BACK - HOUR)
    with pytest.raises(NotAStep, match="independent"):
        take(cast, conversation, Step.HELD, BACK + HOUR, independent=None)


def test_only_the_team_that_talks_tells_steps(cast: Cast, amara: Subject) -> None:
    conversation = conversation_of(was_missing(cast, amara))
    taking = Taking(Step.OFFERED, NOW)
    for viewer in (cast.asha, cast.raj, cast.pia):
        with viewing_as(viewer), pytest.raises(NotAllowed, match="team that talks"):
            take_step(conversation_id=conversation.pk, taking=taking, by=viewer, now=NOW)


def test_somebody_of_the_team_is_to_hold_it(cast: Cast, amara: Subject) -> None:
    conversation = conversation_of(was_missing(cast, amara))
    with viewing_as(cast.quinn):
        assigned = assign_talker(conversation_id=conversation.pk, talker_id=cast.quinn.pk, by=cast.quinn, now=NOW)
        assert assigned.talker == cast.quinn
        with pytest.raises(NotAStep):
            assign_talker(conversation_id=conversation.pk, talker_id=cast.asha.pk, by=cast.quinn, now=NOW)


def test_absences_are_added_and_parted(cast: Cast, amara: Subject) -> None:
    first = was_missing(cast, amara)
    conversation = conversation_of(first)
    take(cast, conversation, Step.OFFERED, BACK + HOUR)
    take(cast, conversation, Step.HELD, BACK + 2 * HOUR)
    later = was_missing(cast, amara, gone=BACK + 3 * HOUR, back=BACK + 4 * HOUR)
    with viewing_as(cast.quinn), pytest.raises(NotAStep, match="before the child was back"):
        cover_too(conversation_id=conversation.pk, episode_id=later.pk, by=cast.quinn, now=NOW)
    earlier = was_missing(cast, amara, gone=BACK - 12 * HOUR, back=BACK - 9 * HOUR)
    given = {"episode_id": earlier.pk, "by": cast.quinn, "now": NOW}
    with viewing_as(cast.quinn):
        cover_too(conversation_id=conversation.pk, **given)
        assert conversation_of(earlier) == conversation
        own = cover_no_longer(conversation_id=conversation.pk, **given)
        assert conversation_of(earlier) == own
        with pytest.raises(NotAStep, match="at least one"):
            cover_no_longer(conversation_id=own.pk, **given)


def test_each_tier_may_know_of_it(cast: Cast, amara: Subject) -> None:
    was_missing(cast, amara)
    seen = set()
    for viewer in cast.everybody():
        with viewing_as(viewer):
            if Conversation.objects.exists():
                seen.add(viewer.name.split()[0])
    assert seen == {"Asha", "Pia", "Quinn", "Raj"}


def test_away_is_offered_one_too(cast: Cast, amara: Subject) -> None:
    reported = Reported(amara.pk, cast.council.pk, "away", BACK - 6 * HOUR, back_at=BACK)
    assert conversation_of(report_missing(reported=reported, by=cast.asha, now=NOW)).offered_at is None

"""Two accounts are one absence or two: a person says which, with a reason, and it can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kith.foundations.access.models import Agency
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Back, Reported, report_missing, say_back
from kith.missing.actions.joining import join, move_back, tell_apart
from kith.missing.models import Account, Covered, Episode
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    return child


def told(cast: Cast, child: Subject, agency: Agency, gone: float, back: float | None = None) -> Episode:
    reported = Reported(
        child.pk, agency.pk, "missing", NOW - gone * HOUR, back_at=None if back is None else NOW - back * HOUR
    )
    return report_missing(reported=reported, by=cast.asha, now=NOW)


def account_of(agency: Agency) -> Account:
    return Account.objects.get(agency=agency)


def test_told_apart_each_has_its_own_start_and_return(cast: Cast, amara: Subject) -> None:
    episode = told(cast, amara, cast.police, 30, 20)
    assert told(cast, amara, cast.council, 29, 2) == episode
    with viewing_as(cast.raj):
        own = tell_apart(account_id=account_of(cast.council).pk, because="Another evening", by=cast.raj, now=NOW)
    episode.refresh_from_db()
    own.refresh_from_db()
    assert (episode.gone_at, episode.back_at) == (NOW - 30 * HOUR, NOW - 20 * HOUR)
    assert (own.gone_at, own.back_at) == (NOW - 29 * HOUR, NOW - 2 * HOUR)
    account = account_of(cast.council)
    assert (account.kept_apart, account.joined_because, account.joined_by) == (True, "Another evening", cast.raj)
    with pytest.raises(NotAllowed):
        tell_apart(account_id=account.pk, because="Again", by=cast.raj, now=NOW)


def test_the_one_that_was_told_first_moves_and_the_absence_begins_as_the_other_says(cast: Cast, amara: Subject) -> None:
    episode = told(cast, amara, cast.police, 30)
    told(cast, amara, cast.council, 28)
    own = tell_apart(account_id=account_of(cast.police).pk, because="Another child", by=cast.asha, now=NOW)
    episode.refresh_from_db()
    assert episode.gone_at == NOW - 28 * HOUR
    assert own.gone_at == NOW - 30 * HOUR


def test_undone_it_stands_as_before(cast: Cast, amara: Subject) -> None:
    episode = told(cast, amara, cast.police, 30, 20)
    told(cast, amara, cast.council, 29, 22)
    episode.refresh_from_db()
    before = episode.back_at
    own = tell_apart(account_id=account_of(cast.council).pk, because="Another evening", by=cast.asha, now=NOW)
    episode.refresh_from_db()
    assert episode.back_at == NOW - 20 * HOUR
    move_back(account_id=account_of(cast.council).pk, because="The same after all", by=cast.asha, now=NOW)
    episode.refresh_from_db()
    own.refresh_from_db()
    assert episode.back_at == before == NOW - 22 * HOUR
    assert own.not_missing_because == f"Joined with {episode.reference}"
    with pytest.raises(NotAllowed):
        move_back(account_id=account_of(cast.council).pk, because="Once more", by=cast.asha, now=NOW)


def test_two_by_one_agency_are_one_where_a_person_says_so_and_undone_are_two(cast: Cast, amara: Subject) -> None:
    first, second = told(cast, amara, cast.police, 30), told(cast, amara, cast.police, 29)
    say_back(episode_id=second.pk, back=Back(NOW - HOUR, found_by="police"), by=cast.raj, now=NOW)
    assert Covered.objects.get().episode == second
    join(episode_id=second.pk, into_id=first.pk, because="Rung in twice", by=cast.raj, now=NOW)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.back_at == NOW - HOUR
    assert second.not_missing_because == f"Joined with {first.reference}"
    assert Covered.objects.get().episode == first
    assert first.returns.get().why.startswith(f"Said of {second.reference}")
    moved = Account.objects.get(moved_from=second)
    move_back(account_id=moved.pk, because="It was two", by=cast.raj, now=NOW)
    second.refresh_from_db()
    assert second.not_missing_because == ""
    assert Account.objects.filter(episode=second).count() == 1


def test_two_children_are_never_joined_and_a_reason_is_asked(cast: Cast, amara: Subject) -> None:
    one = told(cast, amara, cast.police, 30)
    other = told(cast, make_person("Leo Whitcombe"), cast.police, 30)
    for into, because in ((other, "Alike"), (one, "Itself"), (other, " ")):
        with pytest.raises(NotAllowed):
            join(episode_id=one.pk, into_id=into.pk, because=because, by=cast.raj, now=NOW)


def test_nobody_moves_what_they_cannot_see(cast: Cast, amara: Subject) -> None:
    told(cast, amara, cast.police, 30)
    told(cast, amara, cast.council, 29)
    account = account_of(cast.council).pk
    with viewing_as(cast.dev), pytest.raises(Account.DoesNotExist):
        tell_apart(account_id=account, because="Not mine", by=cast.dev, now=NOW)

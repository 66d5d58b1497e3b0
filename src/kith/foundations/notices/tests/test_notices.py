"""Told once; rung at most so often in a day; a letter and a text that name nobody."""

from datetime import timedelta

import pytest

from kith.foundations.access.viewing import viewing_as
from kith.foundations.letters.models import Letter, Text
from kith.foundations.notices.actions import News, mark_seen, tell
from kith.foundations.notices.models import Notice
from kith.foundations.notices.queries import pushes_since, unseen
from tests.support.cast import NOW, Cast, make_circle

URGENT = News("A child is missing: M-AB12", "/missing/1", "episode:1", "episode:1:opened", urgent=True)


@pytest.mark.django_db
def test_the_same_news_is_told_once(cast: Cast) -> None:
    scope = make_circle()
    first = tell(viewers=[cast.asha, cast.ben], news=URGENT, scope=scope, now=NOW)
    again = tell(viewers=[cast.asha, cast.ben, cast.carol], news=URGENT, scope=scope, now=NOW)
    assert [len(first), len(again)] == [2, 1]
    assert Letter.objects.count() == 3


@pytest.mark.django_db
def test_beyond_the_days_number_it_waits_on_the_desk(cast: Cast) -> None:
    scope = make_circle()
    for number in range(7):
        news = News(f"Number {number}", "/missing/1", "episode:1", f"once:{number}", urgent=True)
        tell(viewers=[cast.asha], news=news, scope=scope, now=NOW)
    assert Letter.objects.count() == 5
    assert unseen(cast.asha).filter(kept_quiet=True).count() == 2
    past = News("Nobody else can go", "/moments/1", "moment:1", "past", urgent=True, past_budget=True)
    tell(viewers=[cast.asha], news=past, scope=scope, now=NOW)
    assert Letter.objects.count() == 6
    assert pushes_since([cast.asha], NOW - timedelta(hours=1)) == {cast.asha.pk: (6, 2)}
    tell(viewers=[cast.asha], news=News("Tomorrow", "/", "x", "tomorrow", urgent=True), scope=scope,
         now=NOW + timedelta(days=1))  # fmt: skip
    assert Letter.objects.count() == 7


@pytest.mark.django_db
def test_a_phone_gets_a_text_and_an_inactive_person_nothing(cast: Cast) -> None:
    cast.asha.phone, cast.ben.is_active = "07700 900101", False
    tell(viewers=[cast.asha, cast.ben], news=URGENT, scope=make_circle(), now=NOW)
    assert Text.objects.get().to == "07700 900101"
    assert Notice.objects.get().viewer_id == cast.asha.pk


@pytest.mark.django_db
def test_notices_are_ones_own(cast: Cast) -> None:
    told = tell(viewers=[cast.asha], news=URGENT, scope=make_circle(), now=NOW)
    with viewing_as(cast.ben):
        assert Notice.objects.count() == 0
        assert mark_seen(viewer=cast.ben, notices=[told[0].pk], now=NOW) == 0
    with viewing_as(cast.asha):
        assert mark_seen(viewer=cast.asha, notices=[told[0].pk], now=NOW) == 1
        assert not unseen(cast.asha).exists()

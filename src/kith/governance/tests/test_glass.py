"""Breaking the glass: only behind a headline, for hours, told to those whose work it is, reviewed by somebody else."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.access.actions import break_glass, review_break_glass
from kith.foundations.access.models import BreakGlass
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.queries import glass_broken_on_my_records
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.clocks import working_days_between
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person

pytestmark = pytest.mark.django_db
WHY = "She is in my office now and frightened to go home tonight."


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Osei")
    let_in(amara, cast.east, cast.carol)
    return amara


def ask(client: Client, who, subject_id: int, **given: str):
    client.force_login(who)
    return client.post(f"/records/{subject_id}/break-glass", {"ground": "with-child", "reason": WHY, **given})


def test_farah_reads_why_she_might_and_who_will_be_told(client: Client, cast: Cast, amara: Subject) -> None:
    client.force_login(cast.farah)
    page = BeautifulSoup(client.get(f"/records/{amara.pk}/break-glass").content, "html.parser").main.text
    for words in ("opens to you for 4 hours", "told at once", "within 2 working days", "Contextual Safeguarding East"):
        assert words in page
    assert "Osei" in page


def test_farah_breaks_the_glass_and_reads_for_four_hours(client: Client, cast: Cast, amara: Subject) -> None:
    response = ask(client, cast.farah, amara.pk)
    assert response.url == f"/records/{amara.pk}/"
    broken = BreakGlass.objects.get()
    assert broken.opening.until - broken.at == timedelta(hours=4)
    assert working_days_between(broken.at, broken.review_due) == 2
    with viewing_as(cast.farah):
        assert Subject.objects.filter(pk=amara.pk).exists()
    line = AuditEvent.objects.get(action="break-glass")
    assert (line.viewer_id, line.subjects) == (cast.farah.pk, [amara.pk])
    assert WHY not in str(line.details)


def test_after_four_hours_it_is_closed_again(cast: Cast, amara: Subject) -> None:
    earlier = timezone.now() - timedelta(hours=4, minutes=1)
    break_glass(viewer=cast.farah, subject_id=amara.pk, scope=amara.scope, reason=WHY, now=earlier)
    with viewing_as(cast.farah):
        assert not Subject.objects.filter(pk=amara.pk).exists()


@pytest.mark.parametrize("reason", ["", "x", "need to see", "because because because because because"])
def test_a_reason_that_says_nothing_is_asked_for_again(client: Client, cast: Cast, amara: Subject, reason: str) -> None:
    response = ask(client, cast.farah, amara.pk, reason=reason)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()
    assert not BreakGlass.objects.exists()


def test_dev_and_those_without_headlines_find_nothing(client: Client, cast: Cast, amara: Subject) -> None:
    for who in (cast.dev, cast.ellis, cast.gwen, cast.idris):
        assert ask(client, who, amara.pk).status_code == 404
        assert client.get(f"/records/{amara.pk}/break-glass").status_code == 404
    assert not BreakGlass.objects.exists()


def test_no_headline_no_glass_to_break(client: Client, cast: Cast) -> None:
    isla = make_person("Isla Hartnell", headline=False)
    assert ask(client, cast.farah, isla.pk).status_code == 404


def test_whoever_is_in_the_circle_has_no_glass_to_break(client: Client, cast: Cast, amara: Subject) -> None:
    assert ask(client, cast.carol, amara.pk).url == f"/records/{amara.pk}/"
    assert not BreakGlass.objects.exists()


def test_the_sixth_in_a_day_is_told_to_ring(client: Client, cast: Cast) -> None:
    for number in range(5):
        assert ask(client, cast.farah, make_person(f"Child {number}").pk).status_code == 302
    another = make_person("Leo Whitcombe")
    assert ask(client, cast.farah, another.pk).status_code == 403
    assert "Ring the front door" in client.get(f"/records/{another.pk}/break-glass").content.decode()
    assert BreakGlass.objects.count() == 5


def test_those_whose_work_it_is_are_told_and_nobody_else(client: Client, cast: Cast, amara: Subject) -> None:
    ask(client, cast.farah, amara.pk)
    now = timezone.now()
    told = []
    for who in cast.everybody():
        with viewing_as(who):
            told += [who.get_short_name()] if glass_broken_on_my_records(who, now).exists() else []
    assert told == ["Asha", "Ben", "Carol", "Hana"]


def test_hana_reviews_it_on_the_page(client: Client, cast: Cast, amara: Subject) -> None:
    ask(client, cast.farah, amara.pk)
    client.get(f"/records/{amara.pk}/")
    broken = BreakGlass.objects.get()
    client.force_login(cast.hana)
    assert "Farah Aziz opened Amara Osei" in client.get("/break-glass/").content.decode()
    page = client.get(f"/break-glass/{broken.pk}/").content.decode()
    assert WHY in page
    assert "Broke the glass" in page
    assert client.post(f"/break-glass/{broken.pk}/", {"outcome": "question", "note": ""}).status_code == 422
    assert client.post(f"/break-glass/{broken.pk}/", {"outcome": "justified", "note": "Thank you"}).status_code == 302
    broken.refresh_from_db()
    assert (broken.outcome, broken.reviewed_by) == ("justified", cast.hana)
    assert AuditEvent.objects.get(action="review-break-glass").details["late"] is False
    assert "Somebody has reviewed this already" not in client.get(f"/break-glass/{broken.pk}/").content.decode()


def test_ellis_reviews_without_learning_the_name(client: Client, cast: Cast, amara: Subject) -> None:
    ask(client, cast.farah, amara.pk)
    client.force_login(cast.ellis)
    page = client.get("/break-glass/").content.decode()
    assert f"Record {amara.pk} (A.O.)" in page
    assert "Osei" not in page


def test_nobody_reviews_their_own_or_a_reviewed_one(cast: Cast, amara: Subject) -> None:
    now = timezone.now()
    broken = break_glass(viewer=cast.hana, subject_id=amara.pk, scope=amara.scope, reason=WHY, now=now)
    with pytest.raises(NotAllowed, match="Somebody else"):
        review_break_glass(broken=broken, outcome="justified", note="", by=cast.hana, now=now)
    review_break_glass(broken=broken, outcome="justified", note="", by=cast.ellis, now=now)
    with pytest.raises(NotAllowed, match="already"):
        review_break_glass(broken=broken, outcome="justified", note="", by=cast.ellis, now=now)


def test_what_was_not_justified_closes_at_once(cast: Cast, amara: Subject) -> None:
    now = timezone.now()
    broken = break_glass(viewer=cast.farah, subject_id=amara.pk, scope=amara.scope, reason=WHY, now=now)
    with viewing_as(cast.hana):
        review_break_glass(
            broken=broken, outcome="not-justified", note="No such visit took place.", by=cast.hana, now=now
        )
    with viewing_as(cast.farah):
        assert not Subject.objects.filter(pk=amara.pk).exists()


def test_the_database_lets_nobody_else_read_or_review_a_reason(cast: Cast, amara: Subject) -> None:
    broken = break_glass(viewer=cast.farah, subject_id=amara.pk, scope=amara.scope, reason=WHY, now=timezone.now())
    for who in (cast.dev, cast.gwen, cast.idris):
        with viewing_as(who):
            assert not BreakGlass.objects.exists()
            assert BreakGlass.objects.filter(pk=broken.pk).update(reviewed_by=who, reviewed_at=timezone.now()) == 0

"""A group or a place is assessed in words: written, read, looked at again, printed; every version is kept as it is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.subjects.assessing.actions import Assessed, assess, review
from kith.subjects.assessing.presenters import show_standing
from kith.subjects.assessing.rules import kinds, rewritten
from kith.subjects.models import Assessment, AssessmentReview, Subject
from tests.support.cast import NOW, Cast, let_in, make_group, make_link, make_person, make_place

pytestmark = pytest.mark.django_db
TYPED = {
    "purpose": "To make Friday evenings safe for all three",
    "said": "It is where we are left alone",
    "strengths": "Jamal walks the others home",
    "harms": "A man waits in a car and offers lifts",
    "places": "The north gate, Fridays after 8",
    "guardians": "The youth team from 7",
    "at_risk": "Tia: lifts from the man. Her mother fetches her now",
    "next_steps": "The lamps are mended",
}


@pytest.fixture
def group(cast: Cast) -> Subject:
    made = make_group("Friday night at the park")
    let_in(made, cast.asha)
    return made


def words(**other: Any) -> Assessed:
    given = {"told": TYPED, "review_on": timezone.localdate() + timedelta(days=60), **other}
    return Assessed(**given)


def written(group: Subject, cast: Cast, **other: Any) -> Assessment:
    with viewing_as(cast.asha):
        return assess(subject_id=group.pk, assessed=words(**other), by=cast.asha, now=NOW)


def day(ahead: int) -> dict[str, str]:
    on = timezone.localdate() + timedelta(days=ahead)
    return {"review_on-day": str(on.day), "review_on-month": str(on.month), "review_on-year": str(on.year)}


def test_which_parts_say_something_else() -> None:
    parts = kinds()["group"].parts
    assert rewritten(parts, {"harms": "A"}, {"harms": "A ", "said": "B"}) == ("What the young people say: now said.",)
    assert rewritten(parts, {"harms": "A", "places": "X"}, {"harms": "B"}) == (
        "What harms them: said otherwise.",
        "Where they are, and when: no longer said.",
    )


def test_it_is_written_and_read_and_the_group_is_looked_at_again_on_its_day(
    cast: Cast, group: Subject, client: Client
) -> None:
    client.force_login(cast.asha)
    assert "None is written yet" in client.get(f"/records/{group.pk}/").content.decode()
    address = f"/records/{group.pk}/assess"
    page = client.get(address).content.decode()
    assert "Why it is written anew" not in page
    assert client.post(address, {**TYPED, **day(60), "at_risk": ""}).status_code == 422
    page = client.post(address, {**TYPED, **day(60)}, follow=True).content.decode()
    kept = Assessment.objects.get()
    assert [one for one in TYPED.values() if one not in page] == []
    assert f"Version 1, signed by {cast.asha.name}" in page
    group.group.refresh_from_db()
    assert group.group.review_on == kept.review_on
    overview = client.get(f"/records/{group.pk}/").content.decode()
    assert f"/groups/assessments/{kept.pk}/" in overview
    assert AuditEvent.objects.filter(action="assess-group", viewer_id=cast.asha.pk).count() == 1
    assert AuditEvent.objects.filter(action="read-assessment", viewer_id=cast.asha.pk).count() == 1


def test_a_later_version_says_why_and_the_first_is_kept(cast: Cast, group: Subject, client: Client) -> None:
    first = written(group, cast)
    client.force_login(cast.asha)
    address = f"/records/{group.pk}/assess"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert page.find("textarea", {"name": "harms"}).get_text(strip=True) == TYPED["harms"]
    assert client.post(address, {**TYPED, **day(30)}).status_code == 422
    again = {**TYPED, **day(30), "harms": "The man was arrested", "why_now": "He is gone"}
    page = client.post(address, again, follow=True).content.decode()
    assert "Written anew because: He is gone" in page
    assert "What harms them: said otherwise." in page
    assert "What is strong:" not in page
    old = client.get(f"/groups/assessments/{first.pk}/").content.decode()
    assert TYPED["harms"] in old
    assert "A newer version stands" in old
    assert list(Assessment.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        assess(subject_id=group.pk, assessed=words(), by=cast.asha, now=NOW)


def test_what_was_written_is_never_changed(cast: Cast, group: Subject) -> None:
    one = written(group, cast)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Assessment.objects.filter(pk=one.pk).update(told={"harms": "None"})
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Assessment.objects.filter(pk=one.pk).delete()


def test_it_is_looked_at_again_and_what_follows_is_kept_beside_it(cast: Cast, group: Subject, client: Client) -> None:
    one = written(group, cast)
    client.force_login(cast.asha)
    address = f"/groups/assessments/{one.pk}/review"
    assert client.post(address, {"outcome": "stands", "found": "Walked there with all three"}).status_code == 422
    said = {"outcome": "stands", "found": "Walked there with all three", **day(90)}
    page = client.post(address, said, follow=True).content.decode()
    assert "It still says how things are." in page
    assert "Walked there with all three" in page
    group.group.refresh_from_db()
    assert group.group.review_on == timezone.localdate() + timedelta(days=90)
    client.post(address, {"outcome": "no-longer", "found": "They have moved on", "review_on-day": ""})
    group.group.refresh_from_db()
    assert group.group.review_on is None
    assert AssessmentReview.objects.count() == 2
    answer = client.post(address, {"outcome": "anew", "found": "Others joined them", **day(5)})
    assert answer["Location"] == f"/records/{group.pk}/assess"
    second = written(group, cast, why_now="Others joined them")
    assert second.version == 2
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        review(assessment=one, outcome="stands", found="x", review_on=NOW.date(), by=cast.asha, now=NOW)


def test_a_day_that_is_past_is_said(cast: Cast, group: Subject) -> None:
    one = written(group, cast)
    assert "which is past" not in show_standing(one, one.review_on).words
    assert "which is past" in show_standing(one, one.review_on + timedelta(days=1)).words


def test_it_is_printed_with_who_and_when(cast: Cast, group: Subject, client: Client) -> None:
    one = written(group, cast)
    client.force_login(cast.asha)
    page = BeautifulSoup(client.get(f"/groups/assessments/{one.pk}/print").content, "html.parser")
    assert [text for text in TYPED.values() if text not in page.get_text()] == []
    assert f"by {cast.asha.name}" in page.get_text()
    assert "OFFICIAL-SENSITIVE" in page.get_text()
    assert group.name not in page.title.get_text()
    assert AuditEvent.objects.filter(action="read-assessment", what__contains="print").count() == 1


def test_others_neither_read_nor_write_it(cast: Cast, group: Subject, client: Client) -> None:
    one = written(group, cast)
    for who in (cast.ben, cast.carol, cast.vera, cast.uma):
        client.force_login(who)
        for address in (f"/groups/assessments/{one.pk}/", f"/groups/assessments/{one.pk}/print",
                        f"/groups/assessments/{one.pk}/review", f"/records/{group.pk}/assess"):  # fmt: skip
            assert client.get(address).status_code == 404, (who.name, address)
        with viewing_as(who):
            assert Assessment.objects.count() == 0
    with viewing_as(cast.ben), pytest.raises(PermissionDenied):
        assess(subject_id=group.pk, assessed=words(why_now="Because"), by=cast.ben, now=NOW)


def test_nobody_is_assessed_so(cast: Cast, client: Client) -> None:
    child = make_person()
    let_in(child, cast.asha)
    client.force_login(cast.asha)
    assert client.get(f"/records/{child.pk}/assess")["Location"] == f"/records/{child.pk}/"
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        assess(subject_id=child.pk, assessed=words(), by=cast.asha, now=NOW)


def test_many_versions_and_reviews_ask_no_more(cast: Cast, group: Subject, client: Client) -> None:
    one = written(group, cast)
    client.force_login(cast.asha)
    client.get(f"/groups/assessments/{one.pk}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/groups/assessments/{one.pk}/")
    for number in range(5):
        last = written(group, cast, why_now=f"Anew {number}")
        with viewing_as(cast.asha):
            review(assessment=last, outcome="stands", found="x", review_on=NOW.date(), by=cast.asha, now=NOW)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/groups/assessments/{last.pk}/")
    assert len(many) <= len(few)


OF_A_PLACE = {
    "purpose": "That whoever waits here after school is safe",
    "harms": "A man offers food and lifts, on school days from 3:30 to 4:30",
    "drawn": "About a dozen pupils of 12 to 15, who wait for a bus",
    "owners": "Staff may let in ticket holders only",
    "said": "We would wait inside if they let us",
    "guardians": "The kiosk’s two staff until 5; drivers",
    "design": "Bay 4 is out of sight of the office",
    "strengths": "Drivers know the pupils",
    "tried": "An earlier bus was asked for in May and refused",
    "welfare": "The kiosk rings the front door and lets the child wait inside",
    "next_steps": "The waiting room is open until 5, and somebody stands at bay 4",
}


@pytest.fixture
def station(cast: Cast) -> Subject:
    made = make_place("Coach Station")
    let_in(made, cast.asha)
    return made


def test_a_place_is_assessed_by_the_same_path_with_its_own_questions(
    cast: Cast, station: Subject, client: Client
) -> None:
    client.force_login(cast.asha)
    record = client.get(f"/records/{station.pk}/").content.decode()
    assert "Next:</strong> The assessment is written." in record
    address = f"/records/{station.pk}/assess"
    page = client.get(address).content.decode()
    assert "Whoever is found here is a child first." in page
    assert "How the place is made" in page
    assert "What the young people say" not in page
    page = client.post(address, {**OF_A_PLACE, **day(60)}, follow=True).content.decode()
    kept = Assessment.objects.get()
    assert [one for one in OF_A_PLACE.values() if one not in page] == []
    assert "Whoever is found here is a child first." in page
    assert client.get(f"/places/assessments/{kept.pk}/").status_code == 200
    assert client.get(f"/groups/assessments/{kept.pk}/").status_code == 404
    printed = client.get(f"/places/assessments/{kept.pk}/print").content.decode()
    assert "It names no child; keep it so." in printed
    assert "Whoever is found here is a child first." in printed
    record = client.get(f"/records/{station.pk}/").content.decode()
    assert "What will change here is planned" in record
    said = {"outcome": "no-longer", "found": "The station has closed"}
    page = client.post(f"/places/assessments/{kept.pk}/review", said, follow=True).content.decode()
    assert "The place no longer needs an assessment." in page
    assert AuditEvent.objects.filter(action="assess-place", viewer_id=cast.asha.pk).count() == 1
    assert AuditEvent.objects.filter(action="review-place", viewer_id=cast.asha.pk).count() == 1


def test_what_a_place_needs_said_is_said(cast: Cast, station: Subject) -> None:
    told = {**OF_A_PLACE, "guardians": " "}
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="Who looks out here, and who could"):
        assess(subject_id=station.pk, assessed=words(told=told), by=cast.asha, now=NOW)


@pytest.mark.parametrize("kind", ["seen-at", "attends"])
def test_words_of_a_place_name_nobody_who_comes_there(cast: Cast, station: Subject, client: Client, kind: str) -> None:
    will = make_person("Will Okafor")
    make_link(will, station, kind=kind)
    client.force_login(cast.asha)
    address = f"/records/{station.pk}/assess"
    told = {**OF_A_PLACE, "drawn": "will okafor and others", **day(60)}
    answer = client.post(address, told)
    assert answer.status_code == 422
    assert "Leave “Will Okafor” out" in answer.content.decode()
    first_name = client.post(address, {**OF_A_PLACE, "harms": "A man drives Will about", **day(60)})
    assert first_name.status_code == (422 if kind == "seen-at" else 302)
    if kind == "seen-at":
        assert client.post(address, {**OF_A_PLACE, "harms": "Staff will ring", **day(60)}).status_code == 302
    with viewing_as(cast.asha), pytest.raises(NotAllowed, match="Leave “Will Okafor” out"):
        review(assessment=Assessment.objects.get(), outcome="stands", found="Will Okafor was there",
               review_on=NOW.date(), by=cast.asha, now=NOW)  # fmt: skip


def test_words_of_a_place_name_no_child_whose_record_was_opened_today(
    cast: Cast, station: Subject, client: Client
) -> None:
    rose = make_person("Rose Adekunle")
    let_in(rose, cast.asha)
    client.force_login(cast.asha)
    address = f"/records/{station.pk}/assess"
    told = {**OF_A_PLACE, "harms": "Older men speak to Rose", **day(60)}
    client.get(f"/records/{rose.pk}/")
    answer = client.post(address, told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Leave “Rose” out: you opened the record of a child of this name today" in page
    assert "Older men speak to Rose" in page, "the words are kept"
    assert client.post(address, {**OF_A_PLACE, "harms": "A rose garden", **day(60)}).status_code == 302


def test_of_a_child_whom_the_writer_did_not_open_today_nothing_is_said(
    cast: Cast, station: Subject, client: Client
) -> None:
    rose = make_person("Rose Adekunle")
    let_in(rose, cast.asha)
    client.force_login(cast.ben)
    client.get(f"/records/{rose.pk}/")
    client.force_login(cast.asha)
    told = {**OF_A_PLACE, "harms": "Older men speak to Rose", **day(60)}
    assert client.post(f"/records/{station.pk}/assess", told).status_code == 302

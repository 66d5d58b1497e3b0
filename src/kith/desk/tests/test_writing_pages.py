"""Writing on records, as a page does it: nothing typed is lost, and what is wrong is said."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from kith.chronology.models import Dispute, Entry, EntrySubject
from kith.subjects.models import Group, LinkEvidence, Place, Subject
from tests.support.cast import Cast, let_in, make_entry, make_person, make_place

pytestmark = pytest.mark.django_db
DAY = {"on-day": "2", "on-month": "11", "on-year": "2025"}
LAST_SEEN = {"last_seen-day": "2", "last_seen-month": "11", "last_seen-year": "2025"}


@pytest.fixture
def as_asha(client: Client, cast: Cast) -> Client:
    client.force_login(cast.asha)
    return client


@pytest.fixture
def friends(cast: Cast) -> list[Subject]:
    friends = [make_person("Amara Osei"), make_person("Leo Whitcombe"), make_place()]
    for friend in friends:
        let_in(friend, cast.asha)
    return friends


def page_of(response) -> BeautifulSoup:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def note(friends: list[Subject], **typed: str) -> dict[str, object]:
    about = {"about": [friend.pk for friend in friends]}
    private = {f"private-{friend.pk}": f"Only {friend.name}" for friend in friends}
    return {"text": "Seen at the park", "kind": "note", "time": "4:10 pm", **DAY, **about, **private, **typed}


def test_a_note_about_two_friends_and_a_park_is_one_entry(as_asha: Client, friends: list[Subject]) -> None:
    response = as_asha.post(reverse("entry-new"), note(friends, save="yes"))
    entry = Entry.objects.get()
    assert (
        response["Location"] == f"{reverse('record-chronology', args=[friends[0].pk])}?month=2025-11#entry-{entry.pk}"
    )
    assert {row.private_text for row in EntrySubject.objects.all()} == {f"Only {friend.name}" for friend in friends}
    assert entry.at is not None
    assert entry.at.isoformat() == "2025-11-02T16:10:00+00:00"


def test_finding_adding_and_taking_away_keep_everything_typed(as_asha: Client, friends: list[Subject]) -> None:
    amara, leo, park = friends
    found = page_of(as_asha.post(reverse("entry-new"), note([amara], look="yes", find="whitc")))
    assert found.find("button", {"name": "add", "value": leo.pk})
    assert found.find("textarea", {"name": "text"}).text.strip() == "Seen at the park"
    assert not found.select(".govuk-error-summary")
    added = page_of(as_asha.post(reverse("entry-new"), note([amara], add=str(leo.pk))))
    assert [box["value"] for box in added.find_all("input", {"name": "about"})] == [str(amara.pk), str(leo.pk)]
    assert added.find("textarea", {"name": f"private-{amara.pk}"}).text.strip() == "Only Amara Osei"
    gone = page_of(as_asha.post(reverse("entry-new"), note([amara, park], remove=str(park.pk))))
    assert [box["value"] for box in gone.find_all("input", {"name": "about"})] == [str(amara.pk)]
    assert not Entry.objects.exists()


def test_only_records_that_are_open_can_be_found_or_added(as_asha: Client, friends: list[Subject]) -> None:
    noor = make_person("Noor Haddad")
    found = page_of(as_asha.post(reverse("entry-new"), note(friends[:1], look="yes", find="noor")))
    assert not found.find("button", {"name": "add", "value": noor.pk})
    added = page_of(as_asha.post(reverse("entry-new"), note(friends[:1], add=str(noor.pk))))
    assert "Noor Haddad" not in added.text
    assert as_asha.post(reverse("entry-new"), note([noor], save="yes")).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "text"),
        ({"on-month": "13"}, "on"),
        ({"on-year": "2099"}, "on"),
        ({"time": "lots"}, "time"),
        ({"about": []}, "find"),
    ],
)
def test_what_is_wrong_is_said_where_it_is_and_the_rest_is_kept(
    as_asha: Client, friends: list[Subject], typed: dict[str, str], said: str
) -> None:
    page = page_of(as_asha.post(reverse("entry-new"), note(friends, save="yes") | typed))
    [link] = page.select(".govuk-error-summary a")
    assert link["href"].startswith(f"#id_{said}")
    assert page.select_one(link["href"])
    assert page.find("input", {"name": "on-day"})["value"] == "2"
    assert not Entry.objects.exists()


def test_a_note_is_corrected_by_its_writer_and_by_nobody_else(
    as_asha: Client, cast: Cast, friends: list[Subject]
) -> None:
    as_asha.post(reverse("entry-new"), note(friends, save="yes"))
    old = Entry.objects.get()
    address = reverse("entry-correct", args=[old.pk])
    page = page_of(as_asha.get(address))
    assert page.find("textarea", {"name": "text"}).text.strip() == "Seen at the park"
    as_asha.post(address, note(friends[:1], text="Seen at the docks", because="Wrong place", save="yes"))
    old.refresh_from_db()
    assert old.superseded_by is not None
    assert old.superseded_by.summary == "Seen at the docks"
    let_in(friends[0], cast.ben)
    as_asha.force_login(cast.ben)
    assert as_asha.get(reverse("entry-correct", args=[old.superseded_by.pk])).status_code == 403


def test_significance_and_disputes(as_asha: Client, friends: list[Subject]) -> None:
    entry = make_entry("Seen at the park", *friends)
    here = [friends[0].pk, entry.pk]
    as_asha.post(reverse("entry-significant", args=here), {"impact": "She named it", "mark": "yes"})
    assert EntrySubject.objects.get(significant=True).impact == "She named it"
    as_asha.post(reverse("entry-significant", args=here), {"unmark": "yes"})
    assert not EntrySubject.objects.filter(significant=True).exists()
    as_asha.post(reverse("entry-dispute", args=here), {"said_by": "Amara", "text": "It was Tuesday"})
    assert Dispute.objects.get().text == "It was Tuesday"
    elsewhere = page_of(as_asha.get(reverse("record-chronology", args=[friends[1].pk])))
    assert "Amara disputes this" in elsewhere.text


def test_an_entry_of_another_record_is_not_there(as_asha: Client, friends: list[Subject]) -> None:
    entry = make_entry("Elsewhere", make_person("Noor Haddad"))
    for name in ("entry-significant", "entry-dispute"):
        assert as_asha.get(reverse(name, args=[friends[0].pk, entry.pk])).status_code == 404
    assert as_asha.get(reverse("entry-correct", args=[entry.pk])).status_code == 404


def test_a_group_needs_its_purpose_and_a_day_of_review(as_asha: Client, cast: Cast) -> None:
    page = page_of(as_asha.post(reverse("group-new"), {"name": "Friday night"}))
    assert len(page.select(".govuk-error-summary a")) == 2
    review = {"review_on-day": "1", "review_on-month": "1", "review_on-year": str(date.today().year + 1)}
    made = as_asha.post(reverse("group-new"), {"name": "Friday night", "about": "To be safer", **review})
    group = Group.objects.get()
    assert made["Location"] == reverse("record", args=[group.pk])
    assert "To be safer" in page_of(as_asha.get(made["Location"])).text


def test_a_place_online_needs_to_say_where(as_asha: Client, cast: Cast) -> None:
    page = page_of(as_asha.post(reverse("place-new"), {"name": "Study chat", "kind": "online"}))
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_online"
    as_asha.post(
        reverse("place-new"), {"name": "Study chat", "kind": "online", "online": "@study", "postcode": "qx11aa"}
    )
    assert Place.objects.get().postcode == "QX1 1AA"


def test_a_link_is_added_step_by_step_and_taken_back(as_asha: Client, friends: list[Subject]) -> None:
    amara, leo, _ = friends
    address = reverse("link-new", args=[amara.pk])
    page_of(as_asha.get(address))
    given = {"kind": "friend-of:out", "text": "Told us", "grade": "told", **LAST_SEEN}
    page = page_of(as_asha.post(address, {**given, "save": "yes"}))
    assert page.select_one(".govuk-error-summary a")["href"] == "#id_find"
    page = page_of(as_asha.post(address, {**given, "choose": leo.pk}))
    assert page.find("input", {"name": "other"})["value"] == str(leo.pk)
    assert page.find("textarea", {"name": "text"}).text.strip() == "Told us"
    assert as_asha.post(address, {**given, "other": leo.pk, "save": "yes"}).status_code == 302
    evidence = LinkEvidence.objects.get(subject=amara)
    as_asha.post(reverse("link-take-back", args=[amara.pk, evidence.pk]), {"because": "Another Leo"})
    assert not LinkEvidence.objects.filter(ended_at=None).exists()


def test_what_matters_now_stands_at_the_top(as_asha: Client, friends: list[Subject]) -> None:
    as_asha.post(reverse("what-matters", args=[friends[0].pk]), {"text": "Ring her aunt first"})
    page = page_of(as_asha.get(reverse("record", args=[friends[0].pk])))
    assert "Ring her aunt first" in page.select_one(".kith-identity__matters").text
    assert "Asha Rahman" in page.select_one(".kith-identity__matters").text


@pytest.mark.parametrize("name", ["entry-new", "group-new", "place-new"])
def test_who_does_not_write_is_told_so(client: Client, cast: Cast, name: str) -> None:
    client.force_login(cast.gwen)
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["what-matters", "link-new"])
def test_for_who_may_not_see_the_record_there_is_nothing_to_write_on(
    client: Client, cast: Cast, friends: list[Subject], name: str
) -> None:
    for viewer in (cast.dev, cast.farah, cast.gwen):
        client.force_login(viewer)
        assert client.get(reverse(name, args=[friends[0].pk])).status_code == 404
        assert client.post(reverse(name, args=[friends[0].pk]), {"text": "x"}).status_code == 404

"""Whom a note may mean: only what is open to its writer, told apart, written down, and not without end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.foundations.access.actions import open_circle
from kith.foundations.access.models import Viewer
from kith.foundations.audit.models import AuditEvent
from kith.subjects.models import LinkEvidence, Subject
from kith.subjects.views.mentions import AT_MOST
from tests.support.cast import NOW, Cast, let_in, make_group, make_person, make_place


@pytest.fixture
def friends(cast: Cast) -> dict[str, Subject]:
    people = {
        "amara": make_person("Amara Osei", known_as="Ama"),
        "leo": make_person("Leo Whitcombe"),
        "hidden": make_person("Amarachi Eze", headline=True),
        "group": make_group("Amber Lane on Fridays"),
        "park": make_place("Harbour Park", address="Harbour Road"),
    }
    for name in ("amara", "leo", "group", "park"):
        let_in(people[name], cast.asha)
    let_in(people["hidden"], cast.ben)
    return people


def signed_in(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(viewer)
    return client


def found(client: Client, typed: str, **more: Any) -> list[str]:
    answer = client.get(reverse("mentions"), {"mark": typed[0], "of": typed[1:], **more})
    return [f"{one['name']}, {one['told']}" for one in answer.json()["found"]]


@pytest.mark.django_db
def test_people_and_groups_after_one_mark_places_after_the_other(cast: Cast, friends: dict[str, Subject]) -> None:
    asha = signed_in(cast.asha)
    assert [one.split(",")[0] for one in found(asha, "@Am")] == [], "two letters are too few"
    assert [one.split(",")[0] for one in found(asha, "@Ama")] == ["Amara Osei"]
    assert found(asha, "@amb") == ["Amber Lane on Fridays, group"]
    assert found(asha, "#harb") == ["Harbour Park, Park or open space, Harbour Road"]
    assert found(asha, "@Harb") == found(asha, "#Amara") == found(asha, "!Amara") == []
    assert found(asha, "@Ama Os", about=[friends["leo"].pk]) != []
    assert found(asha, "@Ama", about=[friends["amara"].pk]) == []
    assert found(asha, "@mar") == [], "not in the middle of a word"
    assert found(asha, "@.*.") == [], "no pattern of theirs is read as one"


@pytest.mark.django_db
def test_nobody_is_found_who_is_not_open_to_the_writer(cast: Cast, friends: dict[str, Subject]) -> None:
    assert [one.split(",")[0] for one in found(signed_in(cast.ben), "@Ama")] == ["Amarachi Eze"]
    assert found(signed_in(cast.dev), "@Ama") == []
    assert signed_in(cast.ellis).get(reverse("mentions"), {"mark": "@", "of": "Ama"}).status_code == 403


@pytest.mark.django_db
def test_ones_own_work_comes_first(cast: Cast, friends: dict[str, Subject]) -> None:
    other = make_place("Harbour Arcade")
    why = {"because": "A public place", "reason_kind": "place"}
    open_circle(scope=other.scope, viewer=cast.asha, by=cast.loader, now=NOW, **why)
    assert found(signed_in(cast.asha), "#Arcade") != []
    assert [one.split(",")[0] for one in found(signed_in(cast.asha), "#Harbour")] == ["Harbour Park", "Harbour Arcade"]


@pytest.mark.django_db
def test_two_of_one_name_are_told_apart(cast: Cast, friends: dict[str, Subject]) -> None:
    twin = make_person("Amara Osei", date_of_birth=date(2010, 12, 7))
    let_in(twin, cast.asha)
    school = make_place("Harbour View Academy", kind="school")
    LinkEvidence.objects.create(
        subject=twin, other=school, scope=twin.scope, kind="attends", other_name="Harbour View Academy",
        text="On its roll", grade="recorded", recorded_at=NOW,
    )  # fmt: skip
    one, other = found(signed_in(cast.asha), "@Amara")
    assert one != other
    assert "born 8 Dec 2010" in one + other
    assert "Harbour View Academy, born 7 Dec 2010" in one + other


@pytest.mark.django_db
def test_every_search_is_written_down_and_they_are_bounded(cast: Cast, friends: dict[str, Subject]) -> None:
    asha = signed_in(cast.asha)
    found(asha, "@Ama")
    event = AuditEvent.objects.get(action="search")
    assert event.subjects == [friends["amara"].pk]
    assert event.what == "Looked for whom to write about: @Ama"
    for _ in range(AT_MOST - 1):
        found(asha, "@Ama")
    assert asha.get(reverse("mentions"), {"mark": "@", "of": "Ama"}).status_code == 429
    assert asha.post(reverse("mentions-named"), {"text": "Amara Osei"}).status_code == 429
    assert signed_in(cast.ben).get(reverse("mentions"), {"mark": "@", "of": "Ama"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Saw Amara Osei at Harbour Park with others", {"Amara Osei", "Harbour Park"}),
        ("saw amara osei.", {"Amara Osei"}),
        ("Pasted: @Amara said, and @ama again; @Leo too", {"Amara Osei", "Leo Whitcombe"}),
        ("Amber Lane on Fridays met", {"Amber Lane on Fridays"}),
        ("Amara was there, and Leo", set()),
        ("Amara Oseiwaa is another child; so is Xamara Osei", set()),
        ("Amarachi Eze is not Asha's to write about", set()),
        ("", set()),
    ],
)
def test_names_in_full_are_asked_about(cast: Cast, friends: dict[str, Subject], text: str, names: set[str]) -> None:
    page = signed_in(cast.asha).post(reverse("mentions-named"), {"text": text}).content.decode()
    said = {subject.name for subject in friends.values() if f"<strong>{subject.name}</strong>" in page}
    assert said == names
    assert AuditEvent.objects.filter(action="search").count() == bool(names)


@pytest.mark.django_db
def test_those_chosen_already_are_not_asked_about(cast: Cast, friends: dict[str, Subject]) -> None:
    given = {"text": "Amara Osei and Leo Whitcombe", "about": [friends["amara"].pk]}
    page = signed_in(cast.asha).post(reverse("mentions-named"), given).content.decode()
    assert "Amara Osei" not in page
    assert "Is this about <strong>Leo Whitcombe</strong>, 15" in page


@pytest.mark.django_db
def test_without_a_script_the_page_asks_when_it_is_answered(cast: Cast, friends: dict[str, Subject]) -> None:
    sent = {"text": "Leo Whitcombe was seen safe", "kind": "note", "look": "yes", "find": "Amara"}
    page = signed_in(cast.asha).post(reverse("entry-new"), sent).content.decode()
    assert "Is this about <strong>Leo Whitcombe</strong>" in page
    assert f'name="add" value="{friends["leo"].pk}"' in page


@pytest.mark.django_db
def test_what_no_name_holds_is_no_error(cast: Cast, friends: dict[str, Subject]) -> None:
    asha = signed_in(cast.asha)
    assert found(asha, "@Ama\x00ra") == found(asha, "@Amara")
    assert found(asha, "@(((") == found(asha, "@\\\\\\") == found(asha, "@\x00\x00\x00") == []
    assert asha.post(reverse("mentions-named"), {"text": "Ama\x00ra Osei (("}).status_code == 200
    for find in ("Ama\x00ra", "9" * 400):
        sent = {"text": find, "find": find, "look": "yes"}
        assert asha.post(reverse("entry-new"), sent).status_code == 200
        assert asha.post(reverse("link-new", args=[friends["amara"].pk]), sent).status_code == 200

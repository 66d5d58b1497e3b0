"""The carer's profile: kept by the carer, open to those who search only while the child is missing."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.documents.models import Document
from kith.foundations.notices.models import Notice
from kith.missing.actions import Back, Details, Reported, draw_from_feeds, report_missing, say_back
from kith.missing.actions.profile_care import remind_keepers, settle_profiles
from kith.missing.actions.profile_moves import profiles_follow
from kith.missing.actions.profiles import (
    Keepers,
    StartedAlready,
    end_profile,
    let_keep,
    start_profile,
    still_true,
    write_parts,
    write_trigger,
)
from kith.missing.models import Episode, OnTheDay, Profile, ProfilePart, ProfileRead, Trigger
from kith.missing.queries.profiles import profile_readable, profiles_kept
from kith.missing.rules.profiles import parts
from kith.missing.tests.told import told
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=31)
CALMS = "Sit beside her, and talk about the dog"


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    return child


@pytest.fixture
def profile(cast: Cast, amara: Subject) -> Profile:
    with viewing_as(cast.asha):
        begun = start_profile(subject_id=amara.pk, keepers=Keepers(cast.at_home), by=cast.asha, now=NOW)
    with viewing_as(cast.pia):
        write_parts(profile_id=begun.pk, said={"calms": CALMS}, by=cast.pia, now=NOW)
    return begun


def missing(cast: Cast, child: Subject, **fields: object) -> Episode:
    told = {"subject_id": child.pk, "agency_id": cast.home.pk, "kind": "missing", "gone_at": NOW - timedelta(hours=2)}
    return report_missing(reported=Reported(**told | fields), by=cast.pia, now=NOW)


def who_reads(cast: Cast) -> set[str]:
    """Who reads a part of it in the database, whatever any page says."""
    seen = set()
    for viewer in cast.everybody():
        with viewing_as(viewer):
            if ProfilePart.objects.exists():
                seen.add(viewer.name.split()[0])
    return seen


def test_a_file_that_tells_of_a_child_already_back_opens_nothing(cast: Cast, amara: Subject, profile: Profile) -> None:
    gone, back = NOW - timedelta(hours=20), NOW - timedelta(hours=10)
    told(amara, cast.police, "MP1", on=gone.date(), at=gone, until=back, until_day=back.date())
    draw_from_feeds(by=cast.loader, now=NOW)
    assert Episode.objects.get().back_at == back
    assert who_reads(cast) == {"Asha", "Pia"}


def page(client: Client, viewer: Viewer, name: str, *numbers: int, status: int = 200, **post: str) -> str:
    client.force_login(viewer)
    with time_machine.travel(NOW, tick=False):
        address = reverse(name, args=numbers)
        response = client.post(address, post) if post else client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_it_opens_to_those_who_search_only_while_the_child_is_missing(
    cast: Cast, amara: Subject, profile: Profile
) -> None:
    assert who_reads(cast) == {"Asha", "Pia"}
    episode = missing(cast, amara)
    assert who_reads(cast) == {"Asha", "Pia", "Quinn", "Raj"}
    say_back(episode_id=episode.pk, back=Back(NOW), by=cast.pia, now=NOW)
    assert who_reads(cast) == {"Asha", "Pia"}


def test_the_page_is_there_for_the_police_then_and_not_before_or_after(
    cast: Cast, amara: Subject, profile: Profile, client: Client
) -> None:
    page(client, cast.raj, "missing-profile", profile.pk, status=404)
    episode = missing(cast, amara)
    assert CALMS in page(client, cast.raj, "missing-profile", profile.pk)
    assert "Amara Osei" in page(client, cast.raj, "missing-profiles")
    for name in ("edit", "true", "today", "keepers", "end", "triggers"):
        page(client, cast.raj, f"missing-profile-{name}", profile.pk, status=404)
    say_back(episode_id=episode.pk, back=Back(NOW), by=cast.pia, now=NOW)
    page(client, cast.raj, "missing-profile", profile.pk, status=404)
    assert "Amara Osei" not in page(client, cast.raj, "missing-profiles")
    read = page(client, cast.pia, "missing-profile", profile.pk)
    assert "Raj Singh, Severnmouth police" in read
    assert episode.reference in read
    assert ProfileRead.objects.count() == 1


def test_one_of_two_absences_over_leaves_it_open(cast: Cast, amara: Subject, profile: Profile) -> None:
    first = missing(cast, amara, number="1")
    missing(cast, amara, number="2", gone_at=NOW - timedelta(hours=1))
    say_back(episode_id=first.pk, back=Back(NOW), by=cast.pia, now=NOW)
    assert "Raj" in who_reads(cast)


def test_what_was_over_long_ago_opens_nothing(cast: Cast, amara: Subject, profile: Profile) -> None:
    missing(cast, amara, gone_at=NOW - 4 * MONTH, back_at=NOW - 3 * MONTH)
    assert who_reads(cast) == {"Asha", "Pia"}


def test_one_begun_while_the_child_is_missing_is_open_at_once(cast: Cast, amara: Subject) -> None:
    missing(cast, amara)
    with viewing_as(cast.asha):
        begun = start_profile(subject_id=amara.pk, keepers=Keepers(cast.at_home), by=cast.asha, now=NOW)
        with pytest.raises(StartedAlready):
            start_profile(subject_id=amara.pk, keepers=Keepers(cast.at_home), by=cast.asha, now=NOW)
    with viewing_as(cast.pia):
        write_parts(profile_id=begun.pk, said={"calms": CALMS}, by=cast.pia, now=NOW)
    assert "Raj" in who_reads(cast)


def test_only_whoever_holds_the_record_begins_one_and_only_a_keeper_writes(
    cast: Cast, amara: Subject, profile: Profile
) -> None:
    other = make_person("Leo Whitcombe")
    with viewing_as(cast.pia), pytest.raises(PermissionDenied):
        start_profile(subject_id=other.pk, keepers=Keepers(cast.at_home), by=cast.pia, now=NOW)
    missing(cast, amara)
    with viewing_as(cast.raj), pytest.raises(NotAllowed):
        write_parts(profile_id=profile.pk, said={"calms": "x"}, by=cast.raj, now=NOW)


def test_each_part_has_its_age_and_its_history(cast: Cast, profile: Profile, client: Client) -> None:
    with viewing_as(cast.pia):
        later = NOW - 5 * MONTH
        write_parts(profile_id=profile.pk, said={"phones": "07700 900111"}, by=cast.pia, now=later)
        write_parts(profile_id=profile.pk, said={"online": "amara.o", "phones": "07700 900111"}, by=cast.pia, now=NOW)
    read = page(client, cast.pia, "missing-profile", profile.pk)
    assert "Written 5 months ago: check it" in read
    assert "Look again at:" in read
    with viewing_as(cast.pia):
        assert still_true(profile_id=profile.pk, kinds=["phones", "photo"], by=cast.pia, now=NOW) == 1
        write_parts(profile_id=profile.pk, said={"calms": ""}, by=cast.pia, now=NOW)
    read = page(client, cast.pia, "missing-profile", profile.pk)
    assert "Written 5 months ago, looked at again just now" in read
    assert "Look again at:" not in read
    assert CALMS not in read  # nothing stands any more
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        ProfilePart.objects.update(text="x")


def test_a_photo_goes_with_the_profile_and_only_a_picture_is_taken(
    cast: Cast, amara: Subject, profile: Profile, client: Client
) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (60, 60), "teal").save(drawn, "PNG")
    client.force_login(cast.pia)
    for name, content, status in (("her.txt", b"words", 200), ("her.png", drawn.getvalue(), 302)):
        upload = io.BytesIO(content)
        upload.name = name
        answer = client.post(reverse("missing-profile-edit", args=[profile.pk]), {"calms": CALMS, "photo": upload})
        assert answer.status_code == status
    photo = Document.objects.get()
    address = reverse("document", args=[photo.pk])
    client.force_login(cast.raj)
    assert client.get(address).status_code == 404
    missing(cast, amara)
    assert client.get(address).status_code == 200


def test_the_day_begins_with_what_was_reported(cast: Cast, amara: Subject, profile: Profile, client: Client) -> None:
    page(client, cast.pia, "missing-profile-today", profile.pk, status=302)
    missing(cast, amara, details=Details(clothing="A red coat", circumstances="After a phone call"))
    offered = page(client, cast.pia, "missing-profile-today", profile.pk)
    assert "A red coat" in offered
    assert "After a phone call" in offered
    page(client, cast.pia, "missing-profile-today", profile.pk, status=302, mood="Quiet", clothing="A blue coat")
    read = page(client, cast.raj, "missing-profile", profile.pk)
    assert "A blue coat" in read
    assert "A red coat" not in read
    assert OnTheDay.objects.get().mood == "Quiet"
    assert "A blue coat" in page(client, cast.pia, "missing-profile-today", profile.pk)


def test_others_may_be_let_in_and_it_may_end(cast: Cast, profile: Profile) -> None:
    with viewing_as(cast.pia):
        let_keep(profile_id=profile.pk, keepers=Keepers(viewer=cast.carol), by=cast.pia, now=NOW)
    with viewing_as(cast.carol):
        assert [one.pk for one in profiles_kept(cast.carol)] == [profile.pk]
        end_profile(profile_id=profile.pk, because="Moved away", by=cast.carol, now=NOW)
    with viewing_as(cast.pia):
        assert profile_readable(profile.pk, cast.pia) is None
    assert who_reads(cast) == set()


def test_what_comes_before_is_for_the_circle_and_the_carer_and_not_for_the_search(
    cast: Cast, amara: Subject, profile: Profile
) -> None:
    missing(cast, amara)
    with viewing_as(cast.pia):
        write_trigger(subject_id=amara.pk, said={"before": "After contact on Sundays"}, by=cast.pia, now=NOW)
    with viewing_as(cast.raj), pytest.raises(PermissionDenied):
        write_trigger(subject_id=amara.pk, said={"before": "x"}, by=cast.raj, now=NOW)
    seen = set()
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen |= {viewer.name.split()[0]} if Trigger.objects.exists() else set()
    assert seen == {"Asha", "Pia", "Quinn"}


def test_the_pages_of_the_record(cast: Cast, amara: Subject, client: Client) -> None:
    assert "Begin one" in page(client, cast.asha, "record-profile", amara.pk)
    assert "Choose a home" in page(client, cast.asha, "record-profile", amara.pk, home="", email="")
    home = str(cast.at_home.pk)
    page(client, cast.asha, "record-profile", amara.pk, status=302, home=home, email="")
    assert "Seacroft House" in page(client, cast.asha, "record-profile", amara.pk)
    page(client, cast.asha, "record-triggers", amara.pk, status=302, own_words="I miss my brother")
    assert "I miss my brother" in page(client, cast.asha, "record-triggers", amara.pk)
    with viewing_as(cast.pia):
        number = Profile.objects.get().pk
    assert "I miss my brother" in page(client, cast.pia, "missing-profile-triggers", number)
    page(client, cast.pia, "record-triggers", amara.pk, status=404)
    page(client, cast.dev, "record-profile", amara.pk, status=404)


def test_an_absence_set_aside_closes_it_at_once_on_the_page_and_soon_in_the_database(
    cast: Cast, amara: Subject, profile: Profile, client: Client
) -> None:
    episode = missing(cast, amara)
    Episode.objects.filter(pk=episode.pk).update(not_missing_because="It was her cousin")
    page(client, cast.raj, "missing-profile", profile.pk, status=404)
    assert "Amara Osei" not in page(client, cast.raj, "missing-profiles")
    assert settle_profiles(by=cast.loader, now=NOW) == 2
    assert who_reads(cast) == {"Asha", "Pia"}
    Episode.objects.filter(pk=episode.pk).update(not_missing_because="")
    assert settle_profiles(by=cast.loader, now=NOW) == 0
    assert "Raj" in who_reads(cast)


def test_those_who_keep_it_are_reminded_once_a_month_without_a_name(cast: Cast, profile: Profile) -> None:
    assert remind_keepers(by=cast.loader, now=NOW) == 0
    assert remind_keepers(by=cast.loader, now=NOW + 7 * MONTH) == 2
    assert remind_keepers(by=cast.loader, now=NOW + 7 * MONTH) == 0
    told = Notice.objects.all()
    assert {one.viewer for one in told} == {cast.asha, cast.pia}
    assert not any("Amara" in one.text for one in told)


def test_pages_ask_as_much_for_many_parts_as_for_few(
    cast: Cast, profile: Profile, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(2):
        with viewing_as(cast.pia):
            said = {one.key: f"{one.title} {_}" for one in parts()}
            write_parts(profile_id=profile.pk, said=said, by=cast.pia, now=NOW)
        client.force_login(cast.pia)
        for name, numbers in (("missing-profile", [profile.pk]), ("missing-profiles", [])):
            with django_assert_max_num_queries(45):
                client.get(reverse(name, args=numbers))


@pytest.mark.parametrize("kept", [False, True])
def test_it_follows_a_child_whose_two_records_become_one(
    cast: Cast, amara: Subject, profile: Profile, kept: bool
) -> None:
    other = make_person("Amara Osei-Boateng")
    let_in(other, cast.ben)
    if kept:  # the other record has a profile too
        with viewing_as(cast.ben):
            start_profile(subject_id=other.pk, keepers=Keepers(viewer=cast.carol), by=cast.ben, now=NOW)
    Subject.objects.filter(pk=amara.pk).update(joined_into=other)
    assert profiles_follow(subjects=[amara.pk, other.pk], by=cast.loader, now=NOW) == 1
    assert profiles_follow(subjects=[amara.pk, other.pk], by=cast.loader, now=NOW) == 0
    missing(cast, other)
    assert who_reads(cast) >= {"Asha", "Pia", "Quinn", "Raj"}
    with viewing_as(cast.raj):
        stands = Profile.objects.get(ended_at=None)
        assert stands.subject_id == other.pk
        assert ProfilePart.objects.get(profile=stands).text == CALMS
    with viewing_as(cast.pia):
        assert [one.pk for one in profiles_kept(cast.pia)] == [stands.pk]

"""The carer's tier: whoever keeps the profile says that the child is back and sees the clock, and reads no absence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.profiles import Keepers, start_profile
from kith.missing.models import Episode, Profile, Return
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person

HOUR = timedelta(hours=1)


@pytest.fixture
def profile(cast: Cast) -> Profile:
    child, now = make_person("Amara Osei"), timezone.now()
    let_in(child, cast.asha)
    with viewing_as(cast.asha):
        return start_profile(subject_id=child.pk, keepers=Keepers(team=cast.at_home), by=cast.asha, now=now)


def missing(cast: Cast, profile: Profile) -> Episode:
    now = timezone.now()
    reported = Reported(profile.subject_id, cast.home.pk, "missing", now - 5 * HOUR)
    return report_missing(reported=reported, by=cast.pia, now=now - 4 * HOUR)


def answers(hours_ago: int = 1) -> dict[str, str]:
    at = timezone.localtime(timezone.now() - hours_ago * HOUR)
    day = {f"back_on-{name}": str(getattr(at, name)) for name in ("day", "month", "year")}
    return {**day, "back_time": f"{at:%H:%M}", "found_by": "came-back", "returned_to": "same"}


@pytest.mark.django_db
def test_the_carer_says_that_the_child_is_back_and_sees_the_clock(client: Client, cast: Cast, profile: Profile) -> None:
    episode = missing(cast, profile)
    client.force_login(cast.pia)
    page = f"/missing/profiles/{profile.pk}/"
    assert "They are back" in client.get(page).content.decode()
    response = client.post(f"{page}back", answers())
    assert response.status_code == 302, response.content.decode()
    word = Return.objects.get(episode=episode)
    assert (word.by, word.agency) == (cast.pia, cast.home)
    shown = client.get(page).content.decode()
    assert "Return conversation: <strong>not offered yet" in shown
    assert "due in 71 hours" in shown or "due in 70 hours" in shown
    assert client.get(f"/missing/{episode.pk}").status_code == 404
    with viewing_as(cast.pia):
        assert not Episode.objects.exists()
        assert not Subject.objects.filter(pk=profile.subject_id).exists()


@pytest.mark.django_db
def test_a_time_that_cannot_be_keeps_what_was_typed(client: Client, cast: Cast, profile: Profile) -> None:
    missing(cast, profile)
    client.force_login(cast.pia)
    page = client.post(f"/missing/profiles/{profile.pk}/back", answers(8) | {"place": "The pier"}).content.decode()
    assert "before they were last seen" in page
    assert "The pier" in page


@pytest.mark.django_db
def test_nobody_else_has_the_page(client: Client, cast: Cast, profile: Profile) -> None:
    missing(cast, profile)
    for viewer in (cast.raj, cast.quinn, cast.dev, cast.carol):
        client.force_login(viewer)
        assert client.get(f"/missing/profiles/{profile.pk}/back").status_code == 404

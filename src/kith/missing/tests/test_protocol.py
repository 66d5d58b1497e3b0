"""A home looks for a child before it reports them missing; home and police look at each month together."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.profiles import Keepers, start_profile
from kith.missing.actions.protocol import (
    Begun,
    Did,
    Reviewed,
    action_done,
    begin_search,
    found_by_search,
    join_search,
    settle_step,
    skip_the_rest,
    write_review,
)
from kith.missing.models import HomeReview, HomeSearch, Profile, ReviewAction, SearchStep
from kith.missing.queries.protocol import episodes_of_home
from kith.missing.rules.protocol import left, list_on, months_due, next_review, review_due
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    return child


@pytest.fixture
def profile(cast: Cast, amara: Subject) -> Profile:
    with viewing_as(cast.asha):
        return start_profile(subject_id=amara.pk, keepers=Keepers(cast.at_home), by=cast.asha, now=NOW - 40 * 24 * HOUR)


def begin(cast: Cast, **fields: object) -> HomeSearch:
    begun = Begun(cast.at_home.pk, "Amara Osei", NOW - HOUR, **fields)
    with viewing_as(cast.pia):
        return begin_search(begun=begun, by=cast.pia, now=NOW)


def report(cast: Cast, child: Subject, gone: timedelta = HOUR, number: str = "") -> int:
    told = Reported(child.pk, cast.home.pk, "missing", NOW - gone, number=number)
    with viewing_as(cast.pia):
        return report_missing(reported=told, by=cast.pia, now=NOW).pk


def test_each_step_is_done_or_skipped_with_a_reason(cast: Cast) -> None:
    search = begin(cast)
    with viewing_as(cast.pia):
        settle_step(search_id=search.pk, did=Did("room", done_at=NOW), by=cast.pia, now=NOW)
        settle_step(search_id=search.pk, did=Did("rang", skipped_because="Has no phone"), by=cast.pia, now=NOW)
        assert SearchStep.objects.get(key="room").done_by == "Pia Novak"
        steps = list_on(NOW.date()).steps
        assert len(left(steps, search.steps.values_list("key", flat=True))) == len(steps) - 2
        assert skip_the_rest(search_id=search.pk, because="In danger", by=cast.pia, now=NOW) == len(steps) - 2
        assert not left(steps, search.steps.values_list("key", flat=True))


def test_it_is_for_the_staff_of_homes_and_for_their_own(cast: Cast) -> None:
    with viewing_as(cast.asha), pytest.raises(NotAllowed):
        begin_search(begun=Begun(cast.at_home.pk, "X", NOW), by=cast.asha, now=NOW)
    with viewing_as(cast.pia), pytest.raises(NotAllowed):
        begin_search(begun=Begun(cast.east.pk, "X", NOW), by=cast.pia, now=NOW)


def test_once_reported_it_stands_with_the_absence_and_the_desk_reads_it(cast: Cast, amara: Subject) -> None:
    search = begin(cast, subject_id=amara.pk)
    with viewing_as(cast.raj):
        assert not HomeSearch.objects.exists()
    with viewing_as(cast.pia):
        settle_step(search_id=search.pk, did=Did("room", done_at=NOW), by=cast.pia, now=NOW)
        told = Reported(amara.pk, cast.home.pk, "missing", NOW - HOUR)
        episode = report_missing(reported=told, by=cast.pia, now=NOW)
        joined = join_search(search_id=search.pk, episode=episode, by=cast.pia, now=NOW)
        assert joined
        assert join_search(search_id=search.pk, episode=episode, by=cast.pia, now=NOW) is None  # it has ended
        with pytest.raises(NotAllowed):
            settle_step(search_id=search.pk, did=Did("house", done_at=NOW), by=cast.pia, now=NOW)
    with viewing_as(cast.raj):
        assert SearchStep.objects.get().search.episode_id == episode.pk


def test_the_pages_lead_from_the_list_to_reporting(cast: Cast, profile: Profile, client: Client) -> None:
    client.force_login(cast.pia)
    with time_machine.travel(NOW, tick=False):
        assert client.get(reverse("missing-report")).headers["Location"] == reverse("missing-search-new")
        answers = {"child": str(profile.pk), "called": "", "seen_at": "3 pm", "mark": str(uuid4())}
        answers |= {"seen_on_0": "3", "seen_on_1": "11", "seen_on_2": "2026"}
        page = client.get(reverse("missing-search-new")).content.decode()
        names = {n for n in ("seen_on-day", "seen_on_day", "seen_on_0") if f'name="{n}"' in page}
        stem = names.pop().removesuffix("day").removesuffix("0")
        ends = ("day", "month", "year") if "day" in f"{stem}day" and f'name="{stem}day"' in page else ("0", "1", "2")
        answers |= dict(zip((f"{stem}{end}" for end in ends), ("3", "11", "2026"), strict=True))
        late = client.post(reverse("missing-search-new"), answers | {"seen_at": "11 pm"})
        assert "has not come yet" in late.content.decode()
        begun = client.post(reverse("missing-search-new"), answers)
        assert begun.status_code == 302, begun.content.decode()
        with viewing_as(cast.pia):
            number = HomeSearch.objects.get().pk
        at = reverse("missing-search", args=[number])
        step = reverse("missing-search-step", args=[number, "room"])
        assert "Say why it is skipped" in client.post(step, {"skip": "yes"}).content.decode()
        assert client.post(step, {"done": "yes", "who": "Kim", "at": "3:40 pm"}).status_code == 302
        assert "3:40 pm, Kim" in client.get(at).content.decode()
        end = reverse("missing-search-end", args=[number])
        assert client.post(end, {"report": "yes"}).headers["Location"] == at  # not yet: steps are left
        there = client.post(end, {"danger": "yes"}).headers["Location"]
        assert there == reverse("missing-report-child", args=[profile.subject_id]) + f"?search={number}"
        assert client.get(there).status_code == 200
        assert client.get(reverse("missing-searches")).status_code == 200
    client.force_login(cast.raj)
    assert client.get(at).status_code == 404
    assert client.post(step, {"done": "yes"}).status_code == 403


def test_found_is_found_and_nothing_is_reported(cast: Cast) -> None:
    search = begin(cast)
    with viewing_as(cast.pia):
        assert found_by_search(search_id=search.pk, by=cast.pia, now=NOW).found_at == NOW


def test_the_absences_of_the_month_come_by_themselves(cast: Cast, amara: Subject, profile: Profile) -> None:
    report(cast, amara, HOUR, "1")
    report(cast, amara, 30 * 24 * HOUR, "2")  # the month before
    other = make_person("Leo Whitcombe")
    report(cast, other, HOUR, "3")  # whose profile the home does not keep
    with viewing_as(cast.pia):
        rows = episodes_of_home(cast.at_home.pk, date(2026, 11, 1))
    assert [(one.called, one.searched) for one in rows] == [("Amara Osei", False)]
    assert len(episodes_of_home(cast.at_home.pk, date(2026, 10, 1))) == 1


def test_home_and_police_agree_and_say_when_it_is_done(cast: Cast, client: Client) -> None:
    month = date(2026, 10, 1)
    reviewed = Reviewed(month, NOW.date(), "Pia, Raj", "", date(2026, 11, 30), (("Walk the way", "Raj", NOW.date()),))
    with viewing_as(cast.raj):
        review = write_review(team_id=cast.at_home.pk, reviewed=reviewed, by=cast.raj, now=NOW)
        with pytest.raises(NotAllowed, match="already"):
            write_review(team_id=cast.at_home.pk, reviewed=reviewed, by=cast.raj, now=NOW)
    with viewing_as(cast.asha):
        assert not HomeReview.objects.exists()
    client.force_login(cast.pia)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        listed = client.get(reverse("missing-reviews")).content.decode()
        assert "Walk the way" in listed
        assert "overdue since" in listed
        page = client.get(reverse("missing-review", args=[review.pk])).content.decode()
        assert "Overdue." in page
        with viewing_as(cast.pia):
            number = ReviewAction.objects.get().pk
        assert client.post(reverse("missing-review-action", args=[number])).status_code == 302
        assert "Overdue." not in client.get(reverse("missing-review", args=[review.pk])).content.decode()
    with viewing_as(cast.raj):
        assert action_done(action_id=number, by=cast.raj, now=NOW).done_by == cast.pia


def test_what_is_due_and_overdue() -> None:
    assert next_review(date(2026, 11, 1)) == date(2027, 1, 31)
    assert review_due(date(2026, 12, 1)) == date(2027, 1, 31)
    due = months_due(date(2026, 8, 20), [date(2026, 9, 1)], date(2026, 11, 3))
    assert due == (date(2026, 8, 1), date(2026, 10, 1))


def test_others_have_no_such_pages(cast: Cast, client: Client) -> None:
    client.force_login(cast.asha)
    assert client.get(reverse("missing-reviews")).status_code == 403
    assert client.get(reverse("missing-searches")).status_code == 403
    with viewing_as(cast.dev), pytest.raises((NotAllowed, PermissionDenied)):
        action_done(action_id=1, by=cast.dev, now=NOW)

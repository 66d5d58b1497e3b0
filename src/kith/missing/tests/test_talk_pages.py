"""The list of conversations, one of them at each tier, and the form that tells a step."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.missing.actions import Reported, report_missing
from kith.missing.actions.conversations import Taking, take_step
from kith.missing.models import Conversation, Episode, Taken
from kith.missing.queries.talk_lists import measures
from kith.missing.rules import Step
from kith.missing.tests.back import conversation_of, make_amara
from kith.subjects.models import Subject
from tests.support.cast import Cast, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def as_viewer(viewer: object) -> Client:
    client = Client()
    client.force_login(viewer)  # type: ignore[arg-type]
    return client


def back(cast: Cast, child: Subject, hours_ago: int) -> Episode:
    now = timezone.now()
    gone = now - (hours_ago + 5) * HOUR
    reported = Reported(child.pk, cast.police.pk, "missing", gone, back_at=now - hours_ago * HOUR)
    return report_missing(reported=reported, by=cast.raj, now=now)


@pytest.fixture
def conversation(cast: Cast) -> Conversation:
    """Offered after twenty hours away; in words that only some may read."""
    conversation = conversation_of(back(cast, make_amara(cast), 20))
    now = timezone.now()
    taking = Taking(Step.OFFERED, now - HOUR, words="She would walk with Sam", how="walk", who="Sam Thistle")
    take_step(conversation_id=conversation.pk, taking=taking, by=cast.quinn, now=now)
    return Conversation.objects.get(pk=conversation.pk)


def test_each_tier_reads_the_same_clock_and_no_more_than_it_may(cast: Cast, conversation: Conversation) -> None:
    pages = {}
    for viewer in (cast.quinn, cast.asha, cast.pia, cast.raj):
        answer = as_viewer(viewer).get(reverse("talk", args=[conversation.pk]))
        assert answer.status_code == 200
        pages[viewer.name.split()[0]] = answer.content.decode()
    assert all("due in 51 hours" in page and "Offered" in page for page in pages.values())
    assert all(conversation.reference in page for page in pages.values())
    assert {who for who, page in pages.items() if "Amara" in page} == {"Quinn", "Asha", "Pia"}
    assert {who for who, page in pages.items() if "She would walk with Sam" in page} == {"Quinn", "Asha"}
    assert {who for who, page in pages.items() if "Tell what happened" in page} == {"Quinn"}
    assert as_viewer(cast.dev).get(reverse("talk", args=[conversation.pk])).status_code == 404


def test_the_list_is_by_time_left_and_for_those_who_talk(cast: Cast, conversation: Conversation) -> None:
    late = back(cast, make_person("Leo Whitcombe"), 80)
    page = as_viewer(cast.quinn).get(reverse("talks")).content.decode()
    assert page.index(conversation_of(late).reference) < page.index(conversation.reference)
    assert "overdue by 8 hours" in page
    assert "Leo Whitcombe" in page
    assert as_viewer(cast.asha).get(reverse("talks")).status_code == 403
    assert as_viewer(cast.raj).get(reverse("talks")).status_code == 403


@pytest.mark.parametrize(
    ("show", "there"), [("unassigned", True), ("again", False), ("write-up", False), ("all", True)]
)
def test_the_list_is_narrowed(cast: Cast, conversation: Conversation, show: str, there: bool) -> None:
    quinn = as_viewer(cast.quinn)
    page = quinn.get(reverse("talks"), {"show": show}).content.decode()
    assert (conversation.reference in page) is there
    file = quinn.get(reverse("talks-csv"), {"show": show}).content.decode()
    assert (conversation.reference in file) is there
    assert "Amara" not in file


def test_a_step_is_told_on_its_page(cast: Cast, conversation: Conversation) -> None:
    address, local = reverse("talk-step", args=[conversation.pk]), timezone.localtime()
    day = {"on-day": local.day, "on-month": local.month, "on-year": local.year, "at": "00:00"}
    quinn = as_viewer(cast.quinn)
    unanswered = quinn.post(address, {**day, "step": "declined"}).content.decode()
    assert "Answer the question: Why was it declined?" in unanswered
    wrong = quinn.post(address, {**day, "step": "held", "independent": "yes", "at": "23:59"})
    assert "not come yet" in wrong.content.decode()
    assert Taken.objects.count() == 1


def test_the_talker_is_chosen_and_absences_join(cast: Cast, conversation: Conversation) -> None:
    other = back(cast, conversation.subject, 400)
    quinn = as_viewer(cast.quinn)
    quinn.post(reverse("talk-talker", args=[conversation.pk]), {"talker": cast.quinn.pk})
    quinn.post(reverse("talk-cover", args=[conversation.pk]), {"add": other.pk})
    conversation.refresh_from_db()
    assert conversation.talker == cast.quinn
    assert conversation.covered.count() == 2
    quinn.post(reverse("talk-cover", args=[conversation.pk]), {"part": other.pk})
    assert conversation.covered.count() == 1
    assert as_viewer(cast.asha).post(reverse("talk-talker", args=[conversation.pk])).status_code == 403


def test_what_returns_came_to_is_counted_with_what_it_is_of(cast: Cast, conversation: Conversation) -> None:
    back(cast, conversation.subject, 10)
    now = timezone.now()
    taking = Taking(Step.HELD, now - HOUR / 2, independent=True)
    take_step(conversation_id=conversation.pk, taking=taking, by=cast.quinn, now=now)
    back(cast, make_person("Leo Whitcombe"), 80)
    found = measures(now - 100 * HOUR, now)
    assert (found.returns, found.offered, found.held, found.held_in_time) == (3, 2, 2, 2)
    assert (found.conversations, found.accepted, found.running) == (1, 2, 1)
    assert found.hours == pytest.approx(14.5, abs=0.2)


def test_who_declines_again_is_counted_and_shown(cast: Cast) -> None:
    """Amara is back three times, far apart, and declines twice; Leo is back once, and declines."""
    now, children = timezone.now(), [make_person("Amara Osei"), make_person("Leo Whitcombe")]
    for child, hours, declines in ((0, 500, True), (0, 250, True), (0, 20, False), (1, 30, True)):
        made = back(cast, children[child], hours)
        conversation = Conversation.objects.get(covered__episode=made)
        if declines:
            given = {"by": cast.quinn, "now": now}
            for step in (Taking(Step.OFFERED, now - HOUR), Taking(Step.DECLINED, now - HOUR / 2, reason="not-now")):
                take_step(conversation_id=conversation.pk, taking=step, **given)  # type: ignore[arg-type]
    found = measures(now - 1000 * HOUR, now)
    assert (found.returns, found.declined, found.declined_by_repeat, found.declined_again) == (4, 3, 2, 1)
    page = as_viewer(cast.quinn).get(reverse("talks") + "?days=90").content.decode()
    assert "2 of 3 declined; 1 child declined more than one conversation" in page

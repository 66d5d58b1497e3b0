"""One absence and the form to report one: who reads what, grading, the return, and what was wrong set right."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

import kith
from kith.chronology.models import Entry
from kith.foundations.access.models import Opening
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.foundations.letters.models import Letter
from kith.foundations.notices.models import Notice
from kith.missing.actions import Back, Details, Reported, correct_return, report_missing, say_back
from kith.missing.actions.grading import Graded, NeedsWhyNot, give_grade
from kith.missing.actions.updates import count_again, set_aside
from kith.missing.models import Account, Episode, Grade, Return
from kith.missing.queries.on_record import consider_high
from kith.missing.rules import held_by
from kith.missing.rules.grading import is_refused, speaks_of_exploitation
from kith.subjects.models import Involvement, Subject
from kith.subjects.search import refresh
from tests.support.cast import NOW, Cast, let_in, make_entry, make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def signed_in(who: Any) -> Client:
    client = Client()
    type(who).objects.filter(pk=who.pk).update(password="of no use, and yet a password")
    who.refresh_from_db()
    client.force_login(who)
    return client


def sent(client: Client, address: str, answers: dict[str, Any]) -> str:
    """The form at this address, filled in as its page asks, and the page that follows."""
    once = BeautifulSoup(client.get(address).content, "html.parser").select_one("input[name=once]")
    mark = {"once": once["value"]} if once else {}
    return client.post(address, {**mark, **answers}, follow=True).content.decode()


def day_of(name: str, at: Any) -> dict[str, str]:
    local = at.astimezone(HERE)
    return {f"{name}-day": str(local.day), f"{name}-month": str(local.month), f"{name}-year": str(local.year)}


def time_of(at: Any) -> str:
    return f"{at.astimezone(HERE):%H:%M}"


@pytest.fixture
def amara(cast: Cast) -> Subject:
    child = make_person("Amara Osei")
    let_in(child, cast.asha)
    return child


@pytest.fixture
def episode(cast: Cast, amara: Subject) -> Episode:
    now = timezone.now()
    details = Details(circumstances="She took the last bus", clothing="Green hoodie")
    told = Reported(amara.pk, cast.police.pk, "missing", now - 30 * HOUR, number="MP/4471", details=details)
    return report_missing(reported=told, by=cast.raj, now=now)


def report_answers(**more: Any) -> dict[str, Any]:
    at = timezone.now() - 3 * HOUR
    said = {"kind": "missing", **day_of("gone_on", at), "gone_time": time_of(at), "missing_from": "home"}
    return {**said, "circumstances": "She has no coat", "told_by": "Carol Price", **more}


def test_police_read_the_absence_and_not_the_record(cast: Cast, amara: Subject, episode: Episode) -> None:
    page = signed_in(cast.raj).get(f"/missing/{episode.pk}").content.decode()
    assert all(words in page for words in ("Amara Osei", "Green hoodie", "MP/4471", "Missing for 30 hours"))
    assert f"/records/{amara.pk}/" not in page
    assert "<title>Absence M-" in page
    assert f"/records/{amara.pk}/" in signed_in(cast.asha).get(f"/missing/{episode.pk}").content.decode()
    for viewer in (cast.carol, cast.dev, cast.pia, cast.ellis):
        for path in ("", "/grade", "/back", "/correct", "/update", "/in-error", "/together"):
            assert signed_in(viewer).get(f"/missing/{episode.pk}{path}").status_code == 404


def test_a_practitioner_outside_the_circle_reports_a_child_on_record(cast: Cast, amara: Subject) -> None:
    refresh()
    client = signed_in(cast.carol)
    found = client.get("/missing/report", {"name": "Amara Osei", **day_of("born", NOW.replace(2010, 12, 8))}).content
    assert f"/missing/report/{amara.pk}" in found.decode()
    page = sent(client, f"/missing/report/{amara.pk}", report_answers(number="MP/1"))
    assert "The reference is M-" in page
    account = Account.objects.get()
    assert (account.agency, account.number, account.told_by) == (cast.school, "MP/1", "Carol Price")
    assert client.get(f"/missing/{account.episode_id}").status_code == 404


def test_somebody_who_is_not_on_record_is_begun_with_the_report(cast: Cast) -> None:
    client = signed_in(cast.raj)
    assert "Nobody on record" in client.get("/missing/report", {"name": "Zephyr Quill"}).content.decode()
    asked = client.get("/missing/report/new", {"name": "Zephyr Quill"}).content.decode()
    assert 'value="Zephyr"' in asked
    page = sent(client, "/missing/report/new", report_answers(first_name="Zephyr", last_name="Quill"))
    assert "Missing for 3 hours" in page
    assert "Zephyr Quill" in page
    assert Subject.objects.get(pk=Episode.objects.get().subject_id).name == "Zephyr Quill"


def test_of_whom_it_is_withheld_that_they_are_known_no_second_record_begins_and_nobody_learns_it(cast: Cast) -> None:
    """Pia's home reports a child whose being known is withheld, and one whom nobody knows: all she sees is the same."""
    child = make_person("Zofia Wit", headline=False)
    let_in(child, cast.asha)
    client, said = signed_in(cast.pia), []
    for first in ("Zofia", "Nadia"):
        who = {"first_name": first, "last_name": "Wit", **day_of("date_of_birth", NOW.replace(2010, 12, 8))}
        answer = client.post("/missing/report/new", report_answers(**who))
        page = client.get(answer["Location"]).content.decode()
        receipt = page[page.find("Reported. The reference") :]
        said.append((answer.status_code, answer["Location"], receipt[26 : receipt.find(":")].strip()[:8]))
        with viewing_as(cast.pia):
            assert not Episode.objects.exists()
            assert not Subject.objects.exists()
    assert said[0][:2] == said[1][:2]
    assert Subject.objects.filter(name="Zofia Wit").count() == 1
    assert Episode.objects.filter(subject=child).count() == 1
    assert Subject.objects.filter(name="Nadia Wit").count() == 1
    with viewing_as(cast.asha):
        assert Notice.objects.filter(viewer=cast.asha, once__startswith="missing:").exists()


def test_a_report_sent_twice_is_one(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast.asha)
    address = f"/missing/report/{amara.pk}"
    box = BeautifulSoup(client.get(address).content, "html.parser").select_one("input[name=once]")
    assert box
    answers = {"once": box["value"], **report_answers()}
    for _ in range(2):
        client.post(address, answers)
    assert Account.objects.count() == 1


def test_what_cannot_be_is_said_at_its_box(cast: Cast, amara: Subject) -> None:
    client = signed_in(cast.asha)
    later = timezone.now() + HOUR
    page = sent(client, f"/missing/report/{amara.pk}", report_answers(gone_time="25:00"))
    assert "There is a problem" in page
    tomorrow = report_answers(**day_of("gone_on", later + 24 * HOUR))
    assert "There is a problem" in sent(client, f"/missing/report/{amara.pk}", tomorrow)
    assert "There is a problem" in client.get("/missing/report", {"name": "", "nhs": "123"}).content.decode()
    assert not Episode.objects.exists()


def test_the_day_alone_will_do(cast: Cast, amara: Subject) -> None:
    page = sent(signed_in(cast.asha), f"/missing/report/{amara.pk}", report_answers(gone_time=""))
    assert "time not known" in page
    assert Episode.objects.get().gone_is_day


def test_those_who_search_and_the_lead_worker_are_told_at_once_and_no_word_names_anybody(
    cast: Cast, amara: Subject
) -> None:
    lead = {"worker": "Ben Okafor", "worker_key": cast.ben.email, "role": "Social worker", "is_lead": True}
    Involvement.objects.create(subject=amara, scope=amara.scope, agency=cast.council, recorded_at=NOW, **lead)
    told = Reported(amara.pk, cast.school.pk, "missing", NOW - HOUR)
    episode = report_missing(reported=told, by=cast.carol, now=NOW)
    notices = Notice.objects.filter(about=f"episode:{episode.pk}")
    assert {one.viewer for one in notices} == {cast.asha, cast.ben, cast.quinn, cast.raj}
    assert {one.text for one in notices} == {f"A child is missing: {episode.reference}"}
    assert all(one.pushed for one in notices)
    words = " ".join(f"{letter.subject} {letter.body}" for letter in Letter.objects.all())
    assert "Amara" not in words
    assert "Osei" not in words
    report_missing(reported=Reported(amara.pk, cast.police.pk, "missing", NOW - HOUR), by=cast.raj, now=NOW)
    assert Notice.objects.filter(once=f"missing:{episode.pk}").count() == 4


def test_nobody_is_rung_about_an_absence_that_is_over_when_it_is_told(cast: Cast, amara: Subject) -> None:
    told = Reported(amara.pk, cast.school.pk, "missing", NOW - 5 * HOUR, back_at=NOW - HOUR)
    report_missing(reported=told, by=cast.carol, now=NOW)
    assert not Notice.objects.filter(once__startswith="missing:").exists()


def test_the_record_tells_what_was_reported_here(cast: Cast, amara: Subject, episode: Episode) -> None:
    entry = Entry.objects.get(kind="missing-reported")
    assert entry.written_by == cast.raj
    assert "She took the last bus" in entry.summary
    say_back(episode_id=episode.pk, back=Back(timezone.now()), by=cast.raj, now=timezone.now())
    assert Entry.objects.filter(kind="missing-back", about__subject=amara).count() == 1


def test_exploitation_on_record_asks_why_not_high_and_tells_police_no_more(
    cast: Cast, amara: Subject, episode: Episode
) -> None:
    make_entry("The assessment found: gangs", amara, kind="assessment-factors", details={"factors": "gangs"})
    page = signed_in(cast.raj).get(f"/missing/{episode.pk}/grade").content.decode()
    assert "Exploitation or trafficking is on record" in page
    assert "The assessment found" not in page
    assert "The assessment found: gangs" in signed_in(cast.asha).get(f"/missing/{episode.pk}/grade").content.decode()
    answers = {"code": "medium", "reasons": "Known places", "agency": str(cast.police.pk)}
    client = signed_in(cast.raj)
    assert "Say why not." in sent(client, f"/missing/{episode.pk}/grade", answers)
    with pytest.raises(NeedsWhyNot), viewing_as(cast.raj):
        give_grade(episode_id=episode.pk, graded=Graded("low", "Known places"), by=cast.raj, now=NOW)
    sent(client, f"/missing/{episode.pk}/grade", {**answers, "why_not_high": "Her aunt rang"})
    grade = Grade.objects.get()
    assert grade.consider_high == ["Exploitation or trafficking is on record"]
    assert grade.why_not_high == "Her aunt rang"
    sent(client, f"/missing/{episode.pk}/grade", {**answers, "code": "high"})
    assert [one.code for one in Grade.objects.order_by("pk")] == ["medium", "high"]
    episode.refresh_from_db()
    assert episode.grade == "high"
    assert "Her aunt rang" in client.get(f"/missing/{episode.pk}").content.decode()


@pytest.mark.parametrize(
    ("kind", "summary", "details", "asks"),
    [
        ("nrm-referral", "Referred", {}, True),
        ("nrm-decision", "Reasonable grounds decision: positive", {}, True),
        ("nrm-decision", "Conclusive grounds decision: negative", {}, False),
        ("exploitation-flag", "Flag: CCE", {}, True),
        ("assessment-factors", "Found", {"factors": "trafficking, mental health"}, True),
        ("assessment-factors", "Found", {"factors": ["criminal exploitation"]}, True),
        ("assessment-factors", "Found", {"factors": "mental health"}, False),
        ("note", "Exploitation was not mentioned", {}, False),
    ],
)
def test_what_asks_to_consider_high(
    amara: Subject, episode: Episode, settings: Any, kind: str, summary: str, details: dict[str, Any], asks: bool
) -> None:
    settings.FEEDS = [Path(kith.__file__).parent / "demo" / "feeds"]  # its kinds name exploitation
    make_entry(summary, amara, kind=kind, details=details)
    assert bool(consider_high(episode)) is asks


def test_what_is_feared_asks_it_too(cast: Cast, amara: Subject) -> None:
    told = Reported(amara.pk, cast.police.pk, "missing", NOW - HOUR, details=Details(harm_feared=("trafficking",)))
    assert consider_high(report_missing(reported=told, by=cast.raj, now=NOW))
    assert not speaks_of_exploitation(None)
    assert is_refused("No conclusive grounds")


def test_a_wrong_return_is_corrected_clocks_move_history_stands_everybody_is_told(
    cast: Cast, amara: Subject, episode: Episode
) -> None:
    let_in(amara, cast.at_home, because="She lives at Seacroft House")
    now = timezone.now()
    say_back(episode_id=episode.pk, back=Back(now - HOUR), by=cast.raj, now=now)
    before = held_by(now - HOUR)
    Notice.objects.all().delete()
    client, right = signed_in(cast.quinn), now - 20 * HOUR
    answers = {**day_of("back_on", right), "back_time": time_of(right), "why": "The home saw her come in"}
    looked = sent(client, f"/missing/{episode.pk}/correct", {**answers, "look": "yes"})
    assert "It would say" in looked
    assert "Pia Novak, Seacroft House" in looked
    assert Return.objects.count() == 1
    page = sent(client, f"/missing/{episode.pk}/correct", {**answers, "save": "yes"})
    episode.refresh_from_db()
    assert held_by(episode.back_at) < before - 18 * HOUR
    assert "The home saw her come in" in page
    assert page.count('<span class="kith-badge">Counts</span>') == 1
    notices = Notice.objects.filter(once__startswith="corrected:")
    assert {one.viewer for one in notices} == {cast.asha, cast.raj, cast.pia}
    assert all("is now" in one.text and "Amara" not in one.text for one in notices)
    entry = Entry.objects.get(kind="return-corrected", about__subject=amara)
    assert "The home saw her come in" in entry.summary


def test_a_time_before_they_were_gone_is_refused_at_its_box(cast: Cast, episode: Episode) -> None:
    client = signed_in(cast.raj)
    at = timezone.now() - 40 * HOUR
    answers = {**day_of("back_on", at), "back_time": time_of(at), "found_by": "police", "returned_to": "same"}
    assert "before they were last seen" in sent(client, f"/missing/{episode.pk}/back", answers)
    corrected = {**day_of("back_on", at), "back_time": time_of(at), "why": "Wrong", "save": "yes"}
    assert "before they were last seen" in sent(client, f"/missing/{episode.pk}/correct", corrected)
    assert not Return.objects.exists()


def test_reported_in_error_is_kept_not_counted_and_closes_the_record(
    cast: Cast, amara: Subject, episode: Episode
) -> None:
    with viewing_as(cast.quinn):
        assert Subject.objects.filter(pk=amara.pk).exists()
    page = sent(signed_in(cast.raj), f"/missing/{episode.pk}/in-error", {"because": "She was at school"})
    assert "Not counted:" in page
    assert "She was at school" in page
    with viewing_as(cast.quinn):
        assert not Subject.objects.filter(pk=amara.pk).exists()
        assert Episode.objects.filter(pk=episode.pk).exists()
    with pytest.raises(NotAllowed):
        say_back(episode_id=episode.pk, back=Back(timezone.now()), by=cast.raj, now=timezone.now())
    count_again(episode_id=episode.pk, because="She was not", by=cast.raj, now=timezone.now())
    assert Opening.objects.filter(reference=f"episode:{episode.pk}", ended_at=None).count() == 1
    with pytest.raises(NotAllowed):
        set_aside(episode_id=episode.pk, because=" ", by=cast.raj, now=timezone.now())


def test_an_update_is_said_and_stands(cast: Cast, episode: Episode) -> None:
    client = signed_in(cast.asha)
    for text in ("Her aunt was rung", "Her school was asked"):
        page = sent(client, f"/missing/{episode.pk}/update", {"text": text})
    assert page.index("Her school was asked") < page.index("Her aunt was rung")


def test_it_asks_as_much_of_a_long_story_as_of_a_short_one(
    cast: Cast, episode: Episode, django_assert_max_num_queries: Any
) -> None:
    client, address, now = signed_in(cast.raj), f"/missing/{episode.pk}", timezone.now()
    say_back(episode_id=episode.pk, back=Back(now - HOUR), by=cast.raj, now=now)
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for number in range(2, 9):
        correct_return(episode_id=episode.pk, back=Back(now - number * HOUR), why="Heard again", by=cast.raj, now=now)
        give_grade(episode_id=episode.pk, graded=Graded("low", "Known places"), by=cast.raj, now=now)
    for agency in (cast.council, cast.school, cast.home):
        told = Reported(episode.subject_id, agency.pk, "missing", now - 29 * HOUR)
        report_missing(reported=told, by=cast.asha, now=now)
    with django_assert_max_num_queries(60) as many:
        page = client.get(address).content.decode()
    assert page.count("Heard again") == 7
    assert len(many) == len(few)

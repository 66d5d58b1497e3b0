"""Letters that tell of missing children: proposed, never acted on by themselves; confirmed once; nothing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.clocks import HERE
from kith.foundations.notices.models import Notice
from kith.front_door.actions.mailbox import take_email
from kith.front_door.actions.missing_mail import (
    back_from_letter,
    not_missing,
    report_from_letter,
    report_newcomer_from_letter,
)
from kith.front_door.models import Contact, MissingLetter
from kith.linkage.newcomers import Newcomer
from kith.missing.actions import Back, Reported, report_missing
from kith.missing.models import Account, Episode
from kith.subjects.models import Subject
from kith.subjects.search import refresh
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
GONE = NOW.astimezone(HERE).replace(minute=0, second=0, microsecond=0) - timedelta(hours=9)
REPORT = f"""Missing person report
Ref: MP/114099
Name: Amara Osei
DOB: 08/12/2010
Missing since: {GONE:%d/%m/%Y %H:%M}
Risk: High
Clothing: grey hoodie
"""
BACK = f"""Misper found
Ref: MP/114099
Name: Amara Osei
Returned: {GONE + timedelta(hours=6):%d/%m/%Y %H:%M}
"""


@pytest.fixture(autouse=True)
def police_have_an_address(cast: Cast, settings: Any) -> None:
    settings.KITH_MAIL_TRUSTED = ["mx.severnmouth.example"]
    cast.police.email = "control@police.example"
    cast.police.save()


def came(text: str, *, known: bool = True, number: str = "1", now: datetime = NOW) -> MissingLetter | None:
    """The letter came; what was proposed of it."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Control Room <control@police.example>", "Notification"
    message["Message-ID"] = f"<{number}@police.example>"
    if known:
        message["Authentication-Results"] = "mx.severnmouth.example; dmarc=pass header.from=police.example"
    message.set_content(text)
    take_email(raw=message.as_bytes(), now=now)
    return MissingLetter.objects.order_by("-pk").first()


def reported(cast: Cast, child: Subject) -> Reported:
    return Reported(child.pk, cast.police.pk, "missing", GONE, number="MP/114099", came_by="email")


def test_it_is_proposed_to_those_who_search_and_follow_and_nothing_happens(cast: Cast) -> None:
    letter = came(REPORT)
    assert letter
    assert (letter.tells, letter.agency, letter.outcome) == ("report", cast.police, "")
    assert Contact.objects.get() == letter.contact
    assert not Episode.objects.exists()
    told = Notice.objects.filter(about=f"missing-letter:{letter.pk}")
    assert {(one.viewer, one.pushed) for one in told} == {(cast.quinn, True), (cast.raj, True)}
    assert "Amara" not in "".join(told.values_list("text", flat=True))
    seen = set()
    for viewer in cast.everybody():
        with viewing_as(viewer):
            seen |= {viewer} if MissingLetter.objects.exists() else set()
    assert seen == {cast.quinn, cast.raj, cast.farah}


def test_the_same_letter_twice_is_one_proposal(cast: Cast) -> None:
    came(REPORT)
    came(REPORT)
    assert MissingLetter.objects.count() == Contact.objects.count() == 1


@pytest.mark.parametrize("text", ["Worried\nName: Amara Osei\nDOB: 08/12/2010", "A girl went missing last year."])
def test_another_letter_is_a_contact_and_no_more(cast: Cast, text: str) -> None:
    assert came(text) is None
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("why", ["not verified", "no team that searches"])
def test_a_sender_we_do_not_know_is_proposed_with_a_warning_and_rings_nobody(
    client: Client, cast: Cast, why: str
) -> None:
    if why != "not verified":
        cast.search.work = ""
        cast.search.save()
    letter = came(REPORT, known=why != "not verified")
    assert letter
    assert letter.agency is None
    assert not Notice.objects.filter(pushed=True).exists()
    client.force_login(cast.quinn)
    assert "do not know that this came from" in client.get(reverse("missing-letter", args=[letter.pk])).content.decode()


def test_confirmed_it_is_the_agencys_account_once_whoever_confirms(cast: Cast) -> None:
    child, letter = make_person("Amara Osei"), came(REPORT)
    assert letter
    numbers = set()
    for viewer in (cast.raj, cast.quinn):
        with viewing_as(viewer):
            given = {"reported": reported(cast, child), "by": viewer, "now": NOW}
            numbers.add(report_from_letter(letter_id=letter.pk, **given).pk)  # type: ignore[arg-type]
    account = Account.objects.get()
    assert numbers == {account.episode_id}
    assert (account.agency, account.number, account.came_by) == (cast.police, "MP/114099", "email")
    letter.refresh_from_db()
    assert (letter.outcome, letter.settled_by, letter.episode_id) == ("reported", cast.raj, account.episode_id)
    assert Contact.objects.get().decided_at is None


def test_a_newcomer_is_begun_once_whoever_confirms(cast: Cast) -> None:
    letter = came(REPORT)
    assert letter
    told = Reported(0, cast.police.pk, "missing", GONE, number="MP/114099", came_by="email")
    newcomer = Newcomer({"first_name": "Amara", "last_name": "Osei"}, is_child=True, told_in="Letter")
    for viewer in (cast.raj, cast.quinn):
        with viewing_as(viewer):
            given = {"newcomer": newcomer, "reported": told, "by": viewer, "now": NOW}
            report_newcomer_from_letter(letter_id=letter.pk, **given)  # type: ignore[arg-type]
    assert Episode.objects.count() == Subject.objects.count() == 1


def test_a_return_ends_the_account_of_the_agency_that_wrote(cast: Cast) -> None:
    child = make_person("Amara Osei")
    episode = report_missing(reported=reported(cast, child), by=cast.raj, now=NOW)
    letter = came(BACK)
    assert letter
    assert letter.tells == "return"
    for viewer in (cast.quinn, cast.raj):
        with viewing_as(viewer):
            said = Back(GONE + timedelta(hours=6), "Home")
            back_from_letter(letter_id=letter.pk, episode_id=episode.pk, back=said, by=viewer, now=NOW)
    episode.refresh_from_db()
    assert episode.back_at == GONE + timedelta(hours=6)
    assert Account.objects.get().back_at == episode.back_at
    assert [one.agency for one in episode.returns.all()] == [cast.police]


def test_not_a_missing_report_stays_a_contact_and_may_be_looked_at_again(cast: Cast) -> None:
    child, letter = make_person("Amara Osei"), came(REPORT)
    assert letter
    with viewing_as(cast.quinn):
        not_missing(letter_id=letter.pk, by=cast.quinn, now=NOW)
        letter.refresh_from_db()
        assert letter.outcome == "not"
        report_from_letter(letter_id=letter.pk, reported=reported(cast, child), by=cast.quinn, now=NOW)
        with pytest.raises(NotAllowed):
            not_missing(letter_id=letter.pk, by=cast.quinn, now=NOW)
    assert Contact.objects.count() == 1


def test_only_the_desk_decides(cast: Cast) -> None:
    letter = came(REPORT)
    assert letter
    with viewing_as(cast.farah), pytest.raises(NotAllowed):
        not_missing(letter_id=letter.pk, by=cast.farah, now=NOW)


def test_from_the_page_to_the_absence(client: Client, cast: Cast) -> None:
    """Raj opens it, sees what was read beside the letter, corrects the time and reports."""
    child = make_person("Amara Osei")
    refresh()
    letter = came(REPORT.replace("Risk: High", "Risk: amber"))
    assert letter
    client.force_login(cast.raj)
    listed = client.get(reverse("missing-mail")).content.decode()
    assert "Amara Osei" in listed
    page = client.get(reverse("missing-letter", args=[letter.pk])).content.decode()
    address = reverse("missing-letter-report", args=[letter.pk, child.pk])
    assert f'href="{address}"' in page
    assert "It is none of our grades" in page
    assert "MP/114099" in page
    assert "<title>" in page
    assert "Amara" not in page.partition("<title>")[2].partition("</title>")[0]
    form = client.get(address).content.decode()
    assert 'value="MP/114099"' in form
    assert "grey hoodie" in form
    gone = GONE - timedelta(hours=1)
    answers = {
        "agency": str(cast.police.pk), "kind": "missing", "number": "MP/114099", "missing_from": "home",
        "circumstances": "Not home", "told_by": "Control Room", "grade": "high", "gone_time": f"{gone:%H:%M}",
        **{f"gone_on-{part}": str(getattr(gone, part)) for part in ("day", "month", "year")},
    }  # fmt: skip
    answer = client.post(address, answers)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    account = Account.objects.get()
    assert (account.gone_at, account.grade, account.came_by, account.agency) == (gone, "high", "email", cast.police)
    client.force_login(cast.farah)
    shown = client.get(reverse("contact", args=[letter.contact_id])).content.decode()
    assert f"Reported as {account.episode.reference}" in shown


def test_a_number_that_stands_already_is_said_and_kept_with_it(client: Client, cast: Cast) -> None:
    child = make_person("Amara Osei")
    let_in(child, cast.quinn)
    episode = report_missing(reported=reported(cast, child), by=cast.raj, now=NOW)
    letter = came(REPORT)
    assert letter
    client.force_login(cast.quinn)
    page = client.get(reverse("missing-letter", args=[letter.pk])).content.decode()
    assert f"Their number stands already at {episode.reference}" in page
    client.post(reverse("missing-letter-settle", args=[letter.pk]), {"stands": str(episode.pk)})
    letter.refresh_from_db()
    assert (letter.outcome, letter.episode) == ("standing", episode)
    assert Account.objects.count() == 1


def test_a_return_of_which_nobody_had_told_is_reported_first(client: Client, cast: Cast) -> None:
    child = make_person("Amara Osei")
    letter = came(BACK + f"Missing since: {GONE:%d/%m/%Y %H:%M}\n")
    assert letter
    client.force_login(cast.raj)
    answers = {
        "agency": str(cast.police.pk), "kind": "missing", "number": "MP/114099", "missing_from": "home",
        "circumstances": "Not home", "told_by": "Control Room", "gone_time": f"{GONE:%H:%M}",
        **{f"gone_on-{part}": str(getattr(GONE, part)) for part in ("day", "month", "year")},
    }  # fmt: skip
    answer = client.post(reverse("missing-letter-report", args=[letter.pk, child.pk]), answers)
    episode = Episode.objects.get()
    assert answer["Location"] == reverse("missing-letter-back", args=[letter.pk, episode.pk])
    letter.refresh_from_db()
    assert letter.outcome == ""
    back = GONE + timedelta(hours=6)
    said = {
        "back_time": f"{back:%H:%M}", "found_by": "police", "returned_to": "same",
        **{f"back_on-{part}": str(getattr(back, part)) for part in ("day", "month", "year")},
    }  # fmt: skip
    assert client.post(answer["Location"], said).status_code == 302
    letter.refresh_from_db()
    assert letter.outcome == "back"

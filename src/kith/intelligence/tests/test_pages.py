"""The pages, as they are filled in and sent."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.drafts.models import Draft
from kith.intelligence.actions import FlagGiven, set_flag
from kith.intelligence.models import Flag, Grading, Named, PassedOn, Report, Use, Version
from kith.intelligence.queries import others
from kith.intelligence.tests.given import PUBLIC, TEXT, approved, graded, passed_to_east, receive, report_of
from kith.subjects.models import LinkEvidence
from tests.support.cast import NOW, Cast, let_in, make_person

pytestmark = pytest.mark.django_db
GIVEN = {"danger_now": "no", "text": TEXT, "how_known": "somebody", "save": "yes"}
CODES = {"source_code": "2", "information_code": "B", "handling_code": "P", "priority": "low"}


def signed_in(who: Any) -> Client:
    client = Client()
    type(who).objects.filter(pk=who.pk).update(password="of no use, and yet a password")
    who.refresh_from_db()
    client.force_login(who)
    return client


def sent(client: Client, address: str, answers: dict[str, Any]) -> str:
    """The form at this address, filled in as its page asks, and the page that follows."""
    page = BeautifulSoup(client.get(address).content, "html.parser")
    once = page.select_one("input[name=once]")
    mark = {"once": once["value"]} if once else {}
    return client.post(address, {**mark, **answers}, follow=True).content.decode()


@pytest.fixture
def report(cast: Cast) -> Report:
    return report_of(receive(cast))


def test_rows_are_added_and_everything_typed_comes_back(cast: Cast) -> None:
    rows = {
        "named-kind": ["vehicle", "phone"],
        "named-value": ["QX07 ABC", "07700 900381"],
        "named-about": ["grey", ""],
    }
    page = sent(signed_in(cast.carol), "/intelligence/new", {"text": TEXT, **rows, "another": "yes"})
    assert all(word in page for word in (TEXT, "QX07 ABC", "07700 900381", "grey", "named-value-3"))
    assert "There is a problem" not in page
    sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, **rows})
    assert list(Named.objects.order_by("pk").values_list("kind", "value")) == [
        ("vehicle", "QX07 ABC"),
        ("phone", "07700 900381"),
    ]


def test_a_row_without_its_kind_is_asked_for(cast: Cast) -> None:
    rows = {"named-kind": [""], "named-value": ["QX07 ABC"], "named-about": [""]}
    page = sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, **rows})
    assert "Choose what “QX07 ABC” is" in page
    assert not Report.objects.exists()


def test_a_record_is_found_and_named_without_a_link(cast: Cast) -> None:
    amara = make_person()
    let_in(amara, cast.carol)
    client = signed_in(cast.carol)
    assert "May be about Amara Osei" in sent(client, "/intelligence/new", {"find": "Amara", "look": "yes"})
    sent(client, "/intelligence/new", {**GIVEN, "about": str(amara.pk)})
    assert Named.objects.get().subject_id == amara.pk
    assert not LinkEvidence.objects.exists()


def test_a_record_that_is_not_open_cannot_be_named(cast: Cast) -> None:
    amara = make_person()
    sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, "about": str(amara.pk)})
    assert not Named.objects.exists()


def test_danger_stops_first(cast: Cast) -> None:
    client = signed_in(cast.carol)
    assert "Ring 999 now" in sent(client, "/intelligence/new", {**GIVEN, "danger_now": "yes"})
    assert not Report.objects.exists()
    sent(client, "/intelligence/new", {**GIVEN, "danger_now": "yes", "save": "rung"})
    assert Report.objects.get().priority == "high"


def test_once_it_is_given_no_draft_of_it_is_left(cast: Cast) -> None:
    client = signed_in(cast.carol)
    page = BeautifulSoup(client.get("/intelligence/new").content, "html.parser")
    mark = {"once": page.select("input[name=once]")[0]["value"]}
    client.post("/intelligence/new", {**mark, "text": TEXT, "source_name": "Tamsin Loxley", "save": "yes"})
    assert Draft.objects.count() == 1
    with viewing_as(cast.kofi):
        assert not Draft.objects.exists()
    for _ in range(2):
        client.post("/intelligence/new", {**mark, **GIVEN, "source_name": "Tamsin Loxley"})
    assert (Draft.objects.count(), Report.objects.count()) == (0, 1)


def test_nothing_is_graded_by_leaving_it_as_it_is(cast: Cast, report: Report) -> None:
    client = signed_in(cast.kofi)
    address = f"/intelligence/{report.pk}/"
    assert "checked" not in client.get(address).content.decode().split("Grade it")[1]
    page = sent(client, address, {})
    assert all(words in page for words in ("Choose the source", "Choose the information", "Choose handling"))
    assert not Grading.objects.exists()
    sent(client, address, CODES)
    assert Grading.objects.get().words == "2B"


def test_it_is_passed_on_as_filled_in(cast: Cast, report: Report) -> None:
    graded(cast, report)
    approved(cast, report)
    answers = {"to": [f"{cast.council.pk}-{cast.east.pk}"], "purpose": "place", "basis": "public-task"}
    page = sent(signed_in(cast.lena), f"/intelligence/{report.pk}/pass-on", answers)
    assert "Passed on to 1." in page
    assert PassedOn.objects.get().team == cast.east
    assert (
        "Contextual Safeguarding East"
        not in signed_in(cast.lena).get(f"/intelligence/{report.pk}/pass-on").content.decode()
    )


def test_conditions_must_go_with_it(cast: Cast, report: Report) -> None:
    graded(cast, report, handling_code="C", conditions="Not to be read out")
    approved(cast, report)
    answers = {"to": [f"{cast.school.pk}-"], "purpose": "place", "basis": "public-task", "conditions": ""}
    assert "There is a problem" in sent(signed_in(cast.lena), f"/intelligence/{report.pk}/pass-on", answers)
    assert not PassedOn.objects.exists()


def test_a_version_is_given_back_only_with_a_reason(cast: Cast, report: Report) -> None:
    graded(cast, report)
    address = f"/intelligence/{report.pk}/"
    sent(signed_in(cast.kofi), f"{address}version", {"text": PUBLIC, "save": "yes"})
    assert "Say what must change" in sent(signed_in(cast.lena), f"{address}decide", {"return": "yes"})
    sent(signed_in(cast.lena), f"{address}decide", {"return": "yes", "because": "Leave the day out"})
    assert "Leave the day out" in signed_in(cast.kofi).get(f"{address}version").content.decode()
    assert Version.objects.get().approved is False


def test_steps_out_of_their_order_lead_back(cast: Cast, report: Report) -> None:
    client = signed_in(cast.kofi)
    for step in ("version", "decide", "pass-on"):
        answer = client.get(f"/intelligence/{report.pk}/{step}")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/intelligence/{report.pk}/")


def test_a_receiver_says_why_it_was_not_used(cast: Cast, report: Report) -> None:
    graded(cast, report)
    passed = passed_to_east(cast, approved(cast, report))
    address = f"/intelligence/received/{passed.pk}/"
    sent(signed_in(cast.ben), address, {"used": "no", "text": "The car was sold"})
    assert Use.objects.get().by == cast.ben
    assert "The car was sold" in signed_in(cast.carol).get("/intelligence/mine/").content.decode()
    assert signed_in(cast.carol).get(address).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xml"])
def test_only_an_approved_version_is_taken_away_and_without_its_source(
    cast: Cast, report: Report, kind: str, settings: Any
) -> None:
    client, address = signed_in(cast.kofi), f"/intelligence/{report.pk}/export.{kind}"
    graded(cast, report)
    assert client.get(address).status_code == 302
    Version.objects.filter(pk=approved(cast, report).pk).update(text="=cmd|' /C calc'!A0 \x0b" + PUBLIC)
    settings.DEMO = True  # where nobody is asked for their password again
    client.post("/demo/sign-in", {"person": cast.kofi.pk})
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    assert not {"Tamsin", "Carol", "900417", TEXT} & {
        word for word in ("Tamsin", "Carol", "900417", TEXT) if word in text
    }
    if kind == "csv":
        row = next(csv.DictReader(io.StringIO(text)))
        assert (row["source_and_information"], row["text"][:2]) == ("2B", "'=")
    else:
        assert ElementTree.fromstring(text).findtext("reference") == report.number
    assert AuditEvent.objects.filter(action="export-intelligence").count() == 1


def test_volumes_as_a_page_and_as_a_file(cast: Cast, report: Report) -> None:
    client = signed_in(cast.kofi)
    assert "Harbour View Academy" in client.get("/intelligence/volumes").content.decode()
    rows = list(csv.reader(io.StringIO(client.get("/intelligence/volumes.csv").content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Agency", "School holidays", "Harbour View Academy", "Total"]
    assert rows[2][-1] == "1"


def flag(cast: Cast, **fields: Any) -> Flag:
    today = timezone.localdate()
    days = {"review_on": today + timedelta(days=5), "expires_on": today + timedelta(days=30)}
    words = {"says": "Ring the team first", "why": "Two reports", "owner_id": cast.kofi.pk, **days}
    with viewing_as(cast.kofi):
        return set_flag(flag=FlagGiven(**{**words, **fields}), by=cast.kofi, now=timezone.now())


def test_an_expired_flag_no_longer_shows(cast: Cast) -> None:
    amara = make_person()
    let_in(amara, cast.kofi, cast.asha)
    made = flag(cast, subject_id=amara.pk)
    page = f"/records/{amara.pk}/intelligence"
    assert "Ring the team first" in signed_in(cast.asha).get(page).content.decode()
    with viewing_as(cast.kofi):
        assert not others.standing_flags(made.expires_on).exists()
        assert others.standing_flags(made.expires_on - timedelta(days=1)).exists()
    Flag.objects.update(review_on=timezone.localdate(), expires_on=timezone.localdate())
    assert "Ring the team first" not in signed_in(cast.asha).get(page).content.decode()


def test_a_flag_has_an_end_and_is_reviewed_before_it(cast: Cast) -> None:
    later = timezone.localdate() + timedelta(days=60)
    with pytest.raises(ValueError, match="reviewed before"):
        flag(cast, vehicle="QX07 ABC", review_on=later)
    page = sent(
        signed_in(cast.kofi), "/intelligence/flags/new", {"vehicle": "QX07 ABC", "says": "x", "why": "y", "save": "1"}
    )
    assert "There is a problem" in page
    assert not Flag.objects.exists()


def test_a_flag_is_kept_on_or_ended(cast: Cast) -> None:
    made, client = flag(cast, vehicle="QX07 ABC"), signed_in(cast.lena)
    day = timezone.localdate() + timedelta(days=90)
    dates = {
        f"{n}-{part}": str(getattr(day, part)) for n in ("review_on", "expires_on") for part in ("day", "month", "year")
    }
    sent(client, f"/intelligence/flags/{made.pk}/", {"because": "Seen again", "keep": "yes", **dates})
    made.refresh_from_db()
    assert (made.review_on, made.expires_on) == (day, day)
    sent(client, f"/intelligence/flags/{made.pk}/", {"because": "Sold", "end": "yes"})
    assert client.get(f"/intelligence/flags/{made.pk}/").status_code == 404
    assert "No flag stands" in client.get("/intelligence/flags/").content.decode()


def test_whoever_does_not_hold_the_record_sets_no_flag_on_it(cast: Cast) -> None:
    amara = make_person()
    answers = {"about": str(amara.pk), "says": "x", "why": "y", "save": "yes", "owner": str(cast.kofi.pk)}
    sent(signed_in(cast.kofi), "/intelligence/flags/new", answers)
    assert not Flag.objects.exists()


def test_named_is_said_to_be_on_a_record_and_taken_back(cast: Cast, report: Report) -> None:
    amara = make_person()
    let_in(amara, cast.kofi)
    one, client = report.named.order_by("pk")[0], signed_in(cast.kofi)
    address = f"/intelligence/{report.pk}/named/{one.pk}/"
    assert "May be Amara Osei" in sent(client, address, {"find": "Amara", "look": "yes"})
    sent(client, address, {"pick": str(amara.pk)})
    assert "Amara Osei" in client.get(f"/intelligence/{report.pk}/").content.decode()
    assert "Amara Osei" not in signed_in(cast.lena).get(f"/intelligence/{report.pk}/").content.decode()
    sent(client, address, {"clear": "yes"})
    assert Named.objects.get(pk=one.pk).subject_id is None


def test_the_queue_puts_what_is_due_first(cast: Cast) -> None:
    early, urgent = report_of(receive(cast)), report_of(receive(cast, text="Now", danger_now=True))
    Report.objects.filter(pk=early.pk).update(given_at=NOW - timedelta(hours=2))
    page = signed_in(cast.kofi).get("/intelligence/").content.decode()
    assert page.index(urgent.number) < page.index(early.number)


@pytest.mark.parametrize("typed", ["\x00", "🙂" * 50, "<script>alert(1)</script>", "x" * 5000, "'; drop table x; --"])
def test_whatever_is_typed_is_answered(cast: Cast, typed: str) -> None:
    rows = {"named-kind": ["person"], "named-value": [f"{typed}a"], "named-about": [typed]}
    client = signed_in(cast.carol)
    page = sent(client, "/intelligence/new", {**GIVEN, **rows, "text": typed, "source_name": typed, "find": typed})
    assert "<script>alert" not in page
    assert "There is a problem" in page or Report.objects.count() == 1
    client.post("/intelligence/new", {"save": "yes", "about": ["9" * 30, "-1", "x"], "named-kind": ["x"]})


def test_numbers_that_nothing_has_are_not_there(cast: Cast, report: Report) -> None:
    client = signed_in(cast.kofi)
    for page in (f"{'9' * 30}/", f"{report.pk}/named/{'9' * 30}/", f"flags/{'9' * 30}/", "sources/I-NOBODY/"):
        assert client.get(f"/intelligence/{page}").status_code == 404
    assert client.post(f"/intelligence/{report.pk}/join", {"into": "9" * 30, "because": "x"}).status_code == 302
    assert client.post(f"/intelligence/{report.pk}/join", {"into": report.pk, "because": "x"}).status_code == 302


def test_a_text_that_is_too_long_comes_back_whole(cast: Cast) -> None:
    long = "A car waits. " * 2000
    page = sent(signed_in(cast.carol), "/intelligence/new", {**GIVEN, "text": long})
    assert "There is a problem" in page
    assert long.strip() in page

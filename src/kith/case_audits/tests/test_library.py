"""The library of agencies' own audits: handed in with a file, found, read by whom it is open to, withdrawn."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kith.case_audits.actions.library import AuditFile, HandedIn, hand_in, withdraw
from kith.case_audits.forms.library import NOT_TAKEN, SAY_WHO
from kith.case_audits.models import Submission
from kith.foundations.access.models import Viewer
from kith.foundations.access.permissions import NotAllowed
from kith.foundations.access.viewing import viewing_as
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.models import Document
from kith.foundations.documents.rules import MACROS
from kith.foundations.documents.tests.files import Given, pdf, picture, xlsx
from tests.support.cast import Cast, make_viewer

pytestmark = pytest.mark.django_db
LIBRARY = "/case-audits/library"


def page(client: Client, who: Viewer, address: str, status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def said(client: Client, cast: Cast, **more: Any) -> dict[str, Any]:
    boxes = [box["name"] for box in page(client, cast.carol, f"{LIBRARY}/new").select("input[inputmode=numeric]")]
    today = timezone.localdate()
    since = today - timedelta(days=60)
    numbers = (since.day, since.month, since.year, today.day, today.month, today.year)
    answers = {"title": "Attendance plans", "theme": "neglect", "records": "12", "grade": "improve",
               "findings": "Plans lack the child’s words", "actions": "Train", "audience": ""}  # fmt: skip
    return {**answers, **dict(zip([name for name in boxes if name != "records"], numbers, strict=True)), **more}


def handed(cast: Cast, title: str = "Attendance plans", file: AuditFile | None = None, **more: Any) -> Submission:
    today = timezone.localdate()
    own = HandedIn(title, today - timedelta(days=90), today, 12, "Plans lack words", **more)
    with viewing_as(cast.carol):
        return hand_in(audit=own, file=file, by=cast.carol, now=timezone.now())


def a_pdf(*, shared: bool) -> AuditFile:
    return AuditFile(check_upload(Given(pdf(), "attendance.pdf")), shared)


def can_open(client: Client, who: Viewer, document: int) -> bool:
    client.force_login(who)
    return client.get(f"/documents/{document}").status_code == 200


def test_an_audit_is_handed_in_with_its_file_by_a_form(client: Client, cast: Cast) -> None:
    answers = said(client, cast, audience="all", file=SimpleUploadedFile("attendance.txt", pdf()))
    assert client.post(f"{LIBRARY}/new", answers).status_code == 302
    made = Submission.objects.get()
    assert (made.theme, made.grade, made.is_file_shared) == ("neglect", "improve", True)
    assert made.file.kind == "application/pdf"  # by what it holds, whatever its name says
    shown = page(client, cast.vera, f"{LIBRARY}/{made.pk}")
    assert "Needs to improve" in shown.text
    assert shown.select_one(f'a[href="/documents/{made.file_id}"]')
    assert can_open(client, cast.vera, made.file_id)
    assert not can_open(client, cast.dev, made.file_id)


def test_only_papers_without_macros_are_taken_and_somebody_says_for_whom(client: Client, cast: Cast) -> None:
    macros = xlsx({"xl/vbaProject.bin": b"x"})
    for content, words in ((picture(), NOT_TAKEN), (macros, MACROS), (b"Only words", NOT_TAKEN)):
        answers = said(client, cast, audience="all", file=SimpleUploadedFile("audit.pdf", content))
        response = client.post(f"{LIBRARY}/new", answers)
        assert response.status_code == 422
        assert words in response.content.decode()
    response = client.post(f"{LIBRARY}/new", said(client, cast, file=SimpleUploadedFile("audit.pdf", pdf())))
    assert SAY_WHO in response.content.decode()
    assert not Submission.objects.exists()
    assert not Document.objects.exists()


def test_a_file_kept_to_its_agency_is_opened_by_nobody_else(client: Client, cast: Cast) -> None:
    colleague = make_viewer("Nadia Kerr", "practitioner", cast.carol.agency)
    made = handed(cast, file=a_pdf(shared=False))
    assert can_open(client, cast.carol, made.file_id)
    for who in (cast.hana, cast.vera, cast.asha, cast.uma, cast.dev, colleague):  # a colleague in no team yet
        assert not can_open(client, who, made.file_id)
    assert "keeps the file to itself" in page(client, cast.hana, f"{LIBRARY}/{made.pk}").text
    with viewing_as(cast.hana):
        assert Submission.objects.filter(pk=made.pk).exists()
        assert not Document.objects.exists()


def test_the_library_is_searched_filtered_and_taken_away(client: Client, cast: Cast) -> None:
    handed(cast, "Attendance plans", theme="neglect", grade="good")
    handed(cast, "Return conversations", theme="missing", grade="concern")
    both = {"Return", "Attendance"}
    asked = {"q=return": {"Return"}, "theme=neglect": {"Attendance"}, "grade=concern": {"Return"}, "q=%00": both,
             "agency=harbour-view": both, "agency=council": set(), "theme=nonsense": both}  # fmt: skip
    for query, found in asked.items():
        text = page(client, cast.vera, f"{LIBRARY}?{query}").find("main").text
        assert {one for one in ("Return", "Attendance") if f"{one} " in text} == found, query
    client.force_login(cast.vera)
    rows = list(csv.DictReader(io.StringIO(client.get(f"{LIBRARY}.csv?theme=missing").content.decode("utf-8-sig"))))
    assert [(row["What was audited"], row["As a whole"], row["File"]) for row in rows] == [
        ("Return conversations", "A concern now", "None")
    ]
    page(client, cast.dev, f"{LIBRARY}.csv", 403)


def test_an_audit_is_withdrawn_with_a_reason_and_its_file_closes(client: Client, cast: Cast) -> None:
    made = handed(cast, file=a_pdf(shared=True))
    assert can_open(client, cast.vera, made.file_id)
    for who in (cast.hana, cast.vera, cast.asha):
        page(client, who, f"{LIBRARY}/{made.pk}/withdraw", 403)
    client.force_login(cast.carol)
    assert client.post(f"{LIBRARY}/{made.pk}/withdraw", {"why": "because"}).status_code == 422
    assert client.post(f"{LIBRARY}/{made.pk}/withdraw", {"why": "A child could be known from it"}).status_code == 302
    assert "None was handed in yet" in page(client, cast.vera, LIBRARY).text
    assert "Attendance plans" in page(client, cast.vera, f"{LIBRARY}?withdrawn=yes").text
    assert "A child could be known from it" in page(client, cast.vera, f"{LIBRARY}/{made.pk}").text
    assert not can_open(client, cast.vera, made.file_id)
    assert can_open(client, cast.carol, made.file_id)
    made.refresh_from_db()
    with viewing_as(cast.carol), pytest.raises(NotAllowed):
        withdraw(audit=made, why="A child could be known", by=cast.carol, now=timezone.now())


def test_a_long_library_is_paged_with_as_many_questions(client: Client, cast: Cast) -> None:
    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(LIBRARY)
        return len(asked)

    handed(cast)
    client.force_login(cast.vera)
    few = questions()
    for number in range(24):
        handed(cast, f"Audit {number}")
    client.force_login(cast.vera)
    assert questions() <= few + 1
    assert len(page(client, cast.vera, f"{LIBRARY}?page=2").select("main ul.govuk-list li")) == 5

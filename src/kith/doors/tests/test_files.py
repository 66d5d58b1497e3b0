"""Files given with a report: checked, cleaned of where they were taken, kept with it, seen by the front door."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kith.doors.models import FileSoFar, ReportSoFar
from kith.doors.tests.test_telling import send, tell, text
from kith.foundations.access.viewing import viewing_as
from kith.foundations.documents.models import Document
from kith.foundations.documents.tests.files import pictured_at_the_park
from kith.front_door.models import Attached
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
WORDS = "A car waits by the gate."


@pytest.fixture
def visitor(cast: Cast) -> Client:
    made = Client()
    tell(made)
    return made


def picture(name: str = "the gate.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pictured_at_the_park(), "image/jpeg")


def test_a_picture_goes_with_the_report_without_where_it_was_taken(visitor: Client, cast: Cast) -> None:
    assert visitor.post("/tell/what", {"what": WORDS, "file": picture()}).status_code == 302
    assert "the gate.jpg" in text(visitor.get("/tell/check"))
    send(visitor)
    document, attached = Document.objects.get(), Attached.objects.get()
    assert (attached.document_id, attached.name) == (document.pk, "the gate.jpg")
    assert (document.scope_id, document.brought_by, document.gps_kept) == (attached.scope_id, None, False)
    assert b"Exif" not in bytes(document.content)
    assert not FileSoFar.objects.exists()
    for viewer in cast.everybody():
        with viewing_as(viewer):
            assert Document.objects.exists() == (viewer == cast.farah), viewer.name


def test_the_place_is_kept_where_somebody_says_so(visitor: Client) -> None:
    visitor.post("/tell/what", {"what": WORDS, "file": picture(), "keep_place": "on"})
    send(visitor)
    document = Document.objects.get()
    assert document.gps_kept
    assert "Where it says that it was taken" in document.note


def test_a_file_is_kept_though_the_words_are_missing(visitor: Client) -> None:
    assert visitor.post("/tell/what", {"what": "", "file": picture()}).status_code == 422
    assert FileSoFar.objects.count() == 1


def test_several_are_added_and_taken_out(visitor: Client) -> None:
    for number in range(4):
        assert (
            visitor.post("/tell/what", {"what": WORDS, "file": picture(f"{number}.jpg"), "another": "yes"}).status_code
            == 302
        )
    refused = visitor.post("/tell/what", {"what": WORDS, "file": picture("4.jpg")})
    assert "We take 4 files" in text(refused)
    visitor.post("/tell/what", {"what": WORDS, "take_out": "1"})
    assert list(FileSoFar.objects.values_list("name", flat=True)) == ["0.jpg", "2.jpg", "3.jpg"]
    assert ReportSoFar.objects.get().pages["what"] == {"what": [WORDS]}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.exe", b"MZ\x90\x00" + b"\x00" * 200, "program"),
        ("page.jpg", b"<html><script>alert(1)</script></html>", "web page"),
        ("empty.pdf", b"", "empty"),
        ("large.jpg", b"\xff\xd8\xff" + b"x" * 10_000_001, "smaller than 10 MB"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_the_answers_stay(
    visitor: Client, name: str, content: bytes, said: str
) -> None:
    answered = visitor.post("/tell/what", {"what": "He waits there.", "file": SimpleUploadedFile(name, content)})
    assert answered.status_code == 422
    assert said in text(answered)
    assert "He waits there." in text(answered)
    assert not FileSoFar.objects.exists()
    send(visitor)
    assert not Document.objects.exists()


def test_leaving_takes_files_too(visitor: Client) -> None:
    visitor.post("/tell/what", {"what": WORDS, "file": picture()})
    visitor.get("/leave")
    assert not FileSoFar.objects.exists()

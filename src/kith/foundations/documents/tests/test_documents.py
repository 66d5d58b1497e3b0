"""Kept files: for whom, how they are given back, what is written of it, and the question on a form."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import DataError, IntegrityError, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.documents import queries, rules
from kith.foundations.documents.actions import keep
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.forms import UploadField
from kith.foundations.documents.models import Document
from kith.foundations.documents.rules import LARGEST, Checked, Kind
from kith.foundations.documents.tests.files import Given, docx, pdf, pictured_at_the_park
from kith.foundations.documents.uploading import BoundedUpload
from kith.subjects.models import Subject
from tests.support.cast import NOW, Cast, let_in, make_person

NOTES = Checked(name="minutes.txt", kind=Kind.TEXT, content=b"Seen at the park")


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person()
    let_in(amara, cast.east)
    return amara


@pytest.fixture
def kept(cast: Cast, amara: Subject) -> Document:
    return keep(checked=NOTES, scope=amara.scope, by=cast.asha, now=NOW)


@pytest.mark.django_db
def test_a_file_is_kept_with_what_is_known_of_it(cast: Cast, kept: Document) -> None:
    found = Document.objects.get()
    assert (found.name, found.kind, found.size, bytes(found.content)) == (
        "minutes.txt",
        "text/plain",
        16,
        NOTES.content,
    )
    assert found.sha256 == NOTES.sha256
    assert (found.brought_by, found.received_at, found.gps_kept) == (cast.asha, NOW, False)
    line = AuditEvent.objects.get(action="keep-document")
    assert line.viewer_id == cast.asha.pk
    assert "minutes" not in line.what + str(line.details)  # a name may be a child's


@pytest.mark.django_db
def test_where_a_picture_was_taken_is_kept_in_words_only_on_purpose(cast: Cast, amara: Subject) -> None:
    picture = check_upload(Given(pictured_at_the_park()))
    without = keep(checked=picture, scope=amara.scope, by=cast.asha, now=NOW)
    assert not without.gps_kept
    assert "51.50" not in without.note
    assert "drawn anew" in without.note
    chosen = keep(checked=picture, scope=amara.scope, by=cast.asha, now=NOW, keep_gps=True)
    assert chosen.gps_kept
    assert "taken: 51.50125 north, 0.12408 west." in chosen.note
    assert b"Exif" not in bytes(chosen.content)
    nowhere = keep(checked=NOTES, scope=amara.scope, by=cast.asha, now=NOW, keep_gps=True)
    assert (nowhere.gps_kept, nowhere.note) == (False, "")


@pytest.mark.django_db
def test_somebody_without_an_account_brings_a_file(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.loader):
        kept = keep(checked=NOTES, scope=amara.scope, by=cast.loader, now=NOW, from_nobody=True)
    assert kept.brought_by is None


@pytest.mark.django_db
def test_the_database_itself_keeps_no_more_than_ten_megabytes(cast: Cast, amara: Subject) -> None:
    large = Checked(name="a.txt", kind=Kind.TEXT, content=b"a" * (LARGEST + 1))
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        keep(checked=large, scope=amara.scope, by=cast.asha, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "sees"), [("asha", 1), ("ben", 1), ("carol", 0), ("dev", 0), ("gwen", 0), ("idris", 0)]
)
def test_rows_exist_for_those_who_hold_the_scope(cast: Cast, kept: Document, who: str, sees: int) -> None:
    with viewing_as(getattr(cast, who)):
        assert Document.objects.count() == sees
        assert len(queries.documents_named([kept.pk])) == sees


@pytest.mark.django_db
def test_it_is_given_back_as_a_file_and_never_as_a_page(client: Client, cast: Cast, kept: Document) -> None:
    client.force_login(cast.ben)
    answer = client.get(f"/documents/{kept.pk}")
    assert answer.content == NOTES.content
    assert answer["Content-Disposition"] == 'attachment; filename="minutes.txt"'
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"].startswith("text/plain")
    line = AuditEvent.objects.get(action="read-document")
    assert (line.viewer_id, line.details["document"]) == (cast.ben.pk, kept.pk)


@pytest.mark.django_db
def test_asking_for_its_headers_is_no_reading(client: Client, cast: Cast, kept: Document) -> None:
    client.force_login(cast.ben)
    answer = client.head(f"/documents/{kept.pk}")
    assert (answer.status_code, answer.content) == (200, b"")
    assert not AuditEvent.objects.filter(action="read-document").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["dev", "gwen", "ellis", "idris"])
def test_for_others_there_is_none(client: Client, cast: Cast, kept: Document, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(f"/documents/{kept.pk}").status_code == 404
    assert client.get(f"/documents/{kept.pk + 1000}").status_code == 404
    assert client.post(f"/documents/{kept.pk}").status_code == 405
    assert not AuditEvent.objects.filter(action="read-document").exists()


@pytest.mark.django_db
def test_a_name_in_any_letters_is_given_back_whole(client: Client, cast: Cast, amara: Subject) -> None:
    named = Checked(name=rules.safe_name('Świt "при" парк.txt', Kind.TEXT), kind=Kind.TEXT, content=b"a")
    kept = keep(checked=named, scope=amara.scope, by=cast.asha, now=NOW)
    client.force_login(cast.asha)
    said = client.get(f"/documents/{kept.pk}")["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''")
    assert "\r" not in said


class _Form(forms.Form):
    file = UploadField(label="A picture or a paper", required=False)


def _asked(content: bytes | None, name: str = "a.pdf") -> _Form:
    files = {"file": SimpleUploadedFile(name, content, content_type="image/png")} if content is not None else {}
    return _Form({}, files)  # type: ignore[arg-type]


def test_telephones_are_told_which_kinds_to_offer() -> None:
    assert 'accept=".jpg,.jpeg,.png' in _asked(None)["file"].as_field_group()


def test_the_question_is_answered_with_a_checked_file() -> None:
    form = _asked(pdf(), "Sammy's plan.exe")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["file"].kind is Kind.PDF
    assert form.cleaned_data["file"].name == "Sammy's plan.pdf"
    assert _asked(None).is_valid()
    assert _asked(None).fields["file"].clean(None) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty. Choose it again."),
        (b"a" * (LARGEST + 1), rules.TOO_LARGE),
        (b"<svg onload=alert(1)>", rules.WEB_PAGE),
        (docx({"word/vbaProject.bin": b""}), rules.MACROS),
    ],
)
def test_what_is_wrong_is_said_at_the_question(content: bytes, words: str) -> None:
    assert _asked(content).errors == {"file": [words]}


def _uploaded(size: int) -> HttpRequest:
    factory = RequestFactory()
    return factory.post("/", {"file": SimpleUploadedFile("a.txt", b"a" * size), "after": "still read"})


def test_no_more_is_taken_in_than_is_looked_at() -> None:
    request = _uploaded(3 * LARGEST)
    assert LARGEST < request.FILES["file"].size < LARGEST + 200_000
    assert request.POST["after"] == "still read"
    assert _Form({}, request.FILES).errors == {"file": [rules.TOO_LARGE]}  # type: ignore[arg-type]


def test_a_file_of_the_largest_size_is_taken_in_whole() -> None:
    assert _uploaded(LARGEST).FILES["file"].size == LARGEST
    assert _uploaded(5).FILES["file"].read() == b"aaaaa"


def test_the_bound_comes_before_whatever_keeps_the_file(settings: Any) -> None:
    first = settings.FILE_UPLOAD_HANDLERS[0]
    assert first == f"{BoundedUpload.__module__}.{BoundedUpload.__name__}"
    assert MemoryFileUploadHandler.__name__ in settings.FILE_UPLOAD_HANDLERS[1]

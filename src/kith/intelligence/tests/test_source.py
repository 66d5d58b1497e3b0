"""The source of a report: found by the source unit alone, however it is looked for."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.foundations.letters.actions import send_letter
from kith.foundations.letters.models import Letter
from kith.intelligence.actions import close, make_version, open_source, return_version, say_use
from kith.intelligence.exports import as_csv, as_xml
from kith.intelligence.models import Source
from kith.intelligence.queries.reports import item_or_none, words_to_look_at
from kith.intelligence.tests.given import SOURCE, approved, graded, passed_to_east, receive, report_of
from tests.support.cast import NOW, Cast

pytestmark = pytest.mark.django_db
WORDS = ("tamsin", "loxley", "900417", "never at her shop")
EVERYBODY_ELSE = ("asha", "ben", "carol", "dev", "ellis", "farah", "gwen", "hana", "idris", "kofi", "lena")


def told(text: str) -> list[str]:
    return [word for word in WORDS if word in text.casefold()]


@pytest.fixture
def work_done(cast: Cast) -> dict[str, Any]:
    """Every step taken once, and everything that each step wrote."""
    receipt = receive(cast, giver_email="someone@example.org", by=cast.loader)
    report = report_of(receipt)
    graded(cast, report)
    passed = passed_to_east(cast, approved(cast, report))
    with viewing_as(cast.asha):
        say_use(passed_on_id=passed.pk, used=True, text="In a plan", by=cast.asha, now=NOW)
    close(report_id=report.pk, because="All is done", by=cast.kofi, now=NOW)
    return {"report": report, "number": report.number, "passed": passed}


def test_the_source_unit_reads_it_with_a_reason_that_stays(cast: Cast, work_done: dict[str, Any]) -> None:
    with viewing_as(cast.mina):
        source = open_source(number=work_done["number"], because="A court asks", by=cast.mina, now=NOW)
        assert source.name == SOURCE
    event = AuditEvent.objects.get(action="read-source")
    assert (event.because, told(event.what)) == ("A court asks", [])


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_else_has_the_row(cast: Cast, work_done: dict[str, Any], who: str) -> None:
    with viewing_as(getattr(cast, who)):
        assert not Source.objects.exists()
        with pytest.raises(Source.DoesNotExist), viewing_as(cast.kofi):
            open_source(number=work_done["number"], because="Curious", by=cast.kofi, now=NOW)


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_no_table_tells_it_to_anybody_else(cast: Cast, work_done: dict[str, Any], who: str) -> None:
    """Every column of every table, as the database gives it to them, with no page and no check between."""
    found = []
    with viewing_as(getattr(cast, who)), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select t::text from "{table}" t')
            found += [(table, word) for (row,) in cursor.fetchall() for word in told(row)]
    assert found == []


def test_the_search_through_every_table_would_find_it(cast: Cast, work_done: dict[str, Any]) -> None:
    with viewing_as(cast.mina), connection.cursor() as cursor:
        cursor.execute("select t::text from intelligence_source t")
        assert told(cursor.fetchone()[0]) == list(WORDS)


def test_no_export_no_letter_no_audit_line_and_no_log_line_tells_it(
    cast: Cast, work_done: dict[str, Any], caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    client = Client()
    client.force_login(cast.carol)
    client.post(reverse("intelligence-new"), {"source_name": SOURCE, "text": "x"})  # not accepted, and kept as a draft
    for letter in Letter.objects.filter(sent_at=None):
        send_letter(letter_id=letter.pk, now=NOW)
    assert mail.outbox
    letters = [part for one in mail.outbox for part in (one.subject, str(one.body))]
    with viewing_as(cast.kofi):
        item = item_or_none(work_done["report"].pk)
        assert item is not None
        exports = [as_csv(item), as_xml(item)]
    audited = [f"{e.what} {e.because} {e.details}" for e in AuditEvent.objects.all()]
    assert [text for text in (*letters, *exports, *audited, caplog.text) if told(text)] == []


def test_words_to_look_at_twice_do_not_tell_who_it_was(cast: Cast) -> None:
    """Kofi tries names: one that the report does not say is answered like any other name."""
    report = report_of(receive(cast, text="She told me that tamsin saw the car."))
    with viewing_as(cast.kofi):
        assert words_to_look_at(report, "we asked about loxley and about marlowe") == ()
        assert words_to_look_at(report, "We asked Loxley and Marlowe") == ("Loxley", "Marlowe")
        assert words_to_look_at(report, "as tamsin said") == ("tamsin",)  # the report says it: Kofi has read it


def test_pages_never_show_it(cast: Cast, work_done: dict[str, Any]) -> None:
    numbers = {
        "report_id": work_done["report"].pk,
        "passed_on_id": work_done["passed"].pk,
        "number": work_done["number"],
    }
    pages = {"intelligence-report": ["report_id"], "intelligence-source": ["number"], "intelligence-sources": []}
    pages |= {"intelligence": [], "intelligence-mine": [], "intelligence-received": [], "intelligence-volumes": []}
    pages |= {"search": [], "drafts": [], "intelligence-export-csv": ["report_id"]}
    read = []
    for who in EVERYBODY_ELSE:
        client = Client()
        client.force_login(getattr(cast, who))
        for name, wants in pages.items():
            address = reverse(name, kwargs={key: numbers[key] for key in wants})
            for answer in (client.get(address, {"q": "Tamsin"}), client.post(address, {"because": "I want to know"})):
                read += [(who, name, word) for word in told(answer.content.decode()) if word != "tamsin"]
    assert read == []
    client = Client()
    client.force_login(cast.mina)
    answer = client.post(reverse("intelligence-source", args=[work_done["number"]]), {"because": "A court asks"})
    assert told(answer.content.decode()) == list(WORDS)


def test_the_record_of_who_looked_holds_no_words_of_intelligence(cast: Cast) -> None:
    """An auditor sees that each step was taken, and reads nothing of what it was about."""
    report = report_of(receive(cast, text="Quincewort by the gate"))
    graded(cast, report, note="Quincewort again")
    with viewing_as(cast.kofi):
        made = make_version(report_id=report.pk, text="Quincewort", kept_because="Quincewort", by=cast.kofi, now=NOW)
    with viewing_as(cast.lena):
        return_version(version_id=made.pk, because="Quincewort", by=cast.lena, now=NOW)
        close(report_id=report.pk, because="Quincewort", by=cast.lena, now=NOW)
    lines = [f"{event.what} {event.because} {event.details}" for event in AuditEvent.objects.all()]
    assert len(lines) > 5
    assert [line for line in lines if "Quincewort" in line] == []

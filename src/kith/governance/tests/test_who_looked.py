"""Who looked at a record, and the whole record of who looked."""

import csv
import io
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.audit.models import AuditEvent
from kith.governance.queries import AuditFilter, audit_lines, labels_of, who_looked
from kith.subjects.models import Subject
from tests.support.cast import Cast, let_in, make_person, make_place

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 3, 14, 0, tzinfo=UTC)


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Osei")
    let_in(amara, cast.east, cast.carol)
    return amara


def look(who, subject: Subject, at: datetime = TUESDAY, action: str = "read-record", **more: object) -> None:
    record(viewer=who, action=action, subjects=[subject.pk], now=at, **more)


def test_asha_sees_who_looked_and_who_can(client: Client, cast: Cast, amara: Subject) -> None:
    client.force_login(cast.ben)
    client.get(f"/records/{amara.pk}/")
    client.force_login(cast.asha)
    page = client.get(f"/records/{amara.pk}/looked").content.decode()
    for words in (
        "Ben Okafor",
        "Carol Price",
        "Contextual Safeguarding East",
        "Allocated social worker",
        "Hana Yilmaz",
    ):
        assert words in page


def test_what_others_may_know_of_the_record_is_true_of_it(client: Client, cast: Cast, amara: Subject) -> None:
    hidden = make_person("Isla Hartnell", headline=False)
    let_in(hidden, cast.east)
    client.force_login(cast.asha)
    known, unknown = (client.get(f"/records/{one.pk}/looked").content.decode() for one in (amara, hidden))
    assert "Others in the partnership may know that this record exists" in known
    assert "Nobody else in the partnership can learn that this record exists." in unknown


def test_ellis_sees_who_looked_by_number_and_initials(client: Client, cast: Cast, amara: Subject) -> None:
    look(cast.ben, amara, because="Allocated")
    client.force_login(cast.ellis)
    page = client.get(f"/records/{amara.pk}/looked").content.decode()
    assert "(A.O.)" in page
    assert "Ben Okafor" in page
    assert "Osei" not in page


def test_for_others_there_is_no_such_page(client: Client, cast: Cast, amara: Subject) -> None:
    for who in (cast.dev, cast.farah, cast.gwen, cast.idris):
        client.force_login(who)
        assert client.get(f"/records/{amara.pk}/looked").status_code == 404
    client.force_login(cast.ellis)
    assert client.get("/records/999999/looked").status_code == 404


def test_looking_at_who_looked_is_looked_at(client: Client, cast: Cast, amara: Subject) -> None:
    client.force_login(cast.asha)
    client.get(f"/records/{amara.pk}/looked")
    line = AuditEvent.objects.get(action="read-who-looked")
    assert (line.viewer_id, line.because) == (cast.asha.pk, "Allocated social worker")


def test_the_database_shows_lines_only_to_holders_auditors_and_oneself(cast: Cast, amara: Subject) -> None:
    look(cast.ben, amara)
    record(viewer=cast.dev, action="search", what="Searched for somebody", now=TUESDAY)
    expected = dict.fromkeys(("Asha", "Ben", "Carol", "Ellis", "Hana"), 1)
    for who in cast.everybody():
        with viewing_as(who):
            assert who_looked(amara.pk).filter(action="read-record").count() == expected.get(who.get_short_name(), 0)
    with viewing_as(cast.dev):
        assert [line.action for line in AuditEvent.objects.all()] == ["search"]


def test_only_auditors_get_labels(cast: Cast, amara: Subject) -> None:
    park = make_place("Harbour Park")
    with viewing_as(cast.ellis):
        labels = labels_of([amara.pk, park.pk, 999])
        assert {key: label.words for key, label in labels.items()} == {
            amara.pk: f"{amara.pk} (A.O.)",
            park.pk: f"{park.pk} (place)",
        }
        assert not Subject.objects.exists()
    for who in (cast.asha, cast.dev, cast.idris, None):
        with viewing_as(who):
            assert labels_of([amara.pk]) == {}


def test_ellis_narrows_by_everything(client: Client, cast: Cast, amara: Subject) -> None:
    night, sunday = datetime(2026, 11, 3, 23, 0, tzinfo=UTC), datetime(2026, 11, 8, 14, 0, tzinfo=UTC)
    christmas, summer_evening = datetime(2025, 12, 25, 12, 0, tzinfo=UTC), datetime(2026, 7, 1, 17, 30, tzinfo=UTC)
    look(cast.ben, amara, because="Allocated")
    look(cast.ben, amara, at=night, because="Allocated")
    look(cast.asha, amara, at=sunday, because="Allocated")
    look(cast.asha, amara, at=christmas, because="Allocated")
    look(cast.carol, amara, at=summer_evening, because="Works with her")  # half past six in summer time
    look(cast.farah, amara, because="Broke the glass: covering")
    look(cast.dev, amara, action="refused")

    def found(**chosen: object) -> list[tuple[str, int]]:
        lines = audit_lines(AuditFilter(subject_id=amara.pk, **chosen)).exclude(action="open-circle")
        return sorted((line.viewer_name.split()[0], line.at.hour) for line in lines)

    assert found(person="ben") == [("Ben", 14), ("Ben", 23)]
    assert found(agency="Harbour View Academy") == [("Carol", 17)]
    assert found(action="refused") == [("Dev", 14)]
    assert found(out_of_hours=True) == [("Asha", 12), ("Asha", 14), ("Ben", 23), ("Carol", 17)]
    assert found(no_relationship=True) == [("Dev", 14)]
    assert found(break_glass=True) == [("Farah", 14)]
    assert found(first=datetime(2026, 11, 8).date(), last=datetime(2026, 11, 8).date()) == [("Asha", 14)]
    client.force_login(cast.ellis)
    page = client.get("/audit/", {"only": ["no_relationship"], "subject_id": amara.pk}).content.decode()
    assert "Dev Patel" in page
    assert "Carol Price" not in page


def test_the_audit_page_is_for_auditors(client: Client, cast: Cast) -> None:
    for who in cast.everybody():
        client.force_login(who)
        wanted = 200 if who == cast.ellis else 403
        assert client.get("/audit/").status_code == wanted, who


def test_more_lines_no_more_queries(client: Client, cast: Cast, amara: Subject, django_assert_max_num_queries) -> None:
    client.force_login(cast.ellis)
    client.get("/audit/")
    for _ in range(40):
        look(cast.ben, amara, because="Allocated")
    with django_assert_max_num_queries(22):
        assert client.get("/audit/").status_code == 200


def test_the_file_has_no_formula_and_taking_it_is_on_the_record(
    client: Client, cast: Cast, amara: Subject, settings
) -> None:
    settings.DEMO = True
    look(cast.ben, amara, because="=cmd|' /C calc'!A0")
    client.post("/demo/sign-in", {"person": cast.ellis.pk})
    response = client.get("/audit/export.csv", {"subject_id": amara.pk})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "When"
    assert "'=cmd|' /C calc'!A0" in [row[5] for row in rows]
    assert "Osei" not in response.content.decode()
    assert AuditEvent.objects.get(action="export-audit").details["asked"] == {"subject_id": str(amara.pk)}


def panel(client: Client, **asked: object) -> BeautifulSoup:
    response = client.get("/audit/", asked)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").select_one(".kith-filter")


def test_a_filter_does_not_say_optional_at_every_question(client: Client, cast: Cast) -> None:
    client.force_login(cast.ellis)
    assert "optional" not in panel(client).text


def test_what_the_list_is_narrowed_to_is_said_in_words(client: Client, cast: Cast, amara: Subject) -> None:
    look(cast.ben, amara)
    client.force_login(cast.ellis)
    asked = {
        "person": "ben",
        "subject_id": amara.pk,
        "action": "read-record",
        "first": "2026-11-01",
        "only": "out_of_hours",
    }
    chosen = [one.text.strip() for one in panel(client, **asked, nonsense="1").select(".kith-filter__remove")]
    assert [text.removeprefix("No longer only ") for text in chosen] == [
        "ben", f"Record {amara.pk}", "Read the record", "From 1 Nov 2026", "Out of hours",
    ]  # fmt: skip


def test_days_the_wrong_way_round_are_said_at_the_question(client: Client, cast: Cast) -> None:
    client.force_login(cast.ellis)
    shown = panel(client, first="2026-11-08", last="2026-11-01")
    assert "The last day must not be before the first" in shown.text
    assert shown.find("details").has_attr("open")


def test_where_no_line_is_like_what_was_asked_it_says_so(client: Client, cast: Cast) -> None:
    client.force_login(cast.ellis)
    page = client.get("/audit/", {"person": "nobody of this name"}).content.decode()
    assert "No line is like this" in page
    assert "Show everything" in page

"""A manager's Monday: who holds what, what is overdue and why, how work is weighed, six records drawn by lot."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from kith.case_audits.models import CaseAudit
from kith.desk.caseload_rules import UK, drawn_by_lot, read, week_ends, weights
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.models import AuditEvent
from kith.pathways.actions import allocate_work, move_work, open_work
from kith.pathways.models import Work
from kith.pathways.rules import pathways
from kith.subjects.models import Involvement, Subject
from tests.support.cast import Cast, let_in, make_person, make_viewer
from tests.support.small_cut import keep_cut

WHEN = timezone.now()


def page(client: Client, who: Viewer, address: str = "/caseload", status: int = 200) -> BeautifulSoup:
    client.force_login(who)
    response = client.get(address)
    assert response.status_code == status, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def child(cast: Cast, name: str, lead: Viewer | None = None) -> Subject:
    found = make_person(name)
    let_in(found, cast.east)
    if lead:
        Involvement.objects.create(subject=found, scope=found.scope, agency=cast.council, worker=lead.name,
                                   role="Social worker", recorded_at=WHEN, is_lead=True)  # fmt: skip
    return found


def work(cast: Cast, subject: Subject, days: int, worker: Viewer | None = None) -> int:
    """An assessment that was opened so many days ago."""
    at = timezone.now() - timedelta(days=days)
    with viewing_as(cast.hana):
        made = open_work(subject_id=subject.pk, pathway="assessment", team=cast.east, because="Seen by the quay",
                         by=cast.hana, now=at)  # fmt: skip
        if worker:
            allocate_work(work_id=made.pk, worker=worker, by=cast.hana, now=at)
            move_work(work_id=made.pk, to_state="assessing", why="Seen by the quay", by=cast.hana, now=at)
    return made.pk


def rows_of(found: BeautifulSoup) -> dict[str, dict[str, str]]:
    table = next(one for one in found.select("table") if "Work by worker" in one.caption.text)
    return {
        row.th.a.text: {cell["data-label"]: " ".join(cell.get_text(" ").split()) for cell in row.select("td")}
        for row in table.select("tbody tr")
    }


@pytest.mark.django_db
def test_work_is_counted_and_weighed_by_worker(client: Client, cast: Cast) -> None:
    amara, leo = child(cast, "Amara Osei", cast.asha), child(cast, "Leo Whitcombe", cast.asha)
    work(cast, amara, 3, cast.asha)
    work(cast, leo, 3)
    found = rows_of(page(client, cast.hana))
    assert set(found) == {"Asha Rahman", "Ben Okafor", "Hana Yilmaz", "Nobody yet"}
    assert found["Asha Rahman"]["Children and young people"] == "2 leads 2; 1 piece of work"
    assert found["Asha Rahman"]["Weight"].startswith("3.5 ")  # two led at 1, an assessment at 1.5
    assert "2 × 1 leads the work with a child" in found["Asha Rahman"]["Weight"]
    assert found["Ben Okafor"]["Weight"] == "0"
    assert found["Nobody yet"]["Children and young people"] == "1 leads 0; 1 piece of work"


@pytest.mark.django_db
def test_who_is_overdue_and_why_stands_first(client: Client, cast: Cast) -> None:
    amara = child(cast, "Amara Osei")
    work(cast, amara, 40)
    found = page(client, cast.hana)
    assert "1 overdue: Nobody yet 1." in found.text
    line = found.select_one(".kith-ticket--overdue").text
    assert "Nobody yet" in line
    assert "A social worker is allocated" in line
    assert "Amara Osei" in line
    assert "1 working day from the referral" in line
    assert "local standard, not yet verified" in line
    assert "Seen by the quay" in line
    assert rows_of(found)["Nobody yet"]["Overdue"] == "1"


@pytest.mark.django_db
def test_a_worker_is_opened_with_their_records_and_nobody_elses(client: Client, cast: Cast) -> None:
    child(cast, "Amara Osei", cast.asha)
    child(cast, "Leo Whitcombe", cast.ben)
    found = page(client, cast.hana, f"/caseload/workers/{cast.asha.pk}").find("main").text
    assert "Amara Osei" in found
    assert "Leo" not in found
    page(client, cast.hana, f"/caseload/workers/{cast.raj.pk}", 404)
    assert "No record" in page(client, cast.hana, f"/caseload/workers/{cast.hana.pk}").text


@pytest.mark.django_db
def test_it_is_for_managers_and_only_of_what_is_open_to_them(client: Client, cast: Cast) -> None:
    for who in (cast.asha, cast.dev, cast.uma, cast.ellis):
        page(client, who, status=403)
    hidden = make_person("Zephyr Elsewhere")
    let_in(hidden, cast.carol)
    Work.objects.create(subject=hidden, scope=hidden.scope, pathway="assessment", state="referred", because="x",
                        state_since=WHEN - timedelta(days=90), opened_at=WHEN - timedelta(days=90),
                        team=cast.east, opened_by=cast.carol)  # fmt: skip
    found = page(client, cast.hana)
    assert "Zephyr" not in found.text
    assert "Nothing is overdue" in found.text


@pytest.mark.django_db
def test_files_have_numbers_and_no_names_of_children(client: Client, cast: Cast) -> None:
    work(cast, child(cast, "Amara Osei", cast.asha), 100, cast.asha)
    client.force_login(cast.hana)
    rows = list(csv.DictReader(io.StringIO(client.get("/caseload/workers.csv").content.decode("utf-8-sig"))))
    assert {row["Worker"]: row["Weight"] for row in rows}["Asha Rahman"] == "2.5"
    due = client.get("/caseload/due.csv").content.decode("utf-8-sig")
    assert "Assessment finished" in due
    assert "Asha Rahman" in due
    assert "Amara" not in due
    assert "quay" not in due
    assert AuditEvent.objects.filter(action="export-caseload", viewer_id=cast.hana.pk).count() == 2


@pytest.mark.django_db
def test_six_records_are_opened_with_a_reason_that_is_kept(client: Client, cast: Cast) -> None:
    for number in range(9):
        child(cast, f"Child{chr(97 + number)} Quay", cast.asha)
    found = page(client, cast.hana)
    links = [link["href"] for link in found.select("ol a") if "/caseload/records/" in link["href"]]
    assert links == [f"/caseload/records/{number}" for number in range(1, 7)]
    page(client, cast.hana, "/caseload/records/7", 404)
    for reason in ("", "because"):
        assert client.post(links[0], {"reason": reason}).status_code == 422
    assert not AuditEvent.objects.filter(action="open-sample").exists()
    answer = client.post(links[0], {"reason": "Whether her own words stand in the plan"}, follow=True)
    audit = CaseAudit.objects.get()
    subject = Subject.objects.get(name=found.select('ol a[href="/caseload/records/1"]')[0].text)
    assert answer.redirect_chain[-1][0] == f"/case-audits/{audit.pk}/today"
    assert (audit.subject_id, audit.draw.population, audit.draw.drawn) == (subject.pk, 9, 1)
    client.post(links[0], {"reason": "Whether her own words stand in the plan"})
    assert CaseAudit.objects.count() == 1  # it goes on, and is begun once
    assert client.get(f"/records/{subject.pk}/").status_code == 200
    kept = AuditEvent.objects.filter(action="open-sample").latest("pk")
    assert kept.subjects == [subject.pk]
    assert "her own words" in kept.what
    assert AuditEvent.objects.filter(action="read-record", subjects__contains=[subject.pk]).exists()
    assert "opened by you this week" in page(client, cast.hana).text


@pytest.mark.django_db
def test_a_manager_of_an_agency_outside_opens_their_own_six_and_no_case_audit_is_begun(
    client: Client, cast: Cast
) -> None:
    """Their team's own work is theirs to look at; the programme of case audits is the partnership's."""
    manager = make_viewer("Mona Lund", "manager", cast.elsewhere, west := cast.elsewhere.teams.get())
    known, hidden = make_person("Zephyr West"), make_person("Amara Osei")
    let_in(known, west)
    let_in(hidden, cast.east)
    Involvement.objects.create(subject=known, scope=known.scope, agency=cast.elsewhere, worker=cast.dev.name,
                               role="Social worker", recorded_at=WHEN, is_lead=True)  # fmt: skip
    found = page(client, manager)
    assert [link.text for link in found.select("ol a") if "/caseload/records/" in link["href"]] == ["Zephyr West"]
    assert "then it is a case audit" not in found.text
    assert "Your agency is not part of this partnership" in page(client, manager, "/caseload/records/1").text
    assert client.post("/caseload/records/1", {"reason": "because"}).status_code == 422
    answer = client.post("/caseload/records/1", {"reason": "Whether his own words stand in the plan"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/records/{known.pk}/"
    assert answer.status_code == 200
    kept = AuditEvent.objects.get(action="open-sample")
    assert (kept.viewer_id, kept.subjects) == (manager.pk, [known.pk])
    assert "his own words" in kept.what
    assert not CaseAudit.objects.exists()
    assert "opened by you this week" in page(client, manager).text
    page(client, manager, "/case-audits/", 403)


@pytest.mark.django_db
def test_three_measures_stand_beside_it_in_words(client: Client, cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.CUTS = tmp_path / "cuts"
    assert "Is it changing?" not in page(client, cast.hana).text
    keep_cut(cast.uma)
    found = page(client, cast.hana)
    tiles = [one.text for one in found.select(".kith-ticket h3")]
    assert len(tiles) == 3
    assert "Reports of missing" in " ".join(tiles)
    assert "Of the whole partnership, not of your team" in found.text


def test_the_six_are_the_same_for_everybody_in_a_week_and_by_lot() -> None:
    ids = list(range(1, 101))
    monday = date(2026, 11, 16)
    six = drawn_by_lot(ids, monday)
    assert len(set(six)) == 6
    assert drawn_by_lot(reversed(ids), monday + timedelta(days=6)) == six
    assert drawn_by_lot(ids, monday + timedelta(days=7)) != six
    drawn = Counter(pk for week in range(520) for pk in drawn_by_lot(ids, monday + timedelta(weeks=week)))
    assert set(drawn) == set(ids)
    assert max(drawn.values()) < 60  # 31.2 on average


def test_a_record_that_goes_moves_no_other() -> None:
    six = drawn_by_lot(range(100), date(2026, 11, 16))
    assert set(six[1:]) < set(drawn_by_lot(set(range(100)) - {six[0]}, date(2026, 11, 16)))


def test_the_week_ends_on_sunday_midnight_here() -> None:
    assert week_ends(datetime(2026, 10, 25, 0, 30, tzinfo=UK)) == datetime(2026, 10, 26, tzinfo=UK)
    assert week_ends(datetime(2026, 11, 2, 0, 0, tzinfo=UK)) == datetime(2026, 11, 9, tzinfo=UK)


def test_every_pathway_is_weighed_and_a_weight_of_nothing_is_refused() -> None:
    assert set(pathways()) <= set(weights().by_key)
    assert weights().of({"assessment": 2, "conversation": 1}) == Decimal("3.5")
    assert not weights().checked
    with pytest.raises(ValueError, match="count nothing: x"):
        read("{weights: [{key: x, title: X, weight: 0, why: y}], source: s, checked: true, tiles: []}")

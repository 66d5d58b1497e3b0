"""Exports of a planted year: what is in each file, what is left out and why, on record, whole or not there."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from kith.config.cli import main
from kith.exchange.actions.exports import JOB, NoPurpose, export_annex_a, export_ssd_missing, export_ssda903
from kith.exchange.returns.annex_a import ABSENT, ACCEPTED, COLUMNS, MISSING, OFFERED
from kith.exchange.rules.years import collection_year
from kith.exchange.writing import CannotWrite, put_in_place, write_csv
from kith.foundations.access.actions import system_viewer
from kith.foundations.audit.models import AuditEvent
from kith.linkage.loading.catalogue import catalogue
from kith.missing.actions import Reported, report_missing
from kith.missing.actions.conversations import Taking, begin_conversation, take_step
from kith.missing.models import Episode
from kith.missing.rules import Step
from kith.subjects.models import Involvement, Reference, Subject
from tests.support.cast import NOW, Cast, make_entry, make_link, make_person

YEAR = collection_year("2025-26")
SYSTEM, PURPOSE = "council/csc", "The yearly return to the department"
pytestmark = pytest.mark.django_db


@dataclass
class Lives:
    """A planted year: Amara in care, missing four times; Leo left care; Mia without a number; Noor at home."""

    amara: Subject
    leo: Subject
    mia: Subject
    noor: Subject
    episodes: dict[str, Episode]


def at(year: int, month: int, day: int, hour: int = 20) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def tell(cast: Cast, child: Subject, gone: datetime, back: datetime | None, **fields: Any) -> Episode:
    told = {"kind": "missing", "gone_at": gone, "back_at": back, "agency_id": cast.police.pk} | fields
    return report_missing(reported=Reported(subject_id=child.pk, **told), by=cast.loader, now=NOW)


def number(child: Subject, key: str) -> None:
    Reference.objects.create(system=SYSTEM, key=key, subject=child, scope=child.scope, first_seen=NOW)


@pytest.fixture
def lives(cast: Cast) -> Lives:
    amara = make_person("Amara Osei", sex="F", ethnicity="BAFR", upn="A950000178301", in_care_since=date(2024, 6, 1))
    leo = make_person("Leo Whitcombe", sex="M", date_of_birth=date(2023, 2, 3))
    mia, noor = make_person("Mia Lindqvist", in_care_since=date(2025, 1, 1)), make_person("Noor Haddad")
    number(amara, "410001")
    number(leo, "=410002")
    number(noor, "410004")
    make_entry("Placed: foster care", amara, on=date(2024, 6, 1), kind="placement", until_day=date(2025, 10, 1),
               details={"provider": "own council"})  # fmt: skip
    make_entry("Placed: children's home; legal status: full care order", amara, on=date(2025, 10, 1), kind="placement",
               details={"provider": "private"})  # fmt: skip
    make_entry("Came into care, because of abuse or neglect", amara, on=date(2024, 6, 1), kind="care-started",
               details={"need": "abuse or neglect"})  # fmt: skip
    make_entry("Legal status: full care order", amara, on=date(2024, 9, 1), kind="legal-status")
    make_entry("Review of care", amara, on=date(2026, 9, 1), kind="care-review")
    make_entry("Dental check", amara, on=date(2026, 8, 1), kind="care-health")
    make_entry("Came into care", leo, on=date(2025, 5, 1), kind="care-started")
    make_entry(
        "Care ended", leo, on=date(2025, 8, 1), kind="care-ended", details={"reason": "returned home as planned"}
    )
    born = make_person("Baby Osei", date_of_birth=date(2026, 2, 14))
    make_link(amara, born, kind="parent-of", text="Recorded as mother", grade="recorded")
    Involvement.objects.create(subject=amara, scope=amara.scope, agency=cast.council, team="East", worker="Asha Rahman",
                               role="Social worker", is_lead=True, recorded_at=NOW)  # fmt: skip
    episodes = {
        "carried": tell(cast, amara, at(2025, 3, 30), at(2025, 4, 2)),
        "first": tell(cast, amara, at(2025, 7, 1), at(2025, 7, 3)),
        "inside": tell(cast, amara, at(2025, 7, 2), at(2025, 7, 4)),
        "away": tell(cast, amara, at(2025, 12, 5), at(2025, 12, 6), kind="away"),
        "open": tell(cast, amara, at(2026, 3, 31), at(2026, 4, 1)),
        "lately": tell(cast, amara, at(2026, 10, 1), at(2026, 10, 2)),
        "leo": tell(cast, leo, at(2025, 7, 30), at(2025, 8, 5)),
        "after": tell(cast, leo, at(2025, 9, 30), at(2025, 10, 1)),
        "noor": tell(cast, noor, at(2025, 9, 30), None),
        "error": tell(cast, amara, at(2025, 11, 1), at(2025, 11, 2)),
    }
    Episode.objects.filter(pk=episodes["error"].pk).update(not_missing_because="It was a cousin")
    talk = begin_conversation(episode=Episode.objects.get(pk=episodes["lately"].pk), by=cast.quinn, now=NOW)
    for step, more in ((Step.OFFERED, {}), (Step.DECLINED, {"reason": "not-now"})):
        taking = Taking(step, at(2026, 10, 3), **more)
        take_step(conversation_id=talk.pk, taking=taking, by=cast.quinn, now=NOW)
    return Lives(amara, leo, mia, noor, episodes)


def given(out: Path) -> dict[str, Any]:
    return {"out": out, "purpose": PURPOSE, "system": SYSTEM, "by": system_viewer(JOB), "now": NOW}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_looked_after_return(cast: Cast, lives: Lives, tmp_path: Path) -> None:
    done = export_ssda903(year=YEAR, **given(tmp_path))
    header = read(tmp_path / "header.csv")
    assert list(header[0]) == ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"]
    assert [list(row.values()) for row in header] == [
        ["410001", "F", "08/12/2010", "BAFR", "A950000178301", "1", "14/02/2026"],
        ["'=410002", "M", "03/02/2023", "NOBT", "UN1", "", ""],
    ]
    missing = [list(row.values()) for row in read(tmp_path / "missing.csv")]
    assert missing == [
        ["410001", "08/12/2010", "M", "30/03/2025", "02/04/2025"],
        ["410001", "08/12/2010", "M", "01/07/2025", "03/07/2025"],
        ["410001", "08/12/2010", "A", "05/12/2025", "06/12/2025"],
        ["410001", "08/12/2010", "M", "31/03/2026", ""],
        ["'=410002", "03/02/2023", "M", "30/07/2025", "01/08/2025"],
    ]
    remarks = {(row["Child"], row["What"]): (row["Left out"], row["Why"]) for row in read(tmp_path / done.remarks_file)}
    assert done.rows == {"header.csv": 2, "missing.csv": 5}
    assert remarks[(f"record {lives.mia.pk}", "the child")][0] == "yes"
    assert lives.episodes["first"].reference in remarks[("410001", lives.episodes["inside"].reference)][1]
    assert remarks[("'=410002", lives.episodes["leo"].reference)][0] == "no"
    assert remarks[("'=410002", lives.episodes["after"].reference)][0] == "yes"
    assert done.left_out == 3
    assert not any("Amara" in path.read_text() for path in tmp_path.glob("*.csv"))


def test_annex_a_list_8(cast: Cast, lives: Lives, tmp_path: Path) -> None:
    export_annex_a(as_at=date(2026, 11, 3), **given(tmp_path))
    rows = read(tmp_path / "annex-a-list-8.csv")
    assert (list(rows[0]), [row["Child Unique ID"] for row in rows]) == (list(COLUMNS), ["410001"])
    amara = rows[0]
    assert [amara[name] for name in (MISSING, ABSENT, OFFERED, ACCEPTED)] == ["2", "1", "a) Yes", "b) No"]
    expected = {
        "Gender": "b) Female",
        "Ethnicity": "o) BAFR",
        "Date of Birth": "08/12/2010",
        "Age": "15",
        "Date Started to be Looked After": "01/06/2024",
        "Child's Category of Need": "N1 - Abuse or neglect",
        "Start date of current legal status": "01/09/2024",
        "Child's Legal Status": "C2: Full care order",
        "Date of Latest Statutory Review": "01/09/2026",
        "Date of Last Dental Check": "01/08/2026",
        "Date of Last Health Assessment": "",
        "Number of Placements in the Last 12 months": "1",
        "Start Date of Most Recent Placement": "01/10/2025",
        "Placement Type": "K2: Children's home",
        "Placement Provider": "PR4 - Private",
        "Allocated Worker": "Asha Rahman",
    }
    assert {name: amara[name] for name in expected} == expected
    sheet = load_workbook(tmp_path / "annex-a-list-8.xlsx")["List 8"]
    titles, values = list(sheet.iter_rows(values_only=True))
    found = dict(zip(titles, values, strict=True))
    assert (found[MISSING], found["Date of Birth"]) == (2, datetime(2010, 12, 8))


def test_the_list_has_every_column_that_our_own_feed_reads() -> None:
    definition = catalogue().feeds["annex-a-children-in-care"]
    wanted = {name for column in definition.columns for name in column.sources}
    assert len(wanted) > 20
    assert wanted - set(COLUMNS) == set()


def test_the_missing_table_of_the_dataset(cast: Cast, lives: Lives, tmp_path: Path) -> None:
    done = export_ssd_missing(**given(tmp_path))
    rows = {row["miss_table_id"]: list(row.values())[1:] for row in read(tmp_path / "ssd_missing.csv")}
    assert rows[lives.episodes["lately"].reference] == ["410001", "2026-10-01", "M", "2026-10-02", "Y", "N"]
    assert rows[lives.episodes["noor"].reference] == ["410004", "2025-09-30", "M", "", "NA", "NA"]
    assert lives.episodes["error"].reference not in rows
    assert (done.rows["ssd_missing.csv"], done.left_out) == (9, 0)


def test_why_stands_in_the_record_of_who_looked(cast: Cast, lives: Lives, tmp_path: Path) -> None:
    export_ssda903(year=YEAR, **given(tmp_path))
    line = AuditEvent.objects.get(action="export")
    assert (line.because, line.what) == (PURPOSE, "Looked after children return 2025-26")
    assert {lives.amara.pk, lives.leo.pk} <= set(line.subjects)
    with pytest.raises(NoPurpose):
        export_ssda903(year=YEAR, **(given(tmp_path) | {"purpose": " "}))


def half_way(folder: Path) -> None:
    with put_in_place(folder) as unfinished:
        write_csv(unfinished / "header.csv", ["CHILD"], [{"CHILD": "1"}])
        raise RuntimeError


def test_one_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "header.csv").write_text("before\n")
    (tmp_path / ".kith-export-killed").mkdir()
    with pytest.raises(RuntimeError):
        half_way(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["header.csv"]
    assert (tmp_path / "header.csv").read_text() == "before\n"
    with pytest.raises(CannotWrite), put_in_place(tmp_path / "header.csv"):
        pass


def test_the_command_says_what_it_did(cast: Cast, lives: Lives, tmp_path: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["export", *arguments, "--out", str(tmp_path)], catch_exceptions=False)
        return done.exit_code, done.output

    code, words = run("ssda903", "--year", "2026", "--purpose", PURPOSE)
    assert code == 0
    assert "missing.csv: 5 rows (2025-26)" in words
    assert "3 left out" in words
    code, words = run("ssda903", "--year", "2025-27", "--purpose", PURPOSE)
    assert (code, "is not one year" in words) == (2, True)
    assert run("annex-a", "--as-at", "2026-11-03", "--purpose", " ")[0] == 1
    assert run("annex-a", "--as-at", "2026-11-03", "--purpose", "Inspection")[0] == 0
    assert run("ssd-missing", "--purpose", "The nightly dataset")[0] == 0
    assert AuditEvent.objects.filter(action="export").count() == 3

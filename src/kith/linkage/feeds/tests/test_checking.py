"""Rows checked: what loads, what is rejected and why, what is set aside."""

from datetime import date
from pathlib import Path

import pytest

from kith.linkage.feeds.tests.making import MISSING, ROW, csv_file, definition, good_rows, prepared, reasons


def rejected(folder: Path, row: str) -> str:
    """Why this row is rejected, with a good one beside it that is not."""
    done = prepared(csv_file(folder, row, ROW.replace("MP1", "MP9")), definition(folder))
    assert good_rows(done)["reference"].to_list() == ["MP9"]
    return reasons(done)[2]


def test_a_good_row_is_read_in_our_words(tmp_path: Path) -> None:
    row = good_rows(prepared(csv_file(tmp_path, ROW), definition(tmp_path))).row(0, named=True)
    assert (row["born"], row["reported"], row["grade"]) == ("2011-02-01", "2026-11-03T16:10:00", "high")


@pytest.mark.parametrize(
    ("there", "instead", "why"),
    [
        ("01/02/2011", "31/02/2011", 'DOB "31/02/2011" is not a date that exists.'),
        ("01/02/2011", "01/02/2031", 'DOB "01/02/2031" is in the future.'),
        ("01/02/2011", "01/02/0211", 'DOB "01/02/0211" is not a date that exists.'),
        ("03/11/2026", "", "DAY and TIME"),
        (";H;", ";X;", 'RISK "X" is not among the agreed codes (H, M).'),
        (";N1;", ";;", "NICHE_ID is empty."),
        ("03/11/2026", "Tuesday", "is not written as a date (dd/mm/yyyy)."),
        ("Harbour Park", "Harbour;Park", "This row has 11 cells where the header has 10"),
        (";H;Harbour Park", "", "This row has 8 cells where the header has 10; it may be cut off."),
    ],
)
def test_a_broken_row_is_rejected_with_its_reason(tmp_path: Path, there: str, instead: str, why: str) -> None:
    assert why in rejected(tmp_path, ROW.replace(there, instead))


def test_a_bad_value_in_an_optional_column_is_set_aside_and_the_row_loads(tmp_path: Path) -> None:
    row = ROW.replace(";;03/11", ";R247962919251;03/11").replace("01/02/2011", "unknown")
    done = prepared(csv_file(tmp_path, row), definition(tmp_path))
    assert (done.good, done.rejected, done.set_aside) == (1, 0, 2)
    assert good_rows(done)["upn"].to_list() == [None]
    notes = " ".join(done.notes)
    assert "UPN: 1 value set aside, because each cannot be right: the first letter of the unique pupil number" in notes
    assert "R247962919251" not in notes  # a child's number is not repeated in notes


def test_a_good_pupil_number_is_kept(tmp_path: Path) -> None:
    done = prepared(csv_file(tmp_path, ROW.replace(";;03/11", ";A950000178301;03/11")), definition(tmp_path))
    assert good_rows(done)["upn"].to_list() == ["A950000178301"]


def test_the_last_row_of_a_key_counts(tmp_path: Path) -> None:
    done = prepared(csv_file(tmp_path, ROW, ROW.replace("MP1", "MP2"), ROW.replace(";H;", ";M;")), definition(tmp_path))
    assert done.replaced_rows().tolist() == [2]
    assert "1 row has the key of a later row, which counts (row 2)." in done.notes


def test_a_broken_row_replaces_nothing(tmp_path: Path) -> None:
    done = prepared(csv_file(tmp_path, ROW, ROW.replace("01/02/2011", "31/02/2011")), definition(tmp_path))
    assert done.replaced_rows().tolist() == []


def test_a_deleted_row_needs_only_its_key(tmp_path: Path) -> None:
    text = MISSING.replace("mode: delta", "mode: changes") + "deletes: {column: action, value: D}\n"
    text = text.replace("  place:      {from: PLACE}", "  place:      {from: PLACE}\n  action:     {from: ACTION}")
    path = csv_file(
        tmp_path,
        "MP1;N1;;;;;;;;;D",
        "MP2;N1;;;;;;;;;",
        header="MISPER_REF;NICHE_ID;FORENAMES;SURNAME;DOB;UPN;DAY;TIME;RISK;PLACE;ACTION",
    )
    done = prepared(path, definition(tmp_path, text))
    assert (done.deleted, done.rejected) == (1, 1)
    assert "DAY and TIME is empty." in reasons(done)[3]


def test_two_digit_years_of_birth_are_in_the_past(tmp_path: Path) -> None:
    text = MISSING.replace('dates: ["%d/%m/%Y"]', 'dates: ["%d/%m/%y"]')
    done = prepared(
        csv_file(tmp_path, ROW.replace("01/02/2011", "01/02/68").replace("2026", "26")), definition(tmp_path, text)
    )
    assert good_rows(done)["born"].to_list() == ["1968-02-01"]


def test_what_is_in_the_future_depends_on_the_day_it_came(tmp_path: Path) -> None:
    path, made = csv_file(tmp_path, ROW), definition(tmp_path)
    assert prepared(path, made, date(2026, 11, 3)).good == 1
    (tmp_path / "early").mkdir()
    assert prepared(csv_file(tmp_path / "early", ROW), made, date(2026, 11, 2)).rejected == 1


def test_rejects_go_back_with_row_reason_and_no_formula(tmp_path: Path) -> None:
    row = ROW.replace("Amara", "=1+1").replace(";H;", ";X;")
    done = prepared(csv_file(tmp_path, row, ROW), definition(tmp_path))
    lines = (done.path / "rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Row,What to mend,MISPER_REF,NICHE_ID,FORENAMES")
    assert lines[1].startswith('2,"RISK ""X"" is not among the agreed codes (H, M).",MP1,N1,\'=1+1,Osei')


def test_reading_again_gives_what_stands(tmp_path: Path) -> None:
    path, made = csv_file(tmp_path, ROW), definition(tmp_path)
    first = prepared(path, made)
    stamp = (first.path / "checked.parquet").stat().st_mtime_ns
    assert prepared(path, made) == first
    assert (first.path / "checked.parquet").stat().st_mtime_ns == stamp


def test_codes_in_no_list_are_kept_and_told_once_however_many_there_are(tmp_path: Path) -> None:
    kept = definition(tmp_path, MISSING.replace(", unknown_code: reject", ""))
    rows = [ROW.replace("MP1", f"MP{n}").replace(";H;", f";Q{n % 9};") for n in range(1, 13)]
    done = prepared(csv_file(tmp_path, *rows), kept)
    assert done.good == 12
    (told,) = [note for note in done.notes if "no code list" in note]
    assert told.startswith('RISK: 12 values are in no code list; kept as they are: "Q1" (rows 2 and more), "Q2" (')
    assert told.endswith("and others.")
    one = prepared(csv_file(tmp_path, ROW.replace(";H;", ";Z;")), kept)
    assert 'RISK: "Z" (row 2) is in no code list; kept as it is.' in one.notes

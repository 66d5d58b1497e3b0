"""Spreadsheets, XML, JSON lines and fixed width; and the traps among them."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from kith.linkage.feeds.tests.making import HEADER, MISSING, definition, good_rows, prepared, reasons

SHEET = MISSING.replace(
    'format: {kind: csv, delimiter: ";", dates: ["%d/%m/%Y"], times: ["%H:%M"]}',
    'format: {kind: xlsx, sheet: "Missing*", header_row: 3, dates: ["%d/%m/%Y", excel], times: ["%H:%M"]}',
).replace("*missing*.csv", "*missing*.xlsx")
CELLS = ["MP1", "N1", "Amara", "Osei", date(2011, 2, 1), "", date(2026, 11, 3), "16:10", "H", "Harbour Park"]


def workbook(folder: Path, *rows: list[object], sheet: str = "Missing 2026") -> Path:
    """A workbook whose columns are named in its third row, under a merged title."""
    path = folder / "missing.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(sheet)
        page.merge_range("A1:J1", "Missing persons")
        page.write_row(2, 0, HEADER.split(";"))
        for number, row in enumerate(rows, start=3):
            for place, cell in enumerate(row):
                page.write(number, place, cell)
    return path


def test_a_sheet_is_read_from_under_its_title(tmp_path: Path) -> None:
    done = prepared(workbook(tmp_path, CELLS), definition(tmp_path, SHEET))
    row = good_rows(done).row(0, named=True)
    assert (row["_row"], row["born"], row["reported"]) == (4, "2011-02-01", "2026-11-03T16:10:00")


def test_excel_serial_dates_are_dates(tmp_path: Path) -> None:
    cells = [*CELLS[:4], 40575, "", 46329, 0.6736111, "H", "Harbour Park"]
    row = good_rows(prepared(workbook(tmp_path, cells), definition(tmp_path, SHEET))).row(0, named=True)
    assert (row["born"], row["reported"]) == ("2011-02-01", "2026-11-03T16:10:00")


def test_a_formula_is_no_value(tmp_path: Path) -> None:
    set_aside = [*CELLS[:2], "=A4", *CELLS[3:]]
    rejected = ["MP2", "N2", "Leo", "Whitcombe", "", "", "=TODAY()", "", "H", ""]
    done = prepared(workbook(tmp_path, set_aside, rejected), definition(tmp_path, SHEET))
    assert good_rows(done)["first_name"].to_list() == [None]
    assert "is a formula, not a value" in reasons(done)[5]
    assert "FORENAMES: 1 value set aside, because each is a formula" in " ".join(done.notes)


def test_a_missing_sheet_is_told_with_those_there_are(tmp_path: Path) -> None:
    done = prepared(workbook(tmp_path, CELLS, sheet="Arrests"), definition(tmp_path, SHEET))
    assert done.problem == 'There is no sheet named "Missing*"; the sheets are: Arrests.'


def test_a_workbook_that_would_unpack_into_a_flood_is_not_opened(tmp_path: Path) -> None:
    path = workbook(tmp_path, CELLS)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet9.xml", b" " * (64 << 20))
    done = prepared(path, definition(tmp_path, SHEET))
    assert "times its size, as only a trap would" in done.problem


@pytest.mark.parametrize("content", [b"not a workbook", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_workbook_fails_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "missing.xlsx"
    path.write_bytes(content)
    assert prepared(path, definition(tmp_path, SHEET)).problem.startswith("This is not a spreadsheet that can be read")


XML = """
feed: notices
title: Notices
agency: avonmouth-police
system: police/niche
format: {kind: xml, record: Notice, rows: Children/Child, dates: ["%Y-%m-%d"]}
recognise: {columns: [Notice/Ref]}
key: [reference, person_key]
columns:
  reference:  {from: ../../Ref, required: yes}
  made:       {from: /Notices/Header/Made, type: date}
  person_key: {from: Id, required: yes}
  code:       {from: "@kind"}
  schools:    {from: Schools/School, split: ";"}
people:
  child: {key: "{person_key}", kind: child}
"""
DOCUMENT = """<?xml version="1.0"?>
<n:Notices xmlns:n="urn:x"><n:Header><n:Made>2026-11-01</n:Made></n:Header>
 <n:Notice><n:Ref>A1</n:Ref><n:Children>
   <n:Child kind="x"><n:Id>N1</n:Id><n:Schools><n:School>One</n:School><n:School>Two</n:School></n:Schools></n:Child>
   <n:Child><n:Id>N2</n:Id></n:Child></n:Children></n:Notice>
 <n:Notice><n:Ref>A2</n:Ref><n:Children><n:Child><n:Id>N3</n:Id></n:Child></n:Children></n:Notice>
</n:Notices>"""


def xml_file(folder: Path, text: str = DOCUMENT) -> Path:
    path = folder / "notices.xml"
    path.write_text(text)
    return path


def test_rows_inside_records_with_what_stands_above_them(tmp_path: Path) -> None:
    rows = good_rows(prepared(xml_file(tmp_path), definition(tmp_path, XML)))
    assert rows["reference"].to_list() == ["A1", "A1", "A2"]
    assert rows["made"].to_list() == ["2026-11-01"] * 3
    assert rows["code"].to_list() == ["x", None, None]
    assert rows["schools"][0].split("\x1f") == ["One", "Two"]


def test_a_truncated_file_loads_what_stands_before_the_break(tmp_path: Path) -> None:
    done = prepared(xml_file(tmp_path, DOCUMENT[: DOCUMENT.index("<n:Ref>A2")]), definition(tmp_path, XML))
    assert done.good == 2
    assert "The file breaks off or is damaged at line" in done.broken_off
    assert done.notes[0] == done.broken_off


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    text = f'<!DOCTYPE n [<!ENTITY x SYSTEM "file://{secret}">]><Notices><Notice><Ref>&x;</Ref></Notice></Notices>'
    done = prepared(xml_file(tmp_path, text), definition(tmp_path, XML))
    assert "SECRET" not in "".join(path.read_text(errors="ignore") for path in done.path.iterdir())


def test_a_billion_laughs_is_no_laughing_matter(tmp_path: Path) -> None:
    bombs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE n [<!ENTITY l0 "lol">{bombs}]><Notices><Notice><Ref>&l11;</Ref></Notice></Notices>'
    assert prepared(xml_file(tmp_path, text), definition(tmp_path, XML)).good == 0


LINES = MISSING.replace(
    'format: {kind: csv, delimiter: ";", dates: ["%d/%m/%Y"], times: ["%H:%M"]}', "format: {kind: jsonl}"
)
LINES = (
    LINES.replace("*missing*.csv", "*missing*.jsonl")
    .replace("from: NICHE_ID", "from: person.id")
    .replace("NICHE_ID", "person.id")
)
LINES = LINES.replace("{from: [DAY, TIME]", "{from: when")


def test_json_lines_with_nested_names_and_a_broken_line(tmp_path: Path) -> None:
    one = {"MISPER_REF": "MP1", "person": {"id": 7}, "when": "2026-11-03T16:10:00Z", "PLACE": "Harbour Park"}
    path = tmp_path / "missing.jsonl"
    path.write_text(json.dumps(one) + "\n\n" + json.dumps(one | {"MISPER_REF": "MP2"})[:-9] + "\n[1]\n")
    done = prepared(path, definition(tmp_path, LINES))
    row = good_rows(done).row(0, named=True)
    assert (row["person_key"], row["reported"]) == ("7", "2026-11-03T16:10:00")
    assert reasons(done)[3].startswith("This line is not JSON")
    assert reasons(done)[4] == "This line is not a JSON object with names and values."


def test_a_moment_with_a_zone_is_on_londons_clock(tmp_path: Path) -> None:
    one = {"MISPER_REF": "MP1", "person": {"id": 7}, "when": "2026-07-03T23:30:00Z"}
    path = tmp_path / "missing.jsonl"
    path.write_text(json.dumps(one))
    assert good_rows(prepared(path, definition(tmp_path, LINES)))["reported"].to_list() == ["2026-07-04T00:30:00"]


FIXED = """
feed: custody
title: Custody
agency: avonmouth-police
system: police/niche
format: {kind: fixed, encoding: cp1252, dates: ["%d%m%Y"], times: ["%H%M"]}
recognise: {file: ["CUST*.txt"]}
key: [reference]
columns:
  reference:  {from: [1, 6], required: yes}
  person_key: {from: [7, 12], required: yes}
  name:       {from: [13, 22]}
  at:         {from: [[23, 30], [31, 34]], type: datetime, required: yes}
people:
  child: {key: "{person_key}", last_name: "{name}"}
"""


def test_fixed_width(tmp_path: Path) -> None:
    path = tmp_path / "CUST1.txt"
    lines = ["C00001N00001Zoë       031120261610", "", "C00002N00002Leo       311120261610", "C00003"]
    path.write_bytes("\n".join(lines).encode("cp1252"))
    done = prepared(path, definition(tmp_path, FIXED))
    assert good_rows(done)["at"].to_list() == ["2026-11-03T16:10:00"]
    assert good_rows(done)["name"].to_list() == ["Zoë"]
    assert "is not a date that exists" in reasons(done)[3]
    assert reasons(done)[4].startswith("This line has 6 characters")


def test_rows_of_another_format_are_kept_as_text(tmp_path: Path) -> None:
    path = tmp_path / "CUST1.txt"
    path.write_text("C00001N00001Leo       031120261610\n")
    import polars as pl

    kept = pl.read_parquet(prepared(path, definition(tmp_path, FIXED)).path / "rows.parquet")
    assert kept["line"].to_list() == ["C00001N00001Leo       031120261610"]

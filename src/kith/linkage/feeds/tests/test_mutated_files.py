"""Any bytes at all: a file reads, with reasons for its broken rows, or fails in words. It never brings us down."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.linkage.feeds.recognising import recognise
from kith.linkage.feeds.tests.making import HEADER, MISSING, ROW, definition, good_rows, prepared
from kith.linkage.feeds.tests.test_other_formats import CELLS, DOCUMENT, FIXED, LINES, SHEET, XML, workbook

SEPARATED = "\n".join([HEADER, *[ROW.replace("MP1", f"MP{n}") for n in range(8)]]).encode()
JSON = b'{"MISPER_REF": "MP1", "person": {"id": 7}, "when": "2026-11-03T16:10:00Z"}\n' * 4
QUICK = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
CELL = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\x00\r\ufeff\x1f", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")
    ),
    min_size=1,
    max_size=12,
)


def sheet_bytes() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return workbook(Path(folder), CELLS).read_bytes()


FILES = {
    "missing.csv": (MISSING, SEPARATED), "notices.xml": (XML, DOCUMENT.encode()), "missing.jsonl": (LINES, JSON),
    "CUST1.txt": (FIXED, b"C00001N00001Leo       031120261610\n" * 4), "missing.xlsx": (SHEET, sheet_bytes()),
}  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file with some bytes cut out, changed or put in."""
    name = draw(st.sampled_from(sorted(FILES)))
    content = FILES[name][1]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        upto = min(len(content), at + draw(st.integers(0, 40)))
        content = content[:at] + draw(st.binary(max_size=8)) + content[upto:]
    return name, content


@QUICK
@given(mutated())
def test_a_spoilt_file_reads_or_fails_in_words(spoilt: tuple[str, bytes]) -> None:
    name, content = spoilt
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / name
        path.write_bytes(content)
        made = definition(folder, FILES[name][0])
        assert recognise(path, [made]) is not None
        done = prepared(path, made)
        assert done.problem or done.good + done.rejected == done.rows
    finally:
        shutil.rmtree(folder)


@QUICK
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=30), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_whatever_stands_in_cells_comes_out_as_it_went_in(cells: list[tuple[str, str]], quoting: int) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
    writer.writerow(HEADER.split(";"))
    for number, (first, place) in enumerate(cells):
        writer.writerow([f"MP{number}", "N1", f"x{first}", "Osei", "", "", "03/11/2026", "16:10", "H", f"y{place}"])
    folder = Path(tempfile.mkdtemp())
    try:
        path = folder / "missing.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        rows = good_rows(prepared(path, definition(folder)))
        assert rows["first_name"].to_list() == [f"x{first}" for first, _ in cells]
        assert rows["place"].to_list() == [f"y{place}" for _, place in cells]
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_files_that_are_spoilt_were_good(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][1])
    done = prepared(path, definition(tmp_path, FILES[name][0]))
    assert done.good > 0
    assert done.problem == ""

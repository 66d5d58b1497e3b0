"""Separated values in the ways that agencies really send them."""

import subprocess
import sys
from pathlib import Path

import pytest

from kith.linkage.feeds.tests.making import HEADER, ROW, csv_file, definition, good_rows, prepared, reasons

ZOE = ROW.replace("Amara", "Zoë")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding_is_read_and_another_than_agreed_is_told(tmp_path: Path, encoding: str) -> None:
    done = prepared(csv_file(tmp_path, ZOE, encoding=encoding), definition(tmp_path))
    assert good_rows(done)["first_name"].to_list() == ["Zoë"]
    told = "not in UTF-8, as was agreed" in " ".join(done.notes)
    assert told == (encoding not in ("utf-8", "utf-8-sig"))


def test_a_stray_byte_at_the_end_of_a_long_file_is_known_before_rows_are_read(tmp_path: Path) -> None:
    rows = [ROW.replace("MP1", f"MP{n}") for n in range(20_000)]
    path = csv_file(tmp_path, *rows)
    with open(path, "ab") as handle:
        handle.write(ZOE.replace("MP1", "LAST").encode("cp1252"))
    done = prepared(path, definition(tmp_path))
    assert good_rows(done)["first_name"][-1] == "Zoë"
    assert done.good == 20_001


@pytest.mark.parametrize(("delimiter", "name"), [(",", "commas"), ("\t", "tabs"), ("|", "bars")])
def test_another_delimiter_is_found_and_told(tmp_path: Path, delimiter: str, name: str) -> None:
    path = csv_file(tmp_path, ROW.replace(";", delimiter), header=HEADER.replace(";", delimiter))
    done = prepared(path, definition(tmp_path))
    assert done.good == 1
    assert f"Separated by {name}, not semicolons as was agreed; read so." in done.notes


def test_the_header_may_stand_anywhere(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Made on 4 November;;", HEADER, ROW, header="Missing persons report")
    done = prepared(path, definition(tmp_path))
    assert done.good == 1
    assert "The columns are named in row 3, not in row 1 as was agreed; read from there." in done.notes


def test_a_second_header_row_is_noticed_and_passed_over(tmp_path: Path) -> None:
    done = prepared(csv_file(tmp_path, HEADER, ROW, HEADER, ROW.replace("MP1", "MP2")), definition(tmp_path))
    assert (done.good, done.rejected) == (2, 0)
    assert "The header is there again in row 2, 4; such rows were passed over." in done.notes


def test_extra_columns_are_kept_and_optional_ones_may_be_absent(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path, ROW.replace("Amara", "Amara;x"), header=HEADER.replace("FORENAMES", "FORENAMES;SHOE SIZE")
    )
    done = prepared(path, definition(tmp_path))
    assert done.good == 1
    assert "1 column kept and not used: SHOE SIZE." in done.notes
    (tmp_path / "b").mkdir()
    path = csv_file(tmp_path / "b", ROW.removesuffix(";Harbour Park"), header=HEADER.removesuffix(";PLACE"))
    assert "1 column that may come did not: PLACE." in prepared(path, definition(tmp_path)).notes


def test_missing_columns_fail_the_delivery_in_words(tmp_path: Path) -> None:
    done = prepared(csv_file(tmp_path, ROW, header=HEADER.replace("NICHE_ID", "ID")), definition(tmp_path))
    assert done.problem.startswith("NICHE_ID is not in the file. The columns found: MISPER_REF, ID, FORENAMES")


def test_quotes_and_line_breaks_inside_a_cell(tmp_path: Path) -> None:
    row = ROW.replace("Harbour Park", '"Harbour; ""the"" Park\nby the water"')
    done = prepared(csv_file(tmp_path, row, ROW.replace("MP1", "MP2")), definition(tmp_path))
    assert good_rows(done)["place"].to_list() == ['Harbour; "the" Park\nby the water', "Harbour Park"]


def test_a_quotation_mark_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    rows = [ROW.replace("MP1", f"MP{n}") for n in range(200)]
    rows[3] = rows[3].replace("Harbour Park", '"Harbour Park')
    done = prepared(csv_file(tmp_path, *rows), definition(tmp_path))
    assert done.good == 200


def test_windows_and_old_line_ends_and_blank_lines(tmp_path: Path) -> None:
    for end in ("\r\n", "\r"):
        path = tmp_path / f"missing{len(end)}.csv"
        path.write_bytes(end.join([HEADER, ROW, "", ROW.replace("MP1", "MP2"), ""]).encode())
        done = prepared(path, definition(tmp_path))
        assert (done.good, done.last_row) == (2, 4)


def test_a_giant_cell_is_rejected_and_the_rest_loads(tmp_path: Path) -> None:
    giant = ROW.replace("Harbour Park", "x" * 200_000)
    done = prepared(csv_file(tmp_path, giant, ROW.replace("MP1", "MP2")), definition(tmp_path))
    assert reasons(done)[2].startswith("Cell 10 has 200,000 characters")
    assert done.good == 1


def test_plain_and_careful_reading_agree(tmp_path: Path) -> None:
    """The same rows, with and without the quotation marks that need the careful way, come out the same."""
    rows = [ROW.replace("MP1", f"MP{n}").replace("Osei", f"Osei {n % 7}") for n in range(3000)]
    plain = prepared(csv_file(tmp_path, *rows), definition(tmp_path))
    (tmp_path / "quoted").mkdir()
    quoted = [";".join(f'"{cell}"' for cell in row.split(";")) for row in rows]
    careful = prepared(csv_file(tmp_path / "quoted", *quoted), definition(tmp_path))
    assert good_rows(plain).equals(good_rows(careful))


def test_a_delivery_is_kept_as_it_came(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ZOE, encoding="cp1252")
    done = prepared(path, definition(tmp_path))
    assert (done.path.parent / "as-it-came.csv").read_bytes() == path.read_bytes()


MEMORY = """
import resource, sys
from pathlib import Path
from kith.linkage.feeds.tests.making import definition, prepared
folder = Path(sys.argv[1])
done = prepared(folder / "missing.csv", definition(folder))
print(done.rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak(folder: Path, rows: int) -> tuple[int, int]:
    """Rows read and the peak of memory in MB, in a process of its own."""
    folder.mkdir()
    with open(folder / "missing.csv", "w") as handle:
        handle.write(HEADER + "\n")
        for n in range(rows):
            handle.write(ROW.replace("MP1", f"MP{n:08d}") + "\n")
    ran = subprocess.run([sys.executable, "-c", MEMORY, str(folder)], capture_output=True, text=True, check=True)
    read, megabytes = ran.stdout.split()
    return int(read), int(megabytes)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small, large = peak(tmp_path / "small", 60_000), peak(tmp_path / "large", 300_000)
    assert (small[0], large[0]) == (60_000, 300_000)
    assert large[1] < small[1] + 80

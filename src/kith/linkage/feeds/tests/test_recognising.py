"""Which feed a file is."""

from pathlib import Path

import pytest

from kith.linkage.feeds.recognising import recognise
from kith.linkage.feeds.tests.making import HEADER, MISSING, ROW, csv_file, definition

ARRESTS = MISSING.replace("police-missing", "police-arrests").replace("*missing*.csv", "*arrest*.csv")
ARRESTS = ARRESTS.replace("MISPER_REF", "ARREST_REF")


def test_a_file_is_known_by_its_name_and_columns(tmp_path: Path) -> None:
    known = [definition(tmp_path), definition(tmp_path, ARRESTS)]
    found = recognise(csv_file(tmp_path, ROW, name="November MISSING list.csv"), known)
    assert [one.feed for one in found.feeds] == ["police-missing"]


def test_one_file_may_be_several_feeds(tmp_path: Path) -> None:
    second = definition(tmp_path, MISSING.replace("police-missing", "police-places"))
    found = recognise(csv_file(tmp_path, ROW), [definition(tmp_path), second])
    assert [one.feed for one in found.feeds] == ["police-missing", "police-places"]


def test_the_right_name_without_a_column_fails_as_that_feed(tmp_path: Path) -> None:
    found = recognise(csv_file(tmp_path, ROW, header=HEADER.replace("NICHE_ID", "ID")), [definition(tmp_path)])
    assert not found.feeds
    assert [(one.feed, why.split(".")[0]) for one, why in found.failed] == [
        ("police-missing", "NICHE_ID is not in the file")
    ]


def test_the_right_columns_under_another_name_are_the_nearest(tmp_path: Path) -> None:
    found = recognise(csv_file(tmp_path, ROW, name="export.csv"), [definition(tmp_path)])
    assert found.sentence == (
        "No feed is defined for this file. Nearest: police-missing (the columns fit, the file's name does not)."
    )


def test_a_near_miss_names_what_it_lacks(tmp_path: Path) -> None:
    path = csv_file(tmp_path, ROW, header=HEADER.replace("NICHE_ID", "ID"), name="export.csv")
    assert "police-missing (it lacks NICHE_ID)" in recognise(path, [definition(tmp_path)]).sentence


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.csv", b"a,b\n1,2\n"),
        ("x.xml", b"<not closed"),
        ("x.xlsx", b"junk"),
        ("empty.csv", b""),
        ("x.jsonl", b"{}"),
    ],
)
def test_nobodys_file_is_told_so(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = recognise(path, [definition(tmp_path)])
    assert not found.feeds
    assert not found.failed
    assert found.sentence


def test_an_empty_file_with_the_right_name_is_a_delivery_with_nothing_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "missing.jsonl"
    path.write_bytes(b"")
    made = definition(
        tmp_path, MISSING.replace("kind: csv", "kind: jsonl").replace('delimiter: ";", ', "").replace(".csv", ".jsonl")
    )
    assert [one.feed for one in recognise(path, [made]).feeds] == ["police-missing"]

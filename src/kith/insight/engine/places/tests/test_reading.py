"""Files of events as people have them: encodings, delimiters, packed, damaged; each bad row with its reason."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from kith.insight.engine.places.columns import ColumnsUnclearError
from kith.insight.engine.places.editions import editions_of, given_up_in_2021
from kith.insight.engine.places.reading import FileUnreadableError, read_events

TEXT = "Place,Lat,Long,Date/Time\nCafé,51.45,-2.58,03/11/2026 15:10\nQuay,51.46,-2.59,04/11/2026 09:05\n"


def kept(tmp_path: Path, content: bytes, name: str = "events.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        gzip.compress(TEXT.encode("cp1252")),
    ],
    ids=["utf-8", "with its mark", "windows", "utf-16", "semicolons", "tabs", "two signs a line", "packed"],
)
def test_any_usual_file_is_read_alike(tmp_path: Path, content: bytes) -> None:
    events = read_events(kept(tmp_path, content), {}, positions=True)
    assert events.table.to_dicts() == [
        {"latitude": 51.45, "longitude": -2.58, "day": date(2026, 11, 3), "minute": 910, "area": None},
        {"latitude": 51.46, "longitude": -2.59, "day": date(2026, 11, 4), "minute": 545, "area": None},
    ]
    assert [column.role for column in events.columns] == ["not used", "latitude", "longitude", "moment"]


@pytest.mark.parametrize(
    ("heading", "cell", "day", "minute"),
    [
        ("occurred", "2026-11-03T15:10:00Z", date(2026, 11, 3), 910),
        ("occurred", "2026-07-03T15:10:00+00:00", date(2026, 7, 3), 970),
        ("date", "3 Nov 2026", date(2026, 11, 3), None),
        ("date", "20261103", date(2026, 11, 3), None),
        ("Month", "2026-11", date(2026, 11, 1), None),
        ("Month", "Nov 2026", date(2026, 11, 1), None),
        ("Month", "11/2026", date(2026, 11, 1), None),
        ("date", "2026-11", date(2026, 11, 1), None),
    ],
)
def test_times_as_people_write_them(tmp_path: Path, heading: str, cell: str, day: date, minute: int | None) -> None:
    events = read_events(kept(tmp_path, f"n,{heading}\n1,{cell}\n".encode()), {}, positions=False)
    assert events.table.select("day", "minute").row(0) == (day, minute)


@pytest.mark.parametrize(("cell", "minute"), [("15:10", 910), ("3:10 pm", 910), ("15", 900), ("15:10:59", 910)])
def test_a_day_and_its_time_in_two_columns(tmp_path: Path, cell: str, minute: int) -> None:
    events = read_events(kept(tmp_path, f"Date,Time\n03/11/2026,{cell}\n".encode()), {}, positions=False)
    assert events.table.select("day", "minute").row(0) == (date(2026, 11, 3), minute)
    assert events.has_clock


def test_each_bad_row_has_its_reason_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = ["x,1,2026-01-01", "0,0,2026-01-01", "95,1,2026-01-01", "51,-2,2026-02-31", "51,-2", "51,-2,2026-03-01,9,9"]
    events = read_events(kept(tmp_path, "\n".join(["lat,lon,date", *rows]).encode()), {}, positions=True)
    assert [(bad.row, bad.why) for bad in events.bad] == [
        (2, "latitude or longitude is missing or is not a number"),
        (3, "latitude and longitude are both nought"),
        (4, "latitude or longitude is not a place on earth"),
        (5, "the date or time cannot be read"),
        (6, "the date or time cannot be read"),
    ]
    assert (events.rows, len(events.table), sum(events.reasons.values())) == (6, 1, 5)


def test_what_the_user_says_goes_before_any_guess(tmp_path: Path) -> None:
    path = kept(tmp_path, b"lat,lon,Y,X\n1,1,51.4,-2.5\n")
    events = read_events(path, {"Y": "latitude", "X": "longitude"}, positions=True)
    assert events.table.select("latitude", "longitude").row(0) == (51.4, -2.5)
    for wrong in ({"Z": "latitude"}, {"Y": "height"}):
        with pytest.raises(ColumnsUnclearError):
            read_events(path, wrong, positions=True)


def test_without_a_position_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ColumnsUnclearError, match="--map THEIRS=latitude"):
        read_events(kept(tmp_path, b"a,b\n1,2\n"), {}, positions=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"lat,lon\n", "no rows"),
        (b"PK\x03\x04\x00\x00\x00", "not a text file"),
        (gzip.compress(TEXT.encode() * 50)[:-20], "damaged"),
        (b"a,a\n1,2\n", "two columns of one name"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(FileUnreadableError, match=words):
        read_events(kept(tmp_path, content), {}, positions=False)


def test_editions_of_area_codes_are_told_apart(tmp_path: Path) -> None:
    rows = ["E01014399,2023-01", "E01014402,2023-01", "E01035205,2023-05", "W01001959,2023-06", ",2023-06"]
    content = "lat,lon,LSOA code,Month\n" + "\n".join(f"51.4,-2.5,{row}" for row in rows)
    table = read_events(kept(tmp_path, content.encode()), {}, positions=True).table
    lookup = kept(
        tmp_path,
        b"lsoa11_code,lsoa21_code\nE01014399,E01014399\nE01014402,E01035205\nE01014402,E01035206\n",
        "lookup.csv",
    )
    found = editions_of(table, given_up_in_2021(lookup))
    assert (found.only_2021, found.only_2011, found.either, found.none) == (2, 1, 1, 1)
    assert "May 2023 to June 2023" in found.words[1]
    unknown = editions_of(table, None)
    assert (unknown.only_2021, unknown.only_2011, unknown.either) == (2, None, 2)
    assert "--lookup" in unknown.words[0]
    with pytest.raises(ValueError, match="no column"):
        given_up_in_2021(kept(tmp_path, b"a,b\n", "other.csv"))

"""`kith hours` as a user runs it."""

from __future__ import annotations

import csv
import os
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner, Result

from kith.insight.hours_command import hours

POLICE = Path(os.environ.get("KITH_SHARED_DATA", "../shared/data")) / "police_avon_somerset"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(hours, [str(word) for word in words])


def week(path: Path, *, after_school: int, elsewhen: int, midnight: int = 0) -> Path:
    rng, start = np.random.default_rng(2), datetime(2026, 1, 5)
    moments = [start + timedelta(weeks=n % 26, days=n % 5, hours=15, minutes=n % 60) for n in range(after_school)]
    moments += [
        start + timedelta(minutes=int(rng.integers(0, 182)) * 1440 + int(rng.integers(1, 1440)))
        for _ in range(elsewhen)
    ]
    moments += [start + timedelta(days=n % 180) for n in range(midnight)]
    path.write_text("\n".join(["When", *(f"{one:%d/%m/%Y %H:%M}" for one in moments)]), encoding="utf-8")
    return path


def test_table_picture_and_sentence(tmp_path: Path) -> None:
    done = run(week(tmp_path / "events.csv", after_school=57, elsewhen=92), "--out", tmp_path / "week.svg")
    assert done.exit_code == 0, done.output
    assert "between 3 and 4 pm on weekdays" in done.output
    rows = list(csv.reader((tmp_path / "week.csv").open(encoding="utf-8")))
    assert [len(row) for row in rows] == [26] * 9
    assert rows[-1][-1] == "149"
    assert sum(int(row[16]) for row in rows[1:6]) >= 57
    picture = ElementTree.fromstring((tmp_path / "week.svg").read_text(encoding="utf-8"))
    assert "between 3 and 4 pm on weekdays" in "".join(picture.itertext())
    assert "Monday" in done.output
    assert " 15 " in done.output


def test_what_is_even_says_so(tmp_path: Path) -> None:
    done = run(week(tmp_path / "events.csv", after_school=0, elsewhen=150), "--out", tmp_path / "week.svg")
    assert "No time of the week stands out among 150 events." in done.output


def test_exactly_midnight_is_a_time_that_nobody_knew(tmp_path: Path) -> None:
    source = week(tmp_path / "events.csv", after_school=57, elsewhen=93, midnight=80)
    done = run(source, "--out", tmp_path / "week.svg")
    assert "80 events are at exactly midnight" in " ".join(done.output.split())
    assert "between 3 and 4 pm on weekdays (60 of 150" in done.output


def test_an_exposure_that_is_no_week_is_refused(tmp_path: Path) -> None:
    source = week(tmp_path / "harm.csv", after_school=60, elsewhen=90)
    done = run(source, "--out", tmp_path / "week.svg", "--exposure", source)
    assert done.exit_code == 1
    assert "not a week of seven days" in done.output


def test_exposure_takes_the_pattern_away(tmp_path: Path) -> None:
    run(week(tmp_path / "all.csv", after_school=2000, elsewhen=3000), "--out", tmp_path / "exposure.svg")
    source = week(tmp_path / "harm.csv", after_school=60, elsewhen=90)
    done = run(source, "--out", tmp_path / "harm.svg", "--exposure", tmp_path / "exposure.csv")
    assert done.exit_code == 0, done.output
    assert "No time of the week stands out among 150 events." in done.output


def test_days_without_a_time_give_days(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    days = [datetime(2026, 1, 5) + timedelta(days=n % 70) for n in range(140)] + [datetime(2026, 1, 9)] * 40
    path.write_text("\n".join(["Date", *(f"{day:%d/%m/%Y}" for day in days)]), encoding="utf-8")
    done = run(path, "--out", tmp_path / "days.svg")
    assert "no time, so nothing can be said of hours" in " ".join(done.output.split())
    assert "Friday differs most: 60 events, more than the 26" in done.output


def test_no_column_with_a_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    done = run(path, "--out", tmp_path / "week.svg")
    assert done.exit_code == 1
    assert "--map THEIRS=moment" in done.output


@pytest.mark.skipif(not POLICE.exists(), reason="the public police data are not here (KITH_SHARED_DATA)")
def test_police_data_tell_months_only_and_that_is_said(tmp_path: Path) -> None:
    done = run(POLICE / "2023-06-avon-and-somerset-street.csv.gz", "--out", tmp_path / "months.svg")
    assert done.exit_code == 0, done.output
    assert "only the month of each event" in " ".join(done.output.split())
    assert (tmp_path / "months.csv").read_text(encoding="utf-8").splitlines() == ["Month,Events", "June 2023,14950"]

"""The sector's own validator finds no error in the header and missing modules of a year that Kith writes.

It runs in an environment of its own (scripts/set-up-validator.sh), with a year of random lives: children who come into
care and leave it, move, and are missing before, during and after; two years in a row, so that what was open is carried.
"""

from __future__ import annotations

import csv
import json
import subprocess
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kith.exchange.actions.exports import JOB, export_ssda903
from kith.exchange.rules.years import collection_year
from kith.foundations.access.actions import system_viewer
from kith.missing.actions import Reported, report_missing
from kith.subjects.models import Reference, Subject
from tests.support.cast import NOW, Cast, make_entry, make_person

ROOT = Path(__file__).parents[4]
PYTHON, ABSENT = ROOT / "build/validator-903/bin/python", ROOT / "build/validator-903.absent"
SYSTEM = "council/csc"
YEARS = (collection_year("2024-25"), collection_year("2025-26"))
OF_MISSING = {"564", "565", "566", "567", "570", "571", "574", "575", "576", "577", "578", "580", "581", "586", "1004",
              "1005", "1006", "1012", "INT04", "INT13"}  # fmt: skip
OF_HEADER = {"101", "102", "103", "168", "232", "301", "393", "442", "444", "607", "EPI"}
EPISODES = ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
            "HOME_POST", "PL_POST", "URN")  # fmt: skip


@dataclass(frozen=True)
class Lived:
    """One placement of one child: the council's number, from when until when, and whether care ended with it."""

    number: str
    since: date
    until: date | None
    first: bool
    last: bool


@pytest.fixture(scope="module")
def validator() -> Path:
    if not PYTHON.exists():
        why = ABSENT.read_text().partition("\n")[0] if ABSENT.exists() else "make test sets it up"
        pytest.skip(f"The sector's validator is not installed here: {why}")
    return PYTHON


def validate(python: Path, ruleset: str, year: int, *folders: Path) -> dict[str, Any]:
    script = [str(python), str(ROOT / "scripts/validate-903.py"), ruleset, str(year), *map(str, folders)]
    done = subprocess.run(script, capture_output=True, text=True, check=False, timeout=180)
    assert done.returncode == 0, done.stderr[-3000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def lived(cast: Cast, random: Random, number: int) -> list[Lived]:
    """A child with one or two times in care, moves between homes, and absences at any time."""
    child = make_person(f"Child {number}", headline=False, date_of_birth=date(2009 + number % 6, 1 + number % 12, 5),
                        sex=random.choice("MF"), ethnicity=random.choice(["WBRI", "BAFR", ""]),
                        upn=f"A{950000170000 + number}")  # fmt: skip
    Reference.objects.create(system=SYSTEM, key=f"{410000 + number}", subject=child, scope=child.scope, first_seen=NOW)
    found: list[Lived] = []
    start = date(2023, 6, 1) + timedelta(days=random.randrange(900))
    for _ in range(random.choice([1, 1, 2])):
        until = start + timedelta(days=random.randrange(5, 500)) if random.random() < 0.6 else None
        found += in_care(child, f"{410000 + number}", start, until, random)
        if until is None:
            break
        start = until + timedelta(days=random.randrange(1, 200))
    for _ in range(random.randrange(10)):
        missing(cast, child, random)
    return found


def in_care(child: Subject, number: str, start: date, until: date | None, random: Random) -> list[Lived]:
    make_entry("Came into care", child, on=start, kind="care-started")
    if until:
        make_entry("Care ended", child, on=until, kind="care-ended")
    length = ((until or date(2026, 6, 1)) - start).days
    moves = sorted({start + timedelta(days=random.randrange(1, length)) for _ in range(random.randrange(4))
                    if length > 1})  # fmt: skip
    begins, ends = [start, *moves], [*moves, until]
    for since, end in zip(begins, ends, strict=True):
        make_entry("Placed: foster care", child, on=since, kind="placement", until_day=end)
    return [Lived(number, since, end, since == start, end == until) for since, end in zip(begins, ends, strict=True)]


def missing(cast: Cast, child: Subject, random: Random) -> None:
    hours = random.randrange(24 * 1100)
    gone = datetime(2023, 9, 1, tzinfo=UTC) + timedelta(hours=hours)
    back = gone + timedelta(hours=random.choice([0, 1, 5, 20, 70, 400])) if random.random() < 0.9 else None
    kind, agency = random.choice(["missing", "missing", "away"]), random.choice([cast.police, cast.council])
    told = Reported(child.pk, agency.pk, kind, gone, back_at=back, gone_is_day=random.random() < 0.2)
    if told.gone_is_day:
        gone = datetime.combine(gone.date(), time(), tzinfo=UTC)
        told = Reported(child.pk, agency.pk, kind, gone, back_at=back, gone_is_day=True)
    report_missing(reported=told, by=cast.loader, now=NOW)


def write_episodes(folder: Path, lives: list[Lived], header: set[str], first: date, last: date) -> None:
    """As the council's own system writes them: every placement of the year, X1 where care goes on."""
    with (folder / "episodes.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(EPISODES)
        for one in lives:
            ended = one.until if one.until and one.until <= last else None
            if one.number not in header or one.since > last or (one.until and one.until < first):
                continue
            why = ("E8" if one.last else "X1") if ended else ""
            writer.writerow([one.number, f"{one.since:%d/%m/%Y}", "S" if one.first else "P", "C2", "N1", "U6", "PR1",
                             f"{ended:%d/%m/%Y}" if ended else "", why, "CHILD" if why == "X1" else "", "BS1 1AA",
                             "BS1 1AA", "XXXXXXX"])  # fmt: skip


@pytest.mark.django_db
def test_the_validator_finds_no_error_of_the_missing_and_header_rules(
    cast: Cast, validator: Path, tmp_path: Path
) -> None:
    random = Random(903)
    lives = [one for number in range(90) for one in lived(cast, random, number)]
    folders = []
    for year in YEARS:
        folder = tmp_path / str(year)
        done = export_ssda903(year=year, out=folder, purpose="Test", system=SYSTEM, by=system_viewer(JOB), now=NOW)
        with (folder / "header.csv").open() as file:
            numbers = {row["CHILD"] for row in csv.DictReader(file)}
        write_episodes(folder, lives, numbers, year.first, year.last)
        assert done.rows["header.csv"] >= 25
        assert done.rows["missing.csv"] >= 20
        assert done.left_out >= 5
        folders.append(folder)
    found = validate(validator, "lac2025_26", 2026, folders[1], folders[0])
    assert OF_MISSING | OF_HEADER - {"580"} <= set(found["done"])
    assert {rule: rows for rule, rows in found["found"].items() if rule in OF_MISSING | OF_HEADER} == {}
    assert {rule for rule, rows in found["found"].items() if {"Header", "Missing"} & set(rows)} == set()
    assert not OF_MISSING & set(found["failed"])


def test_the_validator_does_find_what_is_wrong(validator: Path, tmp_path: Path) -> None:
    """So that finding nothing means something: an overlap, an end before its start, a child not in the header."""
    (tmp_path / "header.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,X,05/04/2011,ABCD,Q,,\n")
    (tmp_path / "missing.csv").write_text(
        "CHILD,DOB,MISSING,MIS_START,MIS_END\n1,05/04/2011,M,01/06/2025,05/06/2025\n1,05/04/2011,M,03/06/2025,\n"
        "2,05/04/2011,M,09/06/2025,08/06/2025\n"
    )
    found = validate(validator, "lac2025_26", 2026, tmp_path)["found"]
    assert {"101", "103", "168", "567", "574", "INT04"} <= set(found)

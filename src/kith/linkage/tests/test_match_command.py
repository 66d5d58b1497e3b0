"""`kith match` as a user runs it: guesses told, pairs and groups written, clear words for what cannot be read."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kith.linkage.match_command import match

FEBRL = Path(os.environ.get("KITH_SHARED_DATA", "../shared/data")) / "febrl"
PEOPLE = """Ref,Forename,Surname,DOB,Gender,Postcode
1,Mohammed,Ali,14/03/2010,M,QX3 4AB
2,muhammad,ALI,14/03/2010,M,qx34ab
3,Jack,Turner,05/05/2011,M,QX9 9JJ
4,Harry,Turner,05/05/2011,M,QX9 9JJ
5,Olivia,Barrow,04/03/2011,F,QX1 1AA
6,Olivia,Barrow,03/04/2011,F,QX1 1AA
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(match, [str(argument) for argument in arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_a_list_of_people_is_de_duplicated_and_twins_stay_two(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    result = run(tmp_path / "people.csv", "--out", tmp_path / "pairs.csv", "--clusters", tmp_path / "clusters.csv")
    assert result.exit_code == 0, result.output
    assert "Forename" in result.output
    assert "first name" in result.output
    pairs = rows(tmp_path / "pairs.csv")
    assert {(pair["id_left"], pair["id_right"]) for pair in pairs} == {("1", "2"), ("5", "6")}
    assert any("forms of one name" in pair["reasons"] for pair in pairs)
    groups = {row["id"]: row["cluster_id"] for row in rows(tmp_path / "clusters.csv")}
    assert groups["3"] != groups["4"]


def test_two_files_are_linked_only_across(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "b.csv").write_text(PEOPLE.replace("Olivia", "Livvy"), encoding="utf-16")
    result = run(tmp_path / "a.csv", tmp_path / "b.csv", "--out", tmp_path / "pairs.csv")
    assert result.exit_code == 0, result.output
    pairs = rows(tmp_path / "pairs.csv")
    assert len(pairs) == 8
    assert all(pair["id_left"].startswith("A:") and pair["id_right"].startswith("B:") for pair in pairs)


def test_a_column_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE.replace("Forename", "Q1").replace("Surname", "Q2"), encoding="utf-8")
    out = tmp_path / "pairs.csv"
    result = run(tmp_path / "people.csv", "--out", out, "--map", "Q1=first_name", "--map", "Q2=last_name")
    assert result.exit_code == 0, result.output
    assert "as you said" in result.output
    assert len(rows(out)) == 2


@pytest.mark.parametrize(
    ("content", "extra", "said"),
    [
        (None, (), "There is no file"),
        (b"", (), "is empty"),
        (b"a,b\n", (), "no rows"),
        (b"a,a\n1,2\n", (), "two columns of one name"),
        (b"PK\x03\x04\x00\x00", (), "not a text file"),
        (b"a,b\n1,2\n1,2\n", (), "No column tells rows apart"),
        (PEOPLE.encode(), ("--map", "Nobody=first_name"), "There is no column Nobody"),
        (PEOPLE.encode(), ("--map", "Surname=shoe_size"), "shoe_size is not a name known here"),
        (PEOPLE.encode(), ("--map", "Surname"), "THEIRS=OURS"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(
    tmp_path: Path, content: bytes | None, extra: tuple[str, ...], said: str
) -> None:
    path = tmp_path / "given.csv"
    if content is not None:
        path.write_bytes(content)
    result = run(path, "--out", tmp_path / "pairs.csv", *extra)
    assert result.exit_code != 0
    assert said in " ".join(result.output.split())
    assert "Traceback" not in result.output


@pytest.mark.skipif(not FEBRL.exists(), reason="the public febrl data are not here")
def test_febrl_dataset_3_reaches_its_goal(tmp_path: Path) -> None:
    truth = _without_truth(FEBRL / "dataset3.csv", tmp_path / "febrl.csv")
    result = run(tmp_path / "febrl.csv", "--out", tmp_path / "pairs.csv")
    assert result.exit_code == 0, result.output
    assert _f1(rows(tmp_path / "pairs.csv"), truth) >= 0.997


@pytest.mark.skipif(not FEBRL.exists(), reason="the public febrl data are not here")
def test_febrl_dataset_4_reaches_its_goal(tmp_path: Path) -> None:
    truth = _without_truth(FEBRL / "dataset4a.csv", tmp_path / "a.csv", "a")
    truth |= _without_truth(FEBRL / "dataset4b.csv", tmp_path / "b.csv", "b")
    result = run(tmp_path / "a.csv", tmp_path / "b.csv", "--out", tmp_path / "pairs.csv")
    assert result.exit_code == 0, result.output
    assert _f1(rows(tmp_path / "pairs.csv"), truth) >= 0.997


def _without_truth(source: Path, target: Path, side: str = "") -> dict[str, str]:
    """Copy with ids that say nothing; the truth by id."""
    with source.open(newline="", encoding="utf-8") as text:
        header, *body = csv.reader(text, skipinitialspace=True)
    body.sort(key=lambda row: row[-1])
    with target.open("w", newline="", encoding="utf-8") as text:
        writer = csv.writer(text)
        writer.writerow(["id", *(name.strip() for name in header[1:])])
        writer.writerows([f"{side}{number}", *row[1:]] for number, row in enumerate(body))
    return {f"{side}{number}": row[0].split("-")[1] for number, row in enumerate(body)}


def _f1(pairs: list[dict[str, str]], truth: dict[str, str]) -> float:
    right = sum(truth[pair["id_left"]] == truth[pair["id_right"]] for pair in pairs)
    real = sum(count * (count - 1) // 2 for count in Counter(truth.values()).values())
    return 2 * right / (len(pairs) + real)

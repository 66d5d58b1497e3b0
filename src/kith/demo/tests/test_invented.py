"""Nothing in the files points at a real person or street, and nothing blames a child."""

import re
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from kith.demo.area import places
from kith.demo.feed import Delivery
from kith.demo.identifiers import nhs_numbers, upn_letter, upns

Sent = tuple[Path, list[Delivery]]
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
PHONE = re.compile(r"\b0\d{4} ?\d{3} ?\d{3}\b|\b01632 960 ?\d{3}\b")
FORBIDDEN = tuple(
    line.strip()
    for line in """
    lifestyle choice, promiscuous, putting herself at risk, putting himself at risk, placing herself, placing himself
    absconded, awol, streetwise, older boyfriend, prostitut, drug runner, running drugs, gang member, gang affiliated
    attention-seeking, attention seeking, manipulative, hard to reach, failed to engage, won't engage, refused to engage
    non-compliant, did not attend, failed to protect, challenging behaviour, risky behaviour, poor choices
    sexually active, disclosed, alleged, claims to
    """.strip()
    .replace("\n", ",")
    .split(",")
)


def _text_of(path: Path) -> str:
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True)
        return "\n".join(
            " | ".join(str(cell) for cell in row) for sheet in book for row in sheet.iter_rows(values_only=True)
        )
    raw = path.read_bytes()
    return raw.decode("utf-16" if raw[:2] == b"\xff\xfe" else "latin-1")


@pytest.fixture(scope="module")
def written(sent: Sent) -> dict[str, str]:
    files = sorted((sent[0] / "feeds").rglob("*.*"))
    assert len(files) > 100
    return {path.name: _text_of(path) for path in files}


def test_every_postcode_is_in_the_unassigned_area(written: dict[str, str]) -> None:
    found = {code for text in written.values() for code in POSTCODE.findall(text)}
    assert len(found) > 60
    assert {code for code in found if not code.startswith("QX")} == set()


def test_every_phone_number_is_kept_for_drama(written: dict[str, str]) -> None:
    found = {number for text in written.values() for number in PHONE.findall(text)}
    assert len(found) > 50
    assert {n for n in found if not n.startswith(("01632 960", "07700 900"))} == set()


def test_every_email_ends_in_a_name_kept_for_examples(written: dict[str, str]) -> None:
    found = {a for text in written.values() for a in re.findall(r"[\w.'-]+@([\w.-]+\w)", text)}
    assert found
    assert {host for host in found if not host.endswith(("example.org", ".example"))} == set()


def test_no_wording_blames_a_child(written: dict[str, str]) -> None:
    code = {
        p.name: p.read_text()
        for p in Path(__file__).parents[1].rglob("*")
        if p.suffix in (".py", ".yaml", ".txt", ".md")
    }
    code.pop(Path(__file__).name)
    hits = [(name, words) for name, text in {**written, **code}.items() for words in FORBIDDEN if words in text.lower()]
    assert hits == []


def test_places_lie_in_open_sea() -> None:
    here = places().drop_nulls("latitude")
    assert here["latitude"].is_between(50.85, 51.02).all()
    assert here["longitude"].is_between(-6.65, -6.45).all()
    assert places().filter(pl.col("kind") == "online")["latitude"].null_count() == 4


def test_numbers_pass_their_checks_and_are_never_issued() -> None:
    for number in nhs_numbers(500, 3):
        total = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False))
        assert number.startswith("999")
        assert (11 - total % 11) % 11 == int(number[9])
    made = upns(500, 3)
    assert len(set(made)) == 500
    assert all(upn_letter(upn[1:]) == upn[0] and upn[1:4] == "899" for upn in made)


def test_nobody_was_born_after_today(sent: Sent) -> None:
    people = pl.read_parquet(sent[0] / "truth" / "people.parquet")
    assert people["born"].max() <= date(2026, 11, 20)

"""Check digits and shapes, with examples from the published rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.identifiers import check_nhs_number, check_upn, parse_nhs_number, parse_postcode, parse_upn
from kith.foundations.identifiers.nhs_number import check_digit
from kith.foundations.identifiers.postcode import district, sector
from kith.foundations.identifiers.upn import check_letter, is_temporary


@pytest.mark.parametrize("text", ["9434765919", "943 476 5919", "943-476-5919"])
def test_a_well_formed_nhs_number_is_read_with_or_without_spaces(text: str) -> None:
    assert parse_nhs_number(text) == "9434765919"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9434765918", "mistyped"),
        ("943476591", "10 digits; this has 9"),
        ("1111111111", "repeated"),
        ("94347659AB", "digits only"),
        (None, "empty"),
    ],
)
def test_a_bad_nhs_number_says_why(text: str | None, reason: str) -> None:
    checked = check_nhs_number(text)
    assert not checked.is_valid
    assert reason in checked.reason


@given(st.text("0123456789", min_size=9, max_size=9).filter(lambda d: len(set(d)) > 1), st.integers(0, 9))
def test_exactly_one_last_digit_fits_or_none(first_nine: str, last: int) -> None:
    fits = parse_nhs_number(f"{first_nine}{last}") is not None
    assert fits == (check_digit(first_nine) == str(last))


def test_unique_pupil_numbers() -> None:
    assert parse_upn("a950000178301") == "A950000178301"
    assert parse_upn("R247962919251") is None
    assert "first letter" in check_upn("R247962919251").reason
    assert "13 characters" in check_upn("A95").reason
    assert "never I, O or S" in check_upn("S950000178301").reason


def test_a_temporary_pupil_number_ends_in_a_letter() -> None:
    upn = check_letter("95000017830A") + "95000017830A"
    assert parse_upn(upn) == upn
    assert is_temporary(upn)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("qx14qr", "QX1 4QR"), ("QX1  4QR", "QX1 4QR"), ("BS1OAA", "BS1 0AA"), ("none", None), ("", None), ("2119", None)],
)
def test_postcodes_take_one_form(text: str, expected: str | None) -> None:
    assert parse_postcode(text) == expected


def test_parts_of_a_postcode() -> None:
    assert district("QX1 4QR") == "QX1"
    assert sector("QX1 4QR") == "QX1 4"

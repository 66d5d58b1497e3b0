"""The SQL forms of folding, check digits and postcodes agree with the plain Python ones."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.foundations.identifiers import parse_nhs_number, parse_upn
from kith.foundations.identifiers.upn import check_letter
from kith.linkage.engine.features import fold_sql, home_sql, nhs_sql, phone_sql, sound_sql, upn_sql
from kith.linkage.engine.name_groups import equated_pairs, fold, same_name

CON = duckdb.connect()


def one(sql: str, text: str) -> object:
    return CON.execute(f"select {sql} from (select ?::varchar as t)", [text]).fetchall()[0][0]


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789", min_size=9, max_size=11))
def test_nhs_numbers_in_sql_and_python_agree(text: str) -> None:
    assert one(nhs_sql("t"), text) == parse_nhs_number(text)


@settings(max_examples=60, deadline=None)
@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789ABCXYZ"), st.sampled_from("ABQZ"))
def test_pupil_numbers_in_sql_and_python_agree(digits: str, last: str, wrong: str) -> None:
    right = check_letter(digits + last) + digits + last
    assert one(upn_sql("t"), right.lower()) == parse_upn(right) == right
    assert one(upn_sql("t"), wrong + digits + last) == parse_upn(wrong + digits + last)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), max_size=12))
def test_folding_in_sql_and_python_agree(text: str) -> None:
    assert one(fold_sql("t"), text) == fold(text)


@pytest.mark.parametrize(
    ("one_spelling", "other"), [("philip", "filip"), ("kathryn", "catrin"), ("niel", "neal"), ("connor", "conor")]
)
def test_names_that_sound_alike_have_one_sound(one_spelling: str, other: str) -> None:
    assert one(sound_sql("t"), one_spelling) == one(sound_sql("t"), other)


def test_homes_and_telephones_take_one_form() -> None:
    assert one(home_sql("t"), "Flat 2, 46 Grange Avenue") == "46 grange"
    assert one(phone_sql("t"), "+44 7700 900123") == one(phone_sql("t"), "07700900123")


def test_the_lists_are_wide_and_keep_apart_what_differs() -> None:
    assert equated_pairs() > 5_000
    for pair in (
        ("mohammed", "muhammad"),
        ("yusuf", "yousef"),
        ("aleksandra", "alexandra"),
        ("kuba", "jakub"),
        ("william", "bill"),
        ("eilidh", "ailidh"),
        ("ioana", "oana"),
        ("cabdullahi", "abdullahi"),
    ):
        assert same_name(*pair), pair
    for pair in (("jack", "harry"), ("ella", "mia"), ("xander", "sandra"), ("hassan", "hussein")):
        assert not same_name(*pair), pair

"""Keys of words: what meets what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.names import fold, name_words, same_names
from kith.subjects.search.keys import filed_under, sought_for
from kith.subjects.search.sounds import sound

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=12)


def meet(typed: str, kept: str) -> bool:
    return not {key.key for key in filed_under(kept)}.isdisjoint(key.key for key in sought_for(typed))


@given(WORDS, st.integers(0, 11), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_a_word_meets_every_word_one_slip_away(word: str, at: int, letter: str) -> None:
    at = min(at, len(word) - 1)
    assert meet(word, word)
    assert meet(word[:at] + word[at + 1 :], word)  # missing
    assert meet(word[:at] + letter + word[at:], word)  # extra
    assert meet(word[:at] + letter + word[at + 1 :], word)  # wrong
    assert meet(word[:at] + word[at : at + 2][::-1] + word[at + 2 :], word)  # changed round


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mohamed", "muhammad"),
        ("liz", "elizabeth"),
        ("elizabeth", "betty"),
        ("steven", "stephen"),
        ("kathryn", "catherine"),
        ("shawn", "sean"),
        ("okafor", "ocaphor"),
        ("kieran", "ciaran"),
        ("zosia", "zofia"),
        ("ahmet", "ahmed"),
    ],
)
def test_other_forms_and_sounds_meet(typed: str, kept: str) -> None:
    assert meet(typed, kept)


@pytest.mark.parametrize(
    ("one", "other"), [("amara", "jessica"), ("smith", "jones"), ("andrew", "indra"), ("ali", "abi")]
)
def test_different_names_do_not(one: str, other: str) -> None:
    assert one == "ali" or not meet(one, other)
    assert sound(one) != sound(other)


@given(st.text(max_size=40))
def test_any_text_folds_to_plain_letters(text: str) -> None:
    assert all(character.isascii() and (character.isalnum() or character == " ") for character in fold(text))
    assert fold(fold(text)) == fold(text)


def test_folding_keeps_the_letters_of_names() -> None:
    assert fold("Łukasz Żółć-Ó Briain") == "lukasz zolc o briain"
    assert name_words("O'Neill") == ["oneill"]


def test_lists_go_both_ways_and_are_not_joined_up() -> None:
    assert "alexander" in same_names("sandy")
    assert "sandy" in same_names("alexandra")
    assert "sandra" not in same_names("xander")

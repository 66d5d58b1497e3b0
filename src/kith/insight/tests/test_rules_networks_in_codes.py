"""Codes as numbers, and communities as groups."""

from __future__ import annotations

import random

import pytest

from kith.insight.rules.networks_in_codes import FEWEST_PEOPLE, Within, code_of, in_sentences, number_of


def test_a_code_and_its_number_are_one() -> None:
    chance = random.Random(3)
    codes = {"".join(chance.choices("abcdefghijkmnpqrstuvwxyz", k=12)) for _ in range(500)} | {"zzzzzzzzzzzz", "a"}
    assert all(code_of(number_of(code)) == code for code in codes)
    assert len({number_of(code) for code in codes}) == len(codes)
    assert max(map(number_of, codes)) < 2**63  # it fits an address and a column


@pytest.mark.parametrize("code", ["", "0abc", "Amara", "a b", "abcdefghijklm", "ä", "a-b"])
def test_what_is_not_a_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        number_of(code)


def test_a_community_is_spoken_of_as_a_group_with_how_sure() -> None:
    kinds = {"seen with": 9, "friend of": 4, "part of": 1, "sibling of": 1}
    group = Within(8, 1, 0, 15, 3, 12, kinds, {"police": 12, "school": 3}, "comes out again in most drawings")
    assert in_sentences(group) == (
        "8 people, 1 group and no places, 15 links among them and 3 to others.",
        "What links them: seen with (9), friend of (4), part of (1).",
        "12 of these links rest on a single source.",
        "Most of the evidence comes from police: it may be a group that police looks at.",
        "How sure: it comes out again in most drawings.",
    )
    assert group.is_described
    assert not Within(FEWEST_PEOPLE - 1, 0, 0, 3, 0, 0, {}, {}, "").is_described

"""Codes of links: short, each once, never taken for a name."""

from __future__ import annotations

import pytest

from kith.insight.rules.networks_codes import codes_of, tidied


@pytest.mark.parametrize(("count", "length"), [(1, 2), (224, 2), (225, 3), (2_000, 3), (6_272, 3), (6_273, 4)])
def test_each_link_has_its_own_and_all_are_equally_long(count: int, length: int) -> None:
    links = [(first, first + 1) for first in range(count)]
    found = codes_of(links)
    assert len(set(found.values())) == count
    assert {len(code) for code in found.values()} == {length}
    assert codes_of(reversed(links)) == found
    assert all(tidied(code) == code and code[0].isdigit() for code in found.values())


@pytest.mark.parametrize("typed", ["Amara", "bo", "2", "l2", "20", "2o", "2a", "", "222222"])
def test_a_name_is_not_a_code(typed: str) -> None:
    assert tidied(typed) == ""


def test_typed_in_capitals_or_with_a_space_it_is_the_same() -> None:
    assert tidied(" 4KT ") == "4kt"

"""The front door's lists, clocks and references."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.clocks import is_working_day
from kith.foundations.clocks.duty import HERE
from kith.front_door import rules
from kith.front_door.rules import act_by, as_reference, codes, contact_clocks, is_re_referral, new_reference, reply_by

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_title_keeps_its_commas() -> None:
    assert codes()["harms"].title("missing") == "Missing from home, care or school"
    assert codes()["came_by"].title("web") == "Online, without signing in"


def test_a_title_that_lost_its_end_is_refused() -> None:
    with pytest.raises(ValueError, match="care or school"):
        rules._code({"key": "missing", "title": "Missing from home", "care or school": None})


def test_every_list_has_its_source_or_is_our_own() -> None:
    for name in ("harms", "factors", "bases", "referral_sources"):
        assert codes()[name].source, name
    assert not codes()["bases"].checked


def test_a_reference_is_read_however_it_is_typed() -> None:
    for reference in {new_reference() for _ in range(200)}:
        assert as_reference(reference.lower().replace("-", " ")) == reference


@pytest.mark.parametrize("typed", ["", "K7M-4PQ", "K7M-4PQ-2X0", "K7M-4PQ-2XDD", "' or 1=1 --", "ÄÖÜ-ÄÖÜ-ÄÖÜ"])
def test_what_cannot_be_a_reference_is_none(typed: str) -> None:
    assert as_reference(typed) == ""


@given(MOMENTS)
def test_danger_is_looked_at_first_and_the_law_is_never_dropped(received: datetime) -> None:
    usual, danger = act_by(received, in_danger=False), act_by(received, in_danger=True)
    assert danger - received == timedelta(hours=1)
    assert danger <= usual <= reply_by(received)
    assert is_working_day(usual.astimezone(HERE).date())
    assert {clock.rule.kind for clock in contact_clocks(received, in_danger=True)} == {"law", "local"}


@given(st.dates(date(2016, 1, 1), date(2032, 1, 1)), st.integers(-400, 800))
def test_a_re_referral_starts_within_twelve_months_of_the_one_before(before: date, days: int) -> None:
    again = before + timedelta(days=days)
    within = is_re_referral(again, before)
    assert within == (days >= 0 and (again.year, again.month, again.day) < (before.year + 1, before.month, before.day))
    assert not is_re_referral(again, None)

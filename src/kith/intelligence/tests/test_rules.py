"""Codes, clocks, likeness, words to look at twice, school holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, strategies

from kith.intelligence.rules import codes
from kith.intelligence.rules.alike import alike, plain, told, why_alike
from kith.intelligence.rules.codes import News, choices, clock_rules, grade_by, grading_on, title
from kith.intelligence.rules.holidays import Pace, holidays, holidays_of, in_holiday, paces
from kith.intelligence.rules.telling import letter_body, said, used_in, worth_a_letter
from kith.intelligence.rules.twice import look_twice

AT = datetime(2026, 11, 3, 16, 10, tzinfo=UTC)


def test_the_grading_is_three_by_five_by_two_and_says_where_it_is_from() -> None:
    system = grading_on(date(2026, 11, 3))
    sizes = [len(one) for one in (system.source_codes, system.information_codes, system.handling_codes)]
    assert (sizes, system.name) == ([3, 5, 2], "3×5×2")
    assert system.source
    assert not system.checked
    assert grading_on(date(1999, 1, 1)) == system  # the earliest there is


@pytest.mark.parametrize(("priority", "hours"), [("high", 1), ("medium", 24), ("low", 72)])
def test_how_soon(priority: str, hours: int) -> None:
    assert grade_by(priority, AT) == AT + timedelta(hours=hours)
    assert {rule.key: rule.checked for rule in clock_rules()}[f"grade-{priority}"] is False


def test_a_code_that_is_gone_is_still_shown() -> None:
    assert title("harms", "no-longer-listed") == "no-longer-listed"
    assert ("violence", "Serious violence or weapons") in choices("harms")
    assert all(one.hint or one.key in {"phone"} for one in codes.listed("named"))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("vehicle", "qx07 abc", "QX07-ABC"),
        ("phone", "+44 7700 900381", "07700 900 381"),
        ("handle", "@Harbour_Tickets", "harbour_tickets"),
        ("place", "The  Coach Station", "the coach station"),
    ],
)
def test_one_thing_written_two_ways(kind: str, one: str, other: str) -> None:
    assert plain(kind, one) == plain(kind, other) != ""
    assert why_alike(told("a", [(kind, one)]), told("b", [(kind, other)]))


def test_words_alone_can_be_alike_and_little_words_do_not_count() -> None:
    text = "A silver car waits at the coach station"
    assert alike(text, "The silver car was waiting at a coach station") >= 0.3
    assert alike("It was on the", "It was on the") == 0
    assert why_alike(told(text, []), told("Somebody rang about a bicycle", [])) == ()


@given(strategies.text(), strategies.text())
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one) <= 1


@given(strategies.text(), strategies.text(), strategies.text())
def test_whatever_the_source_is_called_what_the_report_does_not_say_is_never_told(
    text: str, name: str, reach: str
) -> None:
    """The same answer with and without a source, unless the report says a word of it."""
    assert look_twice(text, report="", source=(name, reach), named=()) == look_twice(
        text, report="", source=(), named=()
    )


def test_numbers_addresses_and_names_are_pointed_out() -> None:
    text = "Ring 07700 900381 or pat@example.org. We met Daz Marlowe of 12 Quay Street, SM1 2AB, in QX07 ABC on Friday."
    found = look_twice(text, report="", source=(), named=())
    assert found[0] == "07700 900381"
    assert {"pat@example.org", "Daz Marlowe", "SM1 2AB", "QX07 ABC"} <= set(found)
    assert "Friday" not in found


def test_what_the_report_names_is_pointed_out_however_it_is_written() -> None:
    assert look_twice("at the BOATHOUSE", report="", source=(), named=("boathouse",)) == ("BOATHOUSE",)


def test_holidays_do_not_overlap_and_are_in_order() -> None:
    listed = holidays()
    assert all(one.first <= one.last for one in listed)
    assert all(one.last < other.first for one, other in zip(listed, listed[1:], strict=False))
    assert (in_holiday(date(2026, 8, 3)), in_holiday(date(2026, 11, 3))) == (True, False)
    assert holidays_of(date(2026, 12, 1)) == ("Christmas 2026",)


def test_reports_a_week_in_holidays_and_in_term() -> None:
    since, until = date(2026, 10, 19), date(2026, 11, 8)  # nine days of half term in twenty-one
    off, term = paces([date(2026, 10, 20), date(2026, 10, 27), date(2026, 11, 3)], since, until)
    assert (off, term) == (Pace(1, 9), Pace(2, 12))
    assert round(term.a_week, 2) == round(7 * 2 / 12, 2)
    assert Pace(0, 0).a_week == 0


def test_days_of_which_nothing_is_known_are_not_counted() -> None:
    assert paces([date(2001, 1, 1)], date(2001, 1, 1), date(2001, 2, 1)) == (Pace(0, 0), Pace(0, 0))


def test_what_a_giver_is_told() -> None:
    assert said(News.NOT_USED, "The car was sold") == "It was not used. Why: The car was sold"
    assert used_in([News.RECEIVED, News.USED, News.USED]) == 2
    assert not worth_a_letter(News.GRADED, signed_in=True)
    body = letter_body("I-ABCDEF", [(News.RECEIVED, ""), (News.NOT_USED, "Known")], "Severnmouth", signs_in=False)
    assert "Why: Known" in body
    assert "Known" not in letter_body("I-ABCDEF", [(News.NOT_USED, "Known")], "Severnmouth", signs_in=True)

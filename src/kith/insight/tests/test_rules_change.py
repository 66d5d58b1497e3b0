"""Change between two windows: the tables of a partnership's annual report to the digit, colours, rates, cautions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insight.rules import change as rules
from kith.insight.rules import targets
from kith.insight.rules.change import Caution, Change, Comparator, Polarity, Population, Row, Verdict
from kith.insight.rules.targets import Colour

# The sixteen rows of the three tables of the annual report, January 2022 to March 2023, as printed there.
PRINTED = """
Number of Child Protection Crime (excluding Domestic Abuse Crimes) | 422 | 441 | -19 | -4.3%
Number of Child Protection Serious Sexual Offences | 148 | 180 | -32 | -17.8%
Number of Non-Familial Sexual Crimes - Child Victim | 199 | 226 | -27 | -11.9%
Number of Child Protection Crimes for Cruelty and Neglect of Children | 106 | 108 | -2 | -1.9%
Number of Child Sexual Exploitation Crimes | 227 | 292 | -65 | -22.3%
Number of Missing Children | 154 | 137 | +17 | +12.4%
Number of Missing Children Reports | 370 | 389 | -19 | -4.9%
Number of Repeat Missing Children | 69 | 75 | -6 | -8.0%
Number of Children Missing from Care | 26 | 32 | -6 | -18.8%
Number of Repeat Children Missing from Care | 16 | 18 | -2 | -11.1%
Number of Child Suspects of Crimes | 824 | 720 | +104 | +14.4%
Number of Domestic Abuse Incidents (Excluding Crimes) | 1475 | 1521 | -46 | -3.0%
Number of Domestic Abuse Crimes | 2669 | 2985 | -316 | -10.6%
Number of Domestic Abuse Crimes - Victim Age 16 - 17 | 72 | 109 | -37 | -33.9%
Number of Child Victims of Crimes | 1115 | 1048 | +67 | +6.4%
Number of Child Victims of Race Hate Crimes | 26 | 21 | +5 | +23.8%
""".strip().splitlines()
FORCE = "the force area"


@pytest.mark.parametrize("printed", PRINTED)
def test_the_rows_of_the_annual_report_come_out_to_the_digit(printed: str) -> None:
    cells = tuple(cell.strip() for cell in printed.split("|"))
    row = Row(cells[0], Change(int(cells[1]), int(cells[2])))
    assert row.cells == cells


def test_there_are_sixteen_of_them() -> None:
    assert len(PRINTED) == 16


@pytest.mark.parametrize(
    ("now", "before", "percentage"),
    [(1385, 1170, "+18.4%"), (142, 125, "+13.6%"), (992, 868, "+14.3%")],
)
def test_the_other_reports_figures_come_out_too(now: int, before: int, percentage: str) -> None:
    """Contacts of extra-familial harm; children in care missing, and how often."""
    assert Change(now, before).cells[3] == percentage


def test_shares_of_the_reports() -> None:
    assert rules.percentage_of(122, 1024) == Decimal("11.9")
    assert rules.percentage_of(78, 78) == Decimal("100.0")
    assert rules.percentage_of(549, 9293) == Decimal("5.9")
    assert rules.percentage_of(3, 0) is None
    assert rules.percentage_of(None, 10) is None


@pytest.mark.parametrize(
    ("now", "before", "theirs", "beside"),
    [
        (422, 441, "-7.3", "That is less than the 7.3% fall in the force area."),
        (370, 389, "23.5", "In the force area it was +23.5%."),
        (824, 720, "2.7", "That is more than the 2.7% rise in the force area."),
        (1115, 1048, "3.5", "That is more than the 3.5% rise in the force area."),
        (72, 109, "-7.7", "That is more than the 7.7% fall in the force area."),
        (110, 100, "10.0", "That is the same rise as in the force area."),
        (100, 100, "3.5", "In the force area it was +3.5%."),
    ],
)
def test_beside_the_force_area(now: int, before: int, theirs: str, beside: str) -> None:
    row = Row("", Change(now, before), comparator=Comparator(FORCE, Decimal(theirs)))
    assert row.sentence("crimes").endswith(beside)
    assert row.comparator_cell == rules.signed_percentage(Decimal(theirs))


def test_what_happened_in_words() -> None:
    assert Row("", Change(422, 441)).sentence("crimes") == "The number of crimes fell by 19 (4.3%), from 441 to 422."
    assert Row("", Change(40, 40)).sentence("crimes") == "The number of crimes stayed at 40."
    assert Row("", Change(None, 40)).sentence("crimes") == "The number of crimes may not be shown for both periods."
    assert Row("", Change(26, 21)).sentence("children").endswith("Small numbers: compare the percentage with care.")
    assert Row("", Change(7, 0)).sentence("reports").startswith("The number of reports rose by 7, from 0 to 7.")


@pytest.mark.parametrize(
    ("now", "before", "caution"),
    [
        (26, 21, Caution.FEW),
        (30, 29, Caution.FEW),
        (30, 30, Caution.NONE),
        (69, 75, Caution.NONE),
        (4, 40, Caution.TOO_FEW),
        (5, 40, Caution.FEW),
        (40, 9, Caution.TOO_FEW),
        (40, 10, Caution.FEW),
        (None, 40, Caution.NONE),
    ],
)
def test_small_numbers_ask_for_care(now: int | None, before: int, caution: Caution) -> None:
    assert Change(now, before).caution is caution


def test_nothing_before_gives_no_percentage() -> None:
    assert Change(7, 0).cells == ("7", "0", "+7", "n/a")
    assert Change(0, 0).cells == ("0", "0", "0", "n/a")
    assert Change(8, 8).cells == ("8", "8", "0", "0.0%")


@pytest.mark.parametrize("change", [Change(None, 40), Change(40, None), Change(None, None), Change(None, 0)])
def test_what_is_hidden_is_not_given_away_by_what_is_worked_out(change: Change) -> None:
    assert change.by is None
    assert change.percentage is None
    assert change.cells[2:] == (rules.HIDDEN, rules.HIDDEN)
    assert targets.colour_of_change(change, Polarity.UP_IS_WORSE) is Colour.NONE
    assert change.verdict(Polarity.UP_IS_WORSE) is Verdict.NOT_KNOWN


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_percentages_are_rounded_half_up(now: int, before: int) -> None:
    exact = Fraction(100 * (now - before), before)
    tenths = abs(exact) * 10
    whole = int(tenths) + (1 if tenths - int(tenths) >= Fraction(1, 2) else 0)
    expected = Fraction(whole, 10) * (1 if exact >= 0 else -1)
    assert Fraction(Change(now, before).percentage) == expected


def test_a_half_goes_away_from_nought_and_there_is_no_minus_nought() -> None:
    assert Change(801, 800).cells[3] == "+0.1%"  # 0.125
    assert Change(809, 800).cells[3] == "+1.1%"  # 1.125
    assert Change(2045, 2000).percentage == Decimal("2.3")  # 2.25
    assert Change(1955, 2000).percentage == Decimal("-2.3")
    assert Change(9999, 10000).cells[3] == "0.0%"


@pytest.mark.parametrize(
    ("now", "polarity", "colour"),
    [
        (1100, Polarity.UP_IS_WORSE, Colour.RED),
        (1099, Polarity.UP_IS_WORSE, Colour.AMBER),
        (1050, Polarity.UP_IS_WORSE, Colour.AMBER),
        (1049, Polarity.UP_IS_WORSE, Colour.GREEN),
        (500, Polarity.UP_IS_WORSE, Colour.GREEN),
        (1000, Polarity.UP_IS_WORSE, Colour.GREEN),
        (1500, Polarity.UP_IS_BETTER, Colour.GREEN),
        (949, Polarity.UP_IS_BETTER, Colour.AMBER),
        (900, Polarity.UP_IS_BETTER, Colour.RED),
        (1500, Polarity.NEITHER, Colour.NONE),
        (1000, Polarity.NEITHER, Colour.NONE),
    ],
)
def test_colours_of_a_change(now: int, polarity: Polarity, colour: Colour) -> None:
    assert targets.colour_of_change(Change(now, 1000), polarity) is colour


def test_very_small_numbers_and_none_before_have_no_colour() -> None:
    assert targets.colour_of_change(Change(20, 9), Polarity.UP_IS_WORSE) is Colour.NONE
    assert targets.colour_of_change(Change(20, 0), Polarity.UP_IS_WORSE) is Colour.NONE
    assert targets.colour_of_change(Change(26, 21), Polarity.UP_IS_WORSE) is Colour.RED


@pytest.mark.parametrize(
    ("measure", "value", "colour"),
    [
        ("conversations-in-time", "90.0", Colour.GREEN),
        ("conversations-in-time", "89.9", Colour.AMBER),
        ("conversations-in-time", "75.0", Colour.AMBER),
        ("conversations-in-time", "74.9", Colour.RED),
        ("assessments-in-time", "79.9", Colour.RED),
        ("contact-decided-in-a-day", "95.0", Colour.GREEN),
        ("re-referrals", "22.0", Colour.GREEN),
        ("re-referrals", "25.0", Colour.AMBER),
        ("re-referrals", "25.1", Colour.RED),
    ],
)
def test_colours_of_a_target(measure: str, value: str, colour: Colour) -> None:
    target = targets.target_for(measure, date(2026, 11, 20))
    assert target
    assert target.colour(Decimal(value)) is colour
    assert target.colour(None) is Colour.NONE


def test_a_target_says_where_it_is_from_and_that_nobody_confirmed_it() -> None:
    assert all(one.source and "not yet verified" in one.words for one in targets.targets())
    assert targets.target_for("re-referrals", date(2020, 1, 1)) is None
    assert targets.target_for("no-such-measure", date(2026, 1, 1)) is None


NEWER = """
- {measure: a, from: 2024-04-01, better: more, green: 90, amber: 75, says: A, source: S, checked: yes}
- {measure: a, from: 2025-04-01, better: more, green: 95, amber: 85, says: A, source: S, checked: yes}
"""


def test_the_target_of_the_day_counts() -> None:
    two = targets.read(NEWER)
    assert [targets.target_for("a", date(2025, 3, 31), two), targets.target_for("a", date(2025, 4, 1), two)] == list(
        two
    )
    assert two[0].words == "A: green at least 90%, amber at least 75%"


@pytest.mark.parametrize(
    ("old", "new", "says"), [("green: 90", "green: 70", "beyond"), ("from: 2024-04-01", "from: soon", "no day")]
)
def test_a_target_that_makes_no_sense_is_refused(old: str, new: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        targets.read(NEWER.replace(old, new))


def test_rates_name_their_population() -> None:
    here = Population(42_848, "North Somerset", "annual report", 2023)
    assert rules.rate(154, here) == Decimal("35.9")
    assert rules.rate(226, here) == Decimal("52.7")
    assert rules.rate(None, here) is None
    assert rules.rate(5, Population(0, "", "", 2023)) is None
    assert here.words == "42,848 children aged 0 to 17 in North Somerset, 2023 (annual report)"

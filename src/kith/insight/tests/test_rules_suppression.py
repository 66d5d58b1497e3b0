"""What is hidden, example by example: totals, groups, years with their quarters, shares, children."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kith.insight.rules import periods
from kith.insight.rules.periods import Month, Window
from kith.insight.rules.suppression import Adds, Figures, Number, Published, Settings, publishable
from kith.insight.tests.attacker import Attacker, is_narrowed
from kith.insight.tests.tables import FIRST, random_table, windows
from kith.insight.tests.tables import figures as figures_of

USUAL = Settings()
YEAR = periods.year(FIRST)
WEEKLY = (12, 14, 11, 13, 12, 15, 13, 12, 14, 11, 12, 13)


def monthly(*counts: int) -> Figures:
    """A measure that adds up, with every window there is, by month from April."""
    every = windows(len(counts))
    sums = {one: sum(counts[one.first.index - FIRST.index : one.last.index - FIRST.index + 1]) for one in every}
    return Figures(Adds.UP, {one: Number(number) for one, number in sums.items()}, {})


def month(number: int) -> Window:
    return periods.month(FIRST + number)


def in_year(adds: Adds, **groups: Number) -> Published:
    total = sum(one.count for one in groups.values())
    met = sum(one.met for one in groups.values() if one.met is not None)
    whole = Number(total, met if all(one.met is not None for one in groups.values()) else None)
    quiet = {month(at): Number(total if at == 0 else 0, whole.met if at == 0 else 0) for at in range(12)}
    quiet = quiet if adds is Adds.UP else {}
    return publishable(Figures(adds, {**quiet, YEAR: whole}, {("sex", YEAR): groups}))


def shown(published: Published) -> set[str]:
    return {group for _, _, group in published.groups}


def test_large_numbers_are_all_shown() -> None:
    figures = monthly(*WEEKLY)
    assert publishable(figures).totals == frozenset(figures.totals)


def test_a_small_month_is_hidden_with_the_one_before_and_the_quarter_is_not() -> None:
    published = publishable(monthly(12, 14, 3, *WEEKLY[3:]))
    hidden = {str(one) for one in windows(12) if one not in published.totals}
    assert hidden == {"May 2023", "June 2023"}


def test_a_small_month_at_the_beginning_of_a_quarter_is_hidden_with_the_next() -> None:
    published = publishable(monthly(*WEEKLY[:3], 2, 13, *WEEKLY[5:]))
    assert {str(one) for one in windows(12) if one not in published.totals} == {"July 2023", "August 2023"}


def test_noughts_are_shown_unless_a_setting_hides_them() -> None:
    figures = monthly(12, 0, 11, *WEEKLY[3:])
    assert publishable(figures).shows(month(1))
    hiding = publishable(figures, Settings(hide_noughts=True))
    assert not hiding.shows(month(1))
    assert not hiding.shows(month(0))
    assert hiding.shows(periods.quarter(FIRST))


def test_rolling_months_that_would_tell_of_a_small_month_are_hidden() -> None:
    """Twelve months to July less twelve months to June are July less the July before."""
    counts = (*WEEKLY, 12, 14, 11, 3, 15, *WEEKLY[5:])
    published = publishable(monthly(*counts))
    assert not published.shows(periods.twelve_months(Month(2024, 7)))
    assert published.shows(periods.twelve_months(Month(2024, 6)))
    assert published.shows(periods.twelve_months(Month(2024, 8)))
    assert published.shows(periods.year(Month(2024, 4)))


def test_the_newest_month_waits_where_numbers_are_not_far_from_small() -> None:
    few = (7, 8, 6, 7, 9, 6, 7, 8, 7, 6, 8, 7)
    assert not publishable(monthly(*few, 9)).shows(month(12))
    assert publishable(monthly(*few, 9, 7)).shows(month(12))
    assert publishable(monthly(*few, 9, 7, 8)).shows(month(14))  # its quarter ends
    assert not publishable(monthly(*WEEKLY, 12)).shows(month(12))
    assert publishable(monthly(*WEEKLY, 15)).shows(month(12))
    assert publishable(monthly(*WEEKLY, 19, 11)).shows(month(13))
    assert not publishable(monthly(*WEEKLY, 18, 11)).shows(month(13))
    assert not publishable(monthly(*WEEKLY, 40, 9)).shows(month(13))


def test_events_of_few_children_are_hidden_however_many_they_are() -> None:
    totals = {month(at): Number(12, children=9) for at in range(12)}
    totals[month(1)] = Number(12, children=2)
    published = publishable(Figures(Adds.UP, totals, {}))
    assert not published.shows(month(1))
    assert published.shows(month(4))


def test_a_small_group_is_hidden_with_the_smallest_other() -> None:
    groups = {"a": Number(40), "b": Number(3), "c": Number(9), "d": Number(12), "e": Number(0)}
    assert shown(in_year(Adds.NOT, **groups)) == {"a", "d", "e"}
    assert shown(in_year(Adds.UP, **groups)) == {"a", "d", "e"}


def test_two_small_groups_are_enough_only_where_their_sum_is_not_small() -> None:
    assert shown(in_year(Adds.NOT, a=Number(40), b=Number(3), c=Number(4), d=Number(9))) == {"a", "d"}
    assert shown(in_year(Adds.NOT, a=Number(40), b=Number(2), c=Number(2), d=Number(9))) == {"a"}
    assert shown(in_year(Adds.NOT, a=Number(40), b=Number(1), c=Number(1), d=Number(9))) == {"a"}


def test_with_two_groups_a_small_one_hides_both() -> None:
    assert shown(in_year(Adds.NOT, f=Number(40), m=Number(3))) == set()
    assert shown(in_year(Adds.NOT, f=Number(40), m=Number(0))) == {"f", "m"}


def test_a_small_whole_is_not_broken_down_at_all() -> None:
    assert not in_year(Adds.NOT, f=Number(9), m=Number(0)).broken_down
    assert in_year(Adds.NOT, f=Number(10), m=Number(0)).broken_down


def test_groups_are_published_for_fixed_windows_only() -> None:
    table = random_table(3, 24, (3,))
    many = Figures(Adds.UP, {}, {})
    table = type(table)(tuple(40 for _ in range(24)), {"sex": np.tile([20, 12, 8], (24, 1))})
    many = figures_of(table)
    spans = {str(window.span) for _, window in publishable(many).broken_down}
    assert spans == {"quarter", "year"}
    children = Figures(Adds.NOT, many.totals, many.groups)
    assert {str(window.span) for _, window in publishable(children).broken_down} == {"year"}


def test_a_year_stays_shown_where_a_quarter_of_it_is_hidden() -> None:
    """The last quarter is hidden for the same groups, so that the year tells nothing of the other."""
    rows = np.zeros((12, 3), dtype=int)
    rows[0], rows[3], rows[6], rows[9] = (20, 9, 3), (20, 9, 8), (20, 9, 8), (20, 9, 8)
    table = type(random_table(0, 12, (3,)))(tuple(int(one) for one in rows.sum(axis=1)), {"sex": rows})
    published = publishable(figures_of(table))
    quarters = [periods.quarter(FIRST + 3 * at) for at in range(4)]
    seen = [[published.shows(one, "sex", str(group)) for one in (*quarters, YEAR)] for group in range(3)]
    assert seen == [
        [True, True, True, True, True],
        [False, True, True, False, True],
        [False, True, True, False, True],
    ]


@pytest.mark.parametrize(("met", "is_shown"), [(0, True), (3, False), (20, True), (37, False), (40, True)])
def test_a_percentage_is_hidden_where_either_part_is_small(met: int, is_shown: bool) -> None:
    published = publishable(Figures(Adds.NOT, {YEAR: Number(40, met)}, {}))
    assert published.shows(YEAR)
    assert published.shows_share(YEAR) is is_shown


def test_a_share_of_groups_hides_another_with_it() -> None:
    groups = {"a": Number(60, 30), "b": Number(20, 3), "c": Number(30, 15), "d": Number(25, 12)}
    published = in_year(Adds.UP, **groups)
    assert shown(published) == {"a", "b", "c", "d"}
    assert {group for *_, group in published.group_shares} == {"a", "c"}


def test_children_of_windows_that_differ_by_few_are_not_both_shown() -> None:
    """Of 22 children in the year 20 in its first quarter: two in the others only."""
    quarter = periods.quarter(FIRST)
    figures = Figures(Adds.NOT, {quarter: Number(20), YEAR: Number(22), YEAR.previous(): Number(30)}, {})
    published = publishable(figures)
    assert published.shows(quarter)
    assert not published.shows(YEAR)
    assert published.shows(YEAR.previous())


def test_what_stands_on_a_day_is_judged_by_itself() -> None:
    figures = Figures(Adds.STANDING, {month(0): Number(20), month(1): Number(22), month(2): Number(3)}, {})
    assert publishable(figures).totals == {month(0), month(1)}


def test_numbers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Number(3, 4)
    with pytest.raises(ValueError, match="cannot be"):
        Number(3, children=4)
    with pytest.raises(ValueError, match="do not add up to the whole"):
        publishable(Figures(Adds.UP, {YEAR: Number(9)}, {("sex", YEAR): {"f": Number(8)}}))
    totals = {month(at): Number(9) for at in range(12)}
    with pytest.raises(ValueError, match="do not add up to April"):
        publishable(Figures(Adds.UP, {**totals, YEAR: Number(9)}, {}))


PARTS = st.lists(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=2, max_size=6)


def attack_shares(parts: list[tuple[int, int]], published: Published) -> list[tuple[float, float]]:
    """What follows for each part from all shown counts, shares and wholes; known: which parts are not 0."""
    attacker, every = Attacker(), range(len(parts))
    attacker.knows(tuple(("met", str(at)) for at in every), sum(met for met, _ in parts))
    attacker.knows(tuple(("unmet", str(at)) for at in every), sum(unmet for _, unmet in parts))
    for at, (met, unmet) in enumerate(parts):
        if published.shows(YEAR, "sex", str(at)):
            attacker.knows((("met", str(at)), ("unmet", str(at))), met + unmet)
        if published.shows_share(YEAR, "sex", str(at)):
            attacker.knows((("met", str(at)),), met)
        attacker.at_least(("met", str(at)), min(met, 1))
        attacker.at_least(("unmet", str(at)), min(unmet, 1))
    return attacker.bounds([((name, str(at)),) for at in every for name in ("met", "unmet")])


@examples(max_examples=150, deadline=None)
@given(PARTS)
def test_no_small_part_of_a_share_is_found_out(parts: list[tuple[int, int]]) -> None:
    groups = {str(at): Number(met + unmet, met) for at, (met, unmet) in enumerate(parts)}
    published = in_year(Adds.NOT, **groups)
    if not published.shows_share(YEAR) or not published.group_shares:
        return
    bounds = attack_shares(parts, published)
    for number, limits in zip((one for pair in parts for one in pair), bounds, strict=True):
        assert not (USUAL.is_small(number) and is_narrowed(number, limits)), (parts, number, limits)


def test_months_before_the_first_whole_year_are_not_published() -> None:
    """A cut that begins with June shows nothing before April, and from then on what one from April on shows."""
    counts = (*WEEKLY, 12, 3, 11, *WEEKLY[:9])
    whole, later = publishable(monthly(*counts)), monthly(*counts)
    june = periods.Month(2023, 6)
    cut = publishable(Figures(Adds.UP, {one: n for one, n in later.totals.items() if one.first >= june}, {}))
    april = periods.Month(2024, 4)
    assert min(one.first for one in cut.totals) == april
    assert cut.totals == {one for one in whole.totals if one.first >= april}

"""What is understood of what was typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.subjects.search.dates import around, births_at_age, nearest, slips
from kith.subjects.search.typed import understand

TODAY = date(2026, 11, 3)
BORN = date(2011, 11, 3)


@pytest.mark.parametrize(
    "text",
    ["3/11/2011", "03-11-2011", "3.11.11", "2011-11-03", "3 Nov 2011", "3rd of November 2011", "3-nov-2011",
     "Nov 3, 2011",     "03112011", "3/11/11"],
)  # fmt: skip
def test_dates_in_any_usual_way(text: str) -> None:
    typed = understand(f"Amara Okafor {text}", today=TODAY)
    assert (typed.days, typed.names) == ([BORN], ["amara", "okafor"])


def test_a_date_that_can_only_be_month_first_is_understood() -> None:
    assert understand("11/30/2011", today=TODAY).days == [date(2011, 11, 30)]


def test_what_is_no_date_is_said() -> None:
    assert understand("Amara 31/02/2011", today=TODAY).notes == ["31/02/2011 is not a date."]


def test_years_months_and_ages() -> None:
    assert understand("Okafor 2011", today=TODAY).spans == [(date(2011, 1, 1), date(2011, 12, 31))]
    assert understand("Okafor Nov 2011", today=TODAY).spans == [(date(2011, 11, 1), date(2011, 11, 30))]
    assert understand("Okafor Dec 2011", today=TODAY).spans == [(date(2011, 12, 1), date(2011, 12, 31))]
    for text in ("okafor 15", "okafor aged 15", "okafor 15 years old", "okafor 15yo"):
        typed = understand(text, today=TODAY)
        assert (typed.ages, typed.names) == ([15], ["okafor"])


def test_numbers() -> None:
    assert understand("485 777 3457", today=TODAY).numbers == ["4857773457"]
    assert understand("ls-004/17", today=TODAY).numbers == ["LS00417"]
    assert understand("@Harbour.Crew", today=TODAY).numbers == ["@HARBOURCREW"]
    wrong = understand("485 777 3456", today=TODAY)
    assert wrong.numbers == ["4857773456"]
    assert "not an NHS number" in wrong.notes[0]


def test_addresses_and_postcodes_are_not_names() -> None:
    typed = understand("Amara 14 Harbour Rd qx14qr", today=TODAY)
    assert typed.names == ["amara"]
    assert set(typed.places) == {"/harbour", "/14harbour", "/qx14qr"}


def test_names_with_particles_are_found_however_they_are_joined() -> None:
    for text in ("O'Sullivan", "o sullivan", "OSullivan"):
        assert "osullivan" in understand(text, today=TODAY).names
    assert {"almasri", "masri"} <= set(understand("Al-Masri", today=TODAY).names)


@given(st.text(max_size=300))
def test_anything_typed_is_survived(text: str) -> None:
    typed = understand(text, today=TODAY)
    assert len(typed.words) <= 12
    assert all(word == word.lower() for word in typed.names)


@given(st.dates(min_value=date(1910, 1, 1), max_value=TODAY))
def test_every_slip_of_a_date_is_another_date(day: date) -> None:
    found = dict.fromkeys(slipped for _, slipped in slips(day))
    assert day not in found
    assert len(found) >= 20
    assert all(span.first <= span.last for span in around(day))


def test_the_very_day_counts_most() -> None:
    near = nearest(understand("3/11/2011", today=TODAY), today=TODAY)
    assert near[BORN] == "same"
    assert near[date(2011, 3, 11)] == "swapped"
    assert near[date(2011, 11, 4)] in {"near", "figure"}
    assert near[date(2011, 11, 27)] in {"day", "figure"}
    assert date(2011, 7, 19) not in near


@given(st.integers(0, 110))
def test_ages_and_births_agree(age: int) -> None:
    first, last = births_at_age(age, TODAY)
    for born in (first, last):
        had_birthday = (TODAY.month, TODAY.day) >= (born.month, born.day)
        assert TODAY.year - born.year - (not had_birthday) == age

"""What agencies say of a person: the best value and why, and disagreements side by side."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.linkage.rules.facts import FactLine, disagreements_of, facts_of
from kith.linkage.rules.identity import best_of, choices
from kith.linkage.rules.stated import Source, Stated, sameness

NAMES = {
    "school": "Harbour View Academy",
    "police": "Avonmouth Police",
    "gp": "Quay Surgery",
    "council": "Severnmouth Council",
}
KINDS = {"school": "education", "police": "police", "gp": "health", "council": "council"}


def _said(agency: str, stated_on: date | None = date(2026, 9, 1), current: bool = True, **facts: str) -> Stated:
    source = Source(agency, NAMES[agency], KINDS[agency], f"{agency}-feed", "A feed", stated_on, 1, 2, current)
    return Stated(source, facts)


def _line(field: str, *records: Stated) -> FactLine:
    return next(line for line in facts_of(records) if line.field == field)


def test_two_dates_of_birth_are_shown_with_who_says_which_and_how_they_differ() -> None:
    line = _line(
        "date_of_birth",
        _said("school", date_of_birth="2011-04-03"),
        _said("council", date_of_birth="2011-04-03"),
        _said("police", date_of_birth="2011-03-04"),
    )
    assert line.disagreement
    assert line.sentence == (
        "2 dates of birth: Severnmouth Council and Harbour View Academy say 3 April 2011, "
        "Avonmouth Police says 4 March 2011 (day and month swapped)."
    )
    assert [(value.value, value.is_best) for value in line.values] == [
        ("2011-04-03", True),
        ("2011-03-04", False),
    ]
    assert line.why == "Stated by 2 of 3 agencies."


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("last_name", "OSEI", "Osei"),
        ("last_name", "O'Brien", "OBrien"),
        ("last_name", "Smith-Jones", "smith jones"),
        ("first_name", "Zoë", "ZOE"),
        ("postcode", "qx14ab", "QX1 4AB"),
        ("nhs_number", "943 476 5919", "9434765919"),
        ("phone", "+44 7700 900123", "07700900123"),
    ],
)
def test_one_value_written_two_ways_is_no_disagreement(field: str, one: str, other: str) -> None:
    line = _line(field, _said("school", **{field: one}), _said("police", **{field: other}))
    assert len(line.values) == 1
    assert not line.disagreement
    assert line.why == "All 2 agencies that state it agree."
    assert len(line.values[0].sources) == 2


def test_the_best_written_form_is_shown() -> None:
    said = [_said("police", last_name="OSEI"), _said("school", last_name="Osei")]
    assert best_of(said, ("last_name",)) == {"last_name": "Osei"}
    assert choices("last_name", said)[0].value == "Osei"


def test_a_placeholder_date_never_wins_over_a_real_one() -> None:
    line = _line(
        "date_of_birth",
        _said("police", date_of_birth="2010-01-01"),
        _said("council", date_of_birth="2010-01-01"),
        _said("school", date_of_birth="2010-06-12"),
    )
    assert line.values[0].value == "2010-06-12"
    assert line.why == "The other date looks like one written where the day was not known."
    assert line.values[1].note == "perhaps written where the day was not known"


def test_an_identifier_whose_check_digit_fits_wins() -> None:
    line = _line("nhs_number", _said("gp", nhs_number="9434765919"), _said("school", nhs_number="9434765918"))
    assert line.values[0].value == "9434765919"
    assert line.why == "Its check digit or letter fits; the other's does not."


def test_when_as_many_agencies_state_each_the_more_careful_source_wins() -> None:
    line = _line("date_of_birth", _said("police", date_of_birth="2011-04-03"), _said("gp", date_of_birth="2011-04-05"))
    assert line.values[0].value == "2011-04-05"
    assert line.why == "As many agencies state each; Quay Surgery checks who somebody is more carefully."


def test_what_changes_in_a_life_goes_to_the_newest() -> None:
    line = _line(
        "address",
        _said("school", date(2024, 9, 1), address="3 Tallow Court"),
        _said("gp", date(2025, 1, 1), address="3 Tallow Court"),
        _said("council", date(2026, 5, 3), address="14 Capstan Street"),
    )
    assert line.values[0].value == "14 Capstan Street"
    assert line.why == "The newest: Severnmouth Council stated it on 3 May 2026."


def test_what_an_agency_has_withdrawn_is_shown_but_is_no_disagreement() -> None:
    line = _line("last_name", _said("school", last_name="Osei"), _said("police", current=False, last_name="Mensah"))
    assert len(line.values) == 2
    assert not line.disagreement


def test_a_name_she_is_known_by_and_a_former_name_are_explained_not_disagreed_about() -> None:
    records = [
        _said("school", first_name="Zofia", known_as="Zosia", last_name="Nowak", former_last_name="Lis"),
        _said("council", first_name="Zofia", last_name="Nowak"),
        _said("police", first_name="Zosia", last_name="Lis"),
    ]
    lines = facts_of(records)
    assert disagreements_of(lines) == []
    notes = {line.field: [value.note for value in line.values] for line in lines}
    assert notes["first_name"] == ["", "the name they are known by"]
    assert notes["last_name"] == ["", "a former name"]


def test_another_form_of_the_same_name_is_said_and_is_no_disagreement() -> None:
    (line,) = facts_of([_said("school", first_name="Mohammed"), _said("police", first_name="Muhammad")])
    assert not line.disagreement
    assert line.values[1].note == "another form of the same name"


def test_a_surname_with_one_slip_is_said_to_be_spelt_differently() -> None:
    line = _line("last_name", _said("school", last_name="Osei"), _said("police", last_name="Osie"))
    assert (
        line.sentence == "2 last names: Harbour View Academy says Osei, Avonmouth Police says Osie (spelt differently)."
    )


def test_two_phones_are_no_disagreement() -> None:
    assert not _line("phone", _said("school", phone="07700 900111"), _said("gp", phone="07700 900222")).disagreement


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "first_name": st.sampled_from(["Amara", "AMARA", "Amira", ""]),
        "date_of_birth": st.sampled_from(["2011-04-03", "2011-03-04", "2010-01-01"]),
        "address": st.sampled_from(["3 Tallow Court", "14 Capstan Street", "14, capstan street"]),
        "nhs_number": st.sampled_from(["9434765919", "943 476 5919", "1234567890"]),
    },
)
RECORDS = st.lists(
    st.builds(
        lambda agency, day, current, facts: _said(agency, day, current, **facts),
        st.sampled_from(sorted(NAMES)),
        st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 11, 1))),
        st.booleans(),
        VALUES,
    ),
    max_size=7,
)


@given(RECORDS)
def test_every_statement_is_on_the_page_once_and_one_value_is_best(records: list[Stated]) -> None:
    for line in facts_of(records):
        shown = [source for value in line.values for source in value.sources]
        assert len(shown) == sum(1 for record in records if record.facts.get(line.field))
        assert [value.is_best for value in line.values] == [True] + [False] * (len(line.values) - 1)
        assert bool(line.sentence) == line.disagreement
        same = [sameness(line.field, value.value) for value in line.values]
        assert len(same) == len(set(same))


@given(RECORDS)
def test_the_order_in_which_agencies_are_read_changes_nothing(records: list[Stated]) -> None:
    forward, backward = facts_of(records), facts_of(records[::-1])
    assert [(line.field, [v.value for v in line.values], line.why) for line in forward] == [
        (line.field, [v.value for v in line.values], line.why) for line in backward
    ]


@given(RECORDS)
def test_the_identity_is_the_best_line(records: list[Stated]) -> None:
    for line in facts_of(records):
        assert sameness(line.field, best_of(records, {line.field})[line.field]) == sameness(
            line.field, line.values[0].value
        )

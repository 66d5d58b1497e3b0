"""Codes in words: by dated lists, with the code kept beside them."""

from __future__ import annotations

from datetime import date

import pytest

from kith.desk.presenters.facts import FactShown, show_facts
from kith.linkage.rules.code_words import Said, code_lists, said
from kith.linkage.rules.facts import FactLine, facts_of
from kith.linkage.rules.stated import FIELDS, Source, Stated, sameness


def _said(agency: str, **facts: str) -> Stated:
    day = date(2026, 9, 1)
    return Stated(Source(agency, agency.capitalize(), "council", f"{agency}-feed", "Roll", day, 1, 2), facts)


def _line(*records: Stated) -> FactLine:
    [line] = facts_of(records)
    return line


def _shown(*records: Stated) -> FactShown:
    [fact] = show_facts(facts_of(records)).agreed
    return fact


@pytest.mark.parametrize(
    ("field", "code", "words"),
    [
        ("ethnicity", "BAFR", "Black African"),
        ("ethnicity", "bafr", "Black African"),
        ("sex", "F", "female"),
        ("legal_status", "C2", "full care order"),
        ("disability", "AUT", "autism"),
        ("disability", "AUT, LD", "autism, learning"),
        ("special_needs", "SEMH", "social, emotional and mental health"),
    ],
)
def test_a_code_is_said_in_words_and_kept(field: str, code: str, words: str) -> None:
    assert said(field, code) == Said(words, code)


def test_a_list_is_asked_for_the_days_it_is_in_force() -> None:
    current, former = code_lists()["sex"]
    assert current.holds(date(2024, 4, 1))
    assert not current.holds(date(2024, 3, 31))
    assert former.holds(date(2024, 3, 31))
    assert not former.holds(None)
    assert said("sex", "2", date(2019, 1, 1)).words == said("sex", "F", date(2026, 1, 1)).words == "female"


@pytest.mark.parametrize(("field", "value"), [("ethnicity", "XQZZ"), ("legal_status", "Q9"), ("sex", "X")])
def test_an_unknown_code_is_shown_as_it_is(field: str, value: str) -> None:
    assert said(field, value) == Said(f"{value} (not in the list)", value, unknown=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ethnicity", "Somali"),
        ("legal_status", "full care order"),
        ("special_needs", "social, emotional and mental health"),
        ("first_name", "F"),
        ("ethnicity", ""),
    ],
)
def test_what_was_written_in_words_stays_as_written(field: str, value: str) -> None:
    assert said(field, value) == Said(value)


def test_every_list_is_of_a_fact_that_is_shown_and_names_its_source() -> None:
    assert set(code_lists()) <= set(FIELDS)
    assert all(one.source and one.words for lists in code_lists().values() for one in lists)


def test_the_code_stands_in_the_source_line_of_who_wrote_it() -> None:
    fact = _shown(_said("education", ethnicity="BAFR"), _said("health", ethnicity="Black African"))
    [value] = fact.values
    assert value.value == "Black African"
    assert set(value.sources) == {"Education, Roll, code BAFR, 1 Sep 2026", "Health, Roll, 1 Sep 2026"}


def test_an_interpreter_is_needed_or_not() -> None:
    assert _shown(_said("health", interpreter="no")).values[0].value == "Not needed"
    assert _shown(_said("health", interpreter="yes")).values[0].sources == ("Health, Roll, 1 Sep 2026",)


def test_a_code_and_its_words_are_no_disagreement() -> None:
    assert sameness("ethnicity", "BAFR") == sameness("ethnicity", "Black African")
    line = _line(_said("education", ethnicity="BAFR"), _said("health", ethnicity="Black African"))
    assert not line.disagreement


def test_a_disagreement_is_said_in_words() -> None:
    line = _line(_said("education", ethnicity="BAFR"), _said("health", ethnicity="MWBA"))
    assert "Black African" in line.sentence
    assert "White and Black African" in line.sentence
    assert "BAFR" not in line.sentence

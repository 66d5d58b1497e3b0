"""What the bar of a record says of languages: a need stands in it, and that there is none does not."""

from __future__ import annotations

from datetime import date

import pytest

from kith.subjects.models import Person, Subject
from kith.subjects.presenters.identity import identity_bar

TODAY = date(2026, 11, 3)


def bar_says(language: str, interpreter: str) -> list[str]:
    person = Person(date_of_birth=date(2011, 1, 1), is_child=True, language=language, interpreter=interpreter)
    subject = Subject(pk=1, kind="person", name="Zofia Nowak", person=person)
    subject._state.fields_cache |= {"place": None, "group": None}  # neither: nothing is asked of the database
    bar = identity_bar(subject, None, TODAY)
    return [f"{detail.label} {detail.value}".strip() for detail in bar.details]


@pytest.mark.parametrize("no", ["no", "No", "N", "none", "", "not needed", "unknown"])
def test_that_no_interpreter_is_needed_is_not_said(no: str) -> None:
    said = bar_says("Polish", no)
    assert "Language Polish" in said
    assert not [one for one in said if "nterpreter" in one]


@pytest.mark.parametrize(
    ("language", "interpreter", "said"),
    [
        ("Polish", "yes", "Needs a Polish interpreter"),
        ("Arabic", "Y", "Needs an Arabic interpreter"),
        ("Urdu", "yes", "Needs an Urdu interpreter"),
        ("Ukrainian", "yes", "Needs a Ukrainian interpreter"),
        ("English", "yes", "Needs an interpreter"),
        ("", "yes", "Needs an interpreter"),
        ("Twi", "Twi, a woman, not from her church", "Needs an interpreter: Twi, a woman, not from her church"),
    ],
)
def test_a_need_for_an_interpreter_is_said_with_the_language(language: str, interpreter: str, said: str) -> None:
    assert said in bar_says(language, interpreter)


def test_the_need_says_the_language_once() -> None:
    assert "Language Polish" not in bar_says("Polish", "yes")

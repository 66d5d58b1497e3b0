"""What is compared, what is asked for, whose names are found: no database."""

from __future__ import annotations

from datetime import date

from kith.contexts.rules import KINDS, SAFETY, WEIGHTS, Stood, changed, is_due, what_is_missing
from kith.subjects.naming import child_named, record_named


def test_what_changed_is_told_in_words() -> None:
    before = [Stood("home", "Home", "some", "most"), Stood("a", "The park", "most", "not-found", "Dark")]
    after = [Stood("home", "Home", "some", "some"), Stood("b", "Online", "most", "not-asked")]
    assert changed(before, after) == (
        "Home: was “gives most safety”, now “gives some safety”.",
        "Online: weighed for the first time. Weighs most.",
        "The park: no longer weighed.",
    )
    assert changed(before, before) == ()
    assert changed(before[1:], [Stood("a", "The park", "most", "not-found", "Lit")]) == (
        "The park: weighs as before, told in other words.",
    )


def test_no_word_is_a_number_and_nothing_is_ranked() -> None:
    said = [*WEIGHTS.values(), *SAFETY.values(), *(kind.title for kind in KINDS.values())]
    assert not any(letter.isdigit() for words in said for letter in words)


def test_what_is_missing_before_it_is_signed() -> None:
    assert what_is_missing([Stood("home", "Home", "not-asked", "most")])
    assert what_is_missing([Stood("home", "Home", "much", "some")])
    assert what_is_missing([Stood("home", "Home", "not-found", "some")]) == ""
    assert what_is_missing([Stood("home", "Home", "most", "some"), Stood("a", "B", "most", "some")]) == ""


def test_a_review_is_asked_for_two_weeks_before() -> None:
    assert not is_due(None, date(2026, 5, 1))
    assert not is_due(date(2026, 5, 16), date(2026, 5, 1))
    assert is_due(date(2026, 5, 15), date(2026, 5, 1))


def test_names_are_found_as_words_of_their_own() -> None:
    assert child_named("Walk home with Amara.", ["Amara Osei"]) == "Amara"
    assert child_named("AMARA’S aunt", ["Amara Osei", ""]) == "Amara"
    assert child_named("Amaranth grows there, Jo said", ["Amara Jo"]) == ""
    assert record_named(["At the Fennel-gate evenings"], ["Fennel Gate Evenings"]) == "Fennel Gate Evenings"
    assert record_named(["Fennel"], ["Fennel Gate Evenings", ""]) == ""

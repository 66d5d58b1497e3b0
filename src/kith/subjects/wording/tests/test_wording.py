"""What the language helper remarks on, measured on sentences labelled by hand."""

from __future__ import annotations

import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.subjects.wording import SECOND_LOOK, phrases, remarks
from kith.subjects.wording.looking import LOOKED_THROUGH
from kith.subjects.wording.phrases import PhraseError, as_pattern, read_phrases

SENTENCES = Path(__file__).parent / "sentences.txt"


def _labelled() -> list[tuple[frozenset[str], str]]:
    """Each sentence with the remarks it should have."""
    lines = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    parted = [line.split("|", 1) for line in lines]
    return [(frozenset(key.strip() for key in keys.split(",")) - {"-"}, text.strip()) for keys, text in parted]


LABELLED = _labelled()


def test_nine_remarks_in_ten_are_right() -> None:
    """Precision is what keeps people reading remarks; the share found is measured beside it."""
    right = wrong = missed = 0
    for expected, sentence in LABELLED:
        found = {remark.key for remark in remarks(sentence)}
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
    assert len(LABELLED) >= 300
    assert right / (right + wrong) >= 0.9, f"{right} right, {wrong} wrong"
    assert right / (right + missed) >= 0.9, f"{right} found, {missed} missed"


def test_every_phrase_is_shown_right_by_the_sentences() -> None:
    """A phrase that is wrong more than once in ten is to be mended or taken out."""
    found = [(remark.key, remark.key in expected) for expected, sentence in LABELLED for remark in remarks(sentence)]
    for phrase in phrases():
        judged = [is_right for key, is_right in found if key == phrase.key]
        assert len(judged) >= 3, phrase.key
        assert sum(judged) / len(judged) >= 0.9, phrase.key


def test_a_remark_says_where_why_and_what_instead() -> None:
    text = "She has Absconded\nagain."
    (remark,) = remarks(text)
    assert text[remark.start : remark.end] == remark.words == "Absconded"
    assert "went missing" in remark.instead
    assert remark.why.endswith(".")


@pytest.mark.parametrize("quoted", ['"{}"', "“{}”", "‘{}’", "'{}'", "> {}", "“{}"])
def test_what_is_quoted_is_left_alone(quoted: str) -> None:
    assert remarks(quoted.format("she absconded again")) == []


def test_what_opens_and_is_never_closed_is_quoted_to_the_end_of_its_paragraph() -> None:
    assert [remark.start for remark in remarks('He is 5 ft 4" tall and streetwise.\nShe absconded.')] == [39]


def test_an_apostrophe_opens_no_quotation() -> None:
    assert [remark.key for remark in remarks("He's said it's the girls' way: she's AWOL, isn't she")] == ["absconding"]


@pytest.mark.parametrize("part", ["a", "put ", "He absconded. ", "“", "'a", "(", "getting-"])
def test_ten_megabytes_are_looked_at_in_a_moment(part: str) -> None:
    started = time.monotonic()
    assert len(SECOND_LOOK.remarks(part * (10_000_000 // len(part)))) <= LOOKED_THROUGH
    assert time.monotonic() - started < 5  # a fraction of a second, on a machine that is not busy


@given(st.text())
def test_any_text_is_answered_with_remarks_in_order_that_stand_where_they_say(text: str) -> None:
    found = remarks(text)
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(one.end <= other.start for one, other in zip(found, found[1:], strict=False))


@given(st.text(alphabet=string.printable, max_size=60))
def test_a_phrase_may_hold_any_sign(written: str) -> None:
    """Nothing that is typed into the list can be read as a pattern of another kind, or is refused in words."""
    brackets = sum(written.count(sign) for sign in "[]()/*")
    if not brackets and "..." not in written and written.strip():
        assert __import__("re").fullmatch(as_pattern(written), written.strip())


def test_a_list_that_cannot_be_read_names_its_phrase(tmp_path: Path) -> None:
    path = tmp_path / "phrases.yaml"
    path.write_text("phrases: {one: {avoid: ['(a'], why: Why., instead: [b]}}")
    with pytest.raises(PhraseError, match="one"):
        read_phrases(path)
    path.write_text("phrases: {two: {avoid: [a], instead: [b]}}")
    with pytest.raises(PhraseError, match="two"):
        read_phrases(path)

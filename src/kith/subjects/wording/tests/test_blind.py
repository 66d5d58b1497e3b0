"""The language helper on sentences that its rules were not written for; the head of blind.yaml says how they came."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kith.subjects.wording import Remark, remarks

BLIND = Path(__file__).parent / "blind.yaml"
Span = tuple[int, int]


@dataclass(frozen=True)
class Score:
    """Remarks that stand on marked words and that do not; marked phrases found, and all of them."""

    right: int
    wrong: tuple[str, ...]
    found: int
    marked: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.found / self.marked

    def __str__(self) -> str:
        right = f"{self.right} right, {len(self.wrong)} wrong, precision {self.precision:.3f}"
        return f"{right}; {self.found} of {self.marked} found, recall {self.recall:.3f}"


@cache
def _sentences() -> list[dict[str, Any]]:
    return list(yaml.safe_load(BLIND.read_text(encoding="utf-8"))["sentences"])


def _spans(sentence: dict[str, Any]) -> list[Span]:
    text = sentence["text"].lower()
    starts = [(text.index(words.lower()), len(words)) for words in sentence.get("phrases", [])]
    return [(start, start + length) for start, length in starts]


def _on(remark: Remark, span: Span) -> bool:
    return remark.start < span[1] and span[0] < remark.end


def _score() -> Score:
    right = found = marked = 0
    wrong: list[str] = []
    for sentence in _sentences():
        spans, made = _spans(sentence), remarks(sentence["text"])
        astray = [one for one in made if not any(_on(one, span) for span in spans)]
        right += len(made) - len(astray)
        wrong += [f"{one.key}: {sentence['text']}" for one in astray]
        found += sum(any(_on(one, span) for one in made) for span in spans)
        marked += len(spans)
    return Score(right, tuple(wrong), found, marked)


def test_nine_remarks_in_ten_are_right_on_sentences_not_written_for_the_rules() -> None:
    score = _score()
    print(score)
    assert score.precision >= 0.9, "\n".join([str(score), *score.wrong])


def test_the_set_is_large_and_most_of_it_is_to_be_left_alone() -> None:
    marked = [sentence for sentence in _sentences() if sentence.get("phrases")]
    assert len(marked) >= 70
    assert len(_sentences()) - len(marked) >= 90


def test_the_head_of_the_file_says_what_is_measured() -> None:
    """Figures that are told to others are the figures of today."""
    score, head = _score(), BLIND.read_text(encoding="utf-8").split("sentences:")[0]
    assert f"{score.right} remarks right, {len(score.wrong)} wrong" in head
    assert f"{score.found} of {score.marked} marked phrases found" in head

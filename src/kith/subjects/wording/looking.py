"""Looking through a text for such phrases. Explains and never blocks; what somebody is quoted as saying is theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kith.subjects.wording.phrases import Phrase, phrases

_QUOTED = re.compile(
    r"“[^”\n]*(?:”|$)"  # what opens and is never closed is taken for quoted to the end of its paragraph
    r"|\"[^\"\n]*(?:\"|$)"
    r"|(?<![\w’'])‘[^‘\n]*?’(?!\w)"
    r"|(?<![\w'])'[^'\n]*?(?:\w'\w[^'\n]*?)*'(?!\w)"
    r"|^[ \t]*>[^\n]*",
    re.MULTILINE,
)
_SENTENCE_END = re.compile(r"[.!?]\s|\n")
LOOKED_THROUGH = 30_000  # characters: some ten pages, a quarter of a second; nobody reads remarks on more
LONGEST_SENTENCE = 1_000


@dataclass(frozen=True)
class Remark:
    """A phrase found in a text, from `start` to `end`, with why and what could be said instead."""

    key: str
    start: int
    end: int
    words: str
    why: str
    instead: tuple[str, ...]


def remarks(text: str, known: tuple[Phrase, ...] | None = None, at_most: int | None = LOOKED_THROUGH) -> list[Remark]:
    """Every such phrase in a text but its quotations, in the order in which they stand; none overlaps another.

    Only the first `at_most` characters are looked through (None: all), in bounded time however much was pasted.
    """
    own = _without_quotations(text[:at_most])
    found = [one for phrase in (phrases() if known is None else known) for one in _of(phrase, own)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Remark] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _of(phrase: Phrase, text: str) -> list[Remark]:
    return [
        Remark(phrase.key, place.start(), place.end(), place.group(), phrase.why, phrase.instead)
        for place in phrase.pattern.finditer(text)
        if not (phrase.unless and phrase.unless.search(_sentence(text, place.start(), place.end())))
    ]


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence that holds a part of the text."""
    before = max(0, start - LONGEST_SENTENCE)
    begins = max((m.end() for m in _SENTENCE_END.finditer(text, before, start)), default=before)
    ends = _SENTENCE_END.search(text, end, end + LONGEST_SENTENCE)
    return text[begins : ends.start() if ends else end + LONGEST_SENTENCE]


def _without_quotations(text: str) -> str:
    """The text with blanks for what is quoted, so that every place stays where it was."""
    return _QUOTED.sub(lambda quoted: re.sub(r"[^\n]", " ", quoted.group()), text)

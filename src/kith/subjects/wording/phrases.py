"""The phrases that the language helper knows, as `phrases.yaml` has them: dated data with a source, kept by the area.

How a phrase is written there: `abscond*` any ending; `(she/he)` one of these; `[older ]` may be there; `...` up to four
words between. Capitals count only in a word that is all capitals. Nothing else has a meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "phrases.yaml"
_TOKEN = re.compile(r"\s*\.\.\.\s*|\[|\]|\(|\)|/|\*|\s+|[^\s\[\]()/*.]+|\.")
_MEANING = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "/": "|", "*": r"\w*"}
_FEW_WORDS = r"(?:[^\w.!?\n]+\w+){0,4}?[^\w.!?\n]+"


@dataclass(frozen=True)
class Phrase:
    """Words to think twice about: the pattern, why, what to say instead, and where not to say anything."""

    key: str
    pattern: re.Pattern[str]
    why: str
    instead: tuple[str, ...]
    unless: re.Pattern[str] | None = None


class PhraseError(ValueError):
    """The list of phrases cannot be read; the message names the phrase and what is wrong."""


@lru_cache(maxsize=1)
def phrases() -> tuple[Phrase, ...]:
    """Every phrase of the list that comes with Kith."""
    return read_phrases(FILE)


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """Every phrase of a list. Raises PhraseError."""
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(_phrase(key, about) for key, about in given["phrases"].items())


def _phrase(key: str, about: dict[str, Any]) -> Phrase:
    try:
        unless = about.get("unless")
        return Phrase(
            key, _any_of(about["avoid"]), about["why"], tuple(about["instead"]), _any_of(unless) if unless else None
        )
    except (KeyError, re.error) as wrong:
        raise PhraseError(f"The phrase {key} cannot be read: {wrong}") from wrong


def _any_of(written: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<![\w-]){as_pattern(one)}(?![\w-])" for one in written))


def as_pattern(written: str) -> str:
    """A phrase as a regular expression."""
    return "".join(_piece(token) for token in _TOKEN.findall(written.strip()))


def _piece(token: str) -> str:
    if token in _MEANING:
        return _MEANING[token]
    if token.strip() == "...":
        return _FEW_WORDS
    if token.isspace():
        return r"[\s-]+"
    word = re.escape(token).replace("'", "['’]")
    return word if len(token) > 1 and token.isupper() else f"(?i:{word})"

"""Whether two reports may tell of the same thing, and why. Suggests only; a person joins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ALIKE = 0.3  # share of the words that both have, from which two texts are worth comparing
LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "i",
        "in",
        "is",
        "it",
        "of",
        "on",
        "or",
        "our",
        "she",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "us",
        "was",
        "we",
        "were",
        "when",
        "which",
        "who",
        "with",
        "you",
    ]
)
REASONS = {
    "vehicle": "the same vehicle",
    "phone": "the same phone number",
    "handle": "the same name online",
    "person": "the same name",
    "place": "the same place",
    "group": "the same group",
}


@dataclass(frozen=True)
class Told:
    """What is compared of a report: its words, and what it names as (kind, value)."""

    text: str
    named: frozenset[tuple[str, str]]


def told(text: str, named: Iterable[tuple[str, str]]) -> Told:
    """A report made ready to be compared."""
    return Told(text, frozenset((kind, plain(kind, value)) for kind, value in named if plain(kind, value)))


def plain(kind: str, value: str) -> str:
    """A value as it is compared: a registration without spaces, a number without its country, a name in lower case."""
    if kind == "vehicle":
        return "".join(re.findall(r"[A-Z0-9]", value.upper()))
    if kind == "phone":
        digits = "".join(re.findall(r"\d", value))
        return "0" + digits[2:] if digits.startswith("44") else digits
    if kind == "handle":
        return value.strip().lstrip("@").casefold()
    return " ".join(value.casefold().split())


def why_alike(one: Told, other: Told) -> tuple[str, ...]:
    """In words why two reports may be one; nothing where they are not."""
    shared = sorted(one.named & other.named)
    reasons = [f"{REASONS.get(kind, kind)}: {value}" for kind, value in shared]
    likeness = alike(one.text, other.text)
    if likeness >= ALIKE:
        reasons.append(f"{likeness:.0%} of their words are the same")
    return tuple(reasons)


def alike(one: str, other: str) -> float:
    """The share of words that two texts have in common, of all that either has, little words left out."""
    left, right = _words(one), _words(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w'’]{2,}", text.casefold())) - LITTLE

"""Whose names may not stand in words that others read too."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST = 3  # letters: shorter parts of a name are words of the language


def child_named(text: str, names: Iterable[str]) -> str:
    """The first part of a child's names that stands in a text as a word of its own; "" where none does."""
    said = {word.casefold() for word in _words(text)}
    parts = [part for name in names for part in _words(name) if len(part) >= SHORTEST]
    return next((part for part in parts if part.casefold() in said), "")


def record_named(texts: Iterable[str], names: Iterable[str]) -> str:
    """The first of the records' whole names that stands in one of the texts; "" where none does."""
    told = [" ".join(_words(text)).casefold() for text in texts]
    for name in names:
        whole = " ".join(_words(name)).casefold()
        if whole and any(f" {whole} " in f" {text} " for text in told):
            return name
    return ""


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)

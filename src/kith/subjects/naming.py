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


def first_name_said(texts: Iterable[str], first_names: Iterable[str]) -> str:
    """The first of these names that stands in a text as written, capital and all: “will” is a word, “Will” a name."""
    said = {word for text in texts for word in _words(text)}
    return next((name for name in first_names if len(name) >= SHORTEST and name in said), "")


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)

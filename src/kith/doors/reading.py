"""How hard a text is to read: Flesch and Kincaid's grade, as the age at which it can be read.

Kincaid, Fishburne, Rogers and Chissom 1975: 0.39 × words a sentence + 11.8 × syllables a word − 15.59, plus five years.
Plain Python.
"""

from __future__ import annotations

import re

SILENT = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$")


def reading_age(text: str) -> float:
    """The age in years at which an average reader in school reads it. Each line of a list is a sentence."""
    sentences = [one for one in re.split(r"[.!?:]+(?:\s|$)|\n", text) if re.search(r"[A-Za-z]", one)]
    words = [word for one in sentences for word in re.findall(r"[A-Za-z]+(?:['’][A-Za-z]+)?", one)]
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


def _syllables(word: str) -> int:
    """Groups of vowels, less a silent ending; never none."""
    heard = re.sub(r"['’].*", "", word)
    if len(heard) <= 3:
        return 1
    if not re.search(r"[td]ed$", heard):
        heard = SILENT.sub("", heard)
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"^y", "", heard))))

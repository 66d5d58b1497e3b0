"""Names as they are compared: no case, no accents, no apostrophes, one word at a time."""

from __future__ import annotations

import re
import unicodedata

_LETTERS_WITHOUT_PARTS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "þ": "th",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ə": "e",
    }
)
_SILENT = re.compile(r"['\u2019\u2018`\u02bc\u00b4.]")  # O'Neill, St. John
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_LEADING = frozenset(
    ("o", "al", "el", "ul", "mc", "mac", "de", "di", "da", "del", "la", "le", "van", "von", "der", "den", "bin", "bint")
    + ("ibn", "abu", "ap", "ab", "st", "san", "ter", "ten", "dos", "das")
)


def fold(text: str) -> str:
    """'Ó Súilleabháin-Łuczak' becomes 'o suilleabhain luczak'. Scripts other than Latin come out empty."""
    lowered = text.lower().translate(_LETTERS_WITHOUT_PARTS)
    parts = unicodedata.normalize("NFKD", lowered)
    bare = _SILENT.sub("", "".join(part for part in parts if not unicodedata.combining(part)))
    return _NOT_A_LETTER.sub(" ", bare).strip()


def name_words(text: str) -> list[str]:
    """Each word of a name, and each leading particle also joined with what follows.

    'Al-Masri' gives al, almasri and masri, so that it is found however it is typed.
    """
    words = fold(text).split()
    joined = [one + two for one, two in zip(words, words[1:], strict=False) if one in _LEADING or len(one) == 1]
    return list(dict.fromkeys([*words, *joined]))

"""How a name sounds, as a short code: names that one may be heard as another share it.

Written for the names of an English town, where English, Irish, Polish, Somali, Arabic and South Asian spellings meet.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STEPS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"^(kn|gn|pn|mn)", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^x", "s"), (r"^wh", "w"),
        (r"chr", "kr"), (r"sch|tch|cz|sz|sh|ch|zh", "c"), (r"tio|sio", "ce"), (r"ph", "f"),
        (r"(?<=[aeiou])gh(?=$|t)", ""), (r"kh|ck|qu|q", "k"), (r"gh", "g"), (r"c(?=[eiy])(?<![aeiou]ch)", "s"),
        (r"th", "t"), (r"dh", "d"), (r"dg", "j"), (r"x", "ks"), (r"z", "s"), (r"mps", "ms"),
        (r"(?<=[aeiou])w", ""), (r"[vw]", "f"), (r"(?<!^)h", ""), (r"^y(?=[aeiou])", "j"),
    )
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]+")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """'mohammed' and 'muhamad' give 'mt'; a word too short to tell by its sound gives its letters' shape."""
    said = _HARD_C.sub("k", word)
    for pattern, put in _STEPS:
        said = pattern.sub(put, said)
    said = _TWICE.sub(r"\1", said)
    head = _HEADS.get(said[:1], said[:1])
    tail = _FINAL_D.sub("t", _VOWELS.sub("", said[1:]))
    code = _TWICE.sub(r"\1", head + tail)
    return code if len(code) > 1 else code + _VOWEL_SHAPE.get(said[1:2], "")


_HARD_C = re.compile(r"c(?![hzeiyk])")  # so that Carl and Karl meet
_FINAL_D = re.compile(r"d$")  # Ahmed, Ahmet
_HEADS = dict(zip("aoueiy", "aaaiii", strict=True))
_VOWEL_SHAPE = {"a": "a", "e": "e", "i": "e", "y": "e", "o": "o", "u": "o"}

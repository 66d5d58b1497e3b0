"""Words that leave Kith name nobody: they may be read over a shoulder, or on a phone that is not locked."""

from __future__ import annotations

import re
from collections.abc import Iterable

LEAVE_OUT = "Leave “{name}” out. A letter or text message may be read by somebody else, so it never names a child."
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def name_in(text: str, names: Iterable[str]) -> str:
    """The first word of `text` that is part of one of these names, written as a name is; "" where there is none."""
    parts = {part.casefold() for name in names for part in WORD.findall(name) if len(part) > 1}
    words = (match.group() for match in WORD.finditer(text))
    return next((word for word in words if word[0].isupper() and _bare(word) in parts), "")


def _bare(word: str) -> str:
    """Without the ending of what belongs to somebody: Amara's is Amara."""
    return re.sub(r"['’]s?$", "", word).casefold()

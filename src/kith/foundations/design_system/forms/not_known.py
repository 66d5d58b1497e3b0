"""'Not known' is an answer: different from no answer, and kept as what it is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class NotKnown(StrEnum):
    """The answer of somebody who was asked and does not know."""

    NOT_KNOWN = "not-known"


NOT_KNOWN: Final = NotKnown.NOT_KNOWN
NOT_KNOWN_WORDS = "Not known"

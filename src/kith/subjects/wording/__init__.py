"""The language helper: words that put harm on a child's shoulders, why, and what could be said instead."""

from kith.subjects.wording.looking import Remark, remarks
from kith.subjects.wording.phrases import Phrase, phrases

__all__ = ["Phrase", "Remark", "phrases", "remarks"]

"""The language helper: words that put harm on a child's shoulders, why, and what could be said instead."""

from kith.foundations.design_system.forms import SecondLook
from kith.subjects.wording.looking import Remark, remarks
from kith.subjects.wording.phrases import Phrase, phrases

SECOND_LOOK = SecondLook(at="wording", remarks=remarks)
"""For every field in which somebody writes about a child, a group or a place."""

__all__ = ["SECOND_LOOK", "Phrase", "Remark", "phrases", "remarks"]

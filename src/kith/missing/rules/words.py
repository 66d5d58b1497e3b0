"""The words of missing episodes and of the conversations on return."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Missing: nobody knows where the child is. Away: it is known, and it is not where they should be (903: M, A)."""

    MISSING = "missing"
    AWAY = "away"

    @property
    def letter(self) -> str:
        """As the national return has it."""
        return {"missing": "M", "away": "A"}[self.value]


class SaidBy(StrEnum):
    """Whose word a return rests on."""

    ACCOUNT = "account"  # an agency's file or message
    FOUND = "found"  # somebody here who says that the child is back
    CORRECTION = "correction"  # somebody here who sets an earlier time right, with a reason


class Step(StrEnum):
    """What may happen to the offer of a conversation."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_OFFERED = "not-offered"
    TRIED = "tried"  # an attempt to reach the child or to meet that did not come about
    HELD = "held"
    WRITTEN_UP = "written-up"

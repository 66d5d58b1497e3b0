"""What may be decided about two records, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from enum import StrEnum


class Verdict(StrEnum):
    """What a person decided about two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        return {"same": "Same person", "different": "Different people", "unsure": "Not sure"}[self.value]


Decided = tuple[int, int, Verdict]


def refuse(
    verdict: Verdict,
    left: int,
    right: int,
    decided: Iterable[Decided],
    of_left: AbstractSet[int],
    of_right: AbstractSet[int],
) -> str:
    """Why a decision cannot stand beside those that do, in a sentence; empty when it can.

    `of_left` and `of_right` are the records now joined to each of the two; `of_right` is empty when they
    are one person.
    """
    if verdict == Verdict.SAME and of_right:
        for one, other, said in decided:
            across = (one in of_left) != (other in of_left)
            if said == Verdict.DIFFERENT and across:
                return "Somebody decided that two of these records are different people. Withdraw that first."
    if verdict == Verdict.DIFFERENT and _joined_by_people(left, right, decided):
        return "Somebody decided that these records are one person. Withdraw that first."
    return ""


def _joined_by_people(left: int, right: int, decided: Iterable[Decided]) -> bool:
    """Whether decisions alone make these two one person, step by step."""
    reached, pairs = {left}, [(one, other) for one, other, said in decided if said == Verdict.SAME]
    while True:
        more = {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        if more <= reached:
            return right in reached
        reached |= more


ALL_CHOSEN = "Leave at least one record that is theirs"
"""Said where somebody would part every record of a person from none."""

BASES: dict[str, str] = {
    "records": "The records themselves say so",
    "agency": "I asked an agency that knows them",
    "worker": "Somebody who works with them told me",
    "other": "Another way",
}
"""How a decision was come to, in the words it is kept in."""

"""Which subject a cluster of references keeps, so that a child's record stays hers whatever the linking
finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Vote:
    """`references` of this cluster have, or once had, this subject; `oldest` is the first of them to have
    arrived.
    """

    cluster: int
    subject: int
    references: int
    oldest: int


def keep_subjects(votes: Iterable[Vote], former: Iterable[Vote] = ()) -> dict[int, int]:
    """Cluster → the subject it keeps. A subject is kept once; a cluster not named here needs a new subject.

    Most references win, then the oldest reference. A cluster left without a subject takes back one that its
    references had before they were joined elsewhere (`former`), by the same rule.
    """
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for ballot in (votes, former):
        for vote in sorted(ballot, key=_strongest_first):
            if vote.cluster not in kept and vote.subject not in taken:
                kept[vote.cluster] = vote.subject
                taken.add(vote.subject)
    return kept


def _strongest_first(vote: Vote) -> tuple[int, int, int, int]:
    return (-vote.references, vote.oldest, vote.subject, vote.cluster)

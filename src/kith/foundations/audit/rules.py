"""What a seal is a hash of. Plain Python: anybody can check a seal with this page and a copy of the rows.

A line's hash covers everything in it but its number; a seal's hash covers the numbers of its lines in
order, their hashes, when and how far it sealed, and the hash of the seal before it. So a line that is
altered, removed, put elsewhere or put in later no longer agrees with its seal, and a seal that is altered
or removed no longer agrees with the one after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64  # what stands before the first seal
LINES_A_SEAL = 5000
LINE_FIELDS = (
    "at",
    "viewer_id",
    "viewer_name",
    "agency",
    "action",
    "because",
    "subjects",
    "what",
    "details",
    "request_id",
    "transaction",
)


@dataclass(frozen=True)
class Problem:
    """Something that is not as it was sealed.

    `kind` is altered, removed, reordered, inserted, or about a seal.
    """

    kind: str
    seal: int | None
    event: int | None
    sentence: str


@dataclass(frozen=True)
class Verification:
    """What checking found: how many seals and sealed lines, how long the unsealed tail is, and every
    problem.
    """

    seals: int
    events: int
    tail: int
    tail_since: datetime | None
    head: str
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.problems


def canonical(value: Any) -> str:
    """One text for one value: JSON with sorted keys and no spaces; times in UTC to the microsecond."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def line_hash(line: dict[str, Any]) -> str:
    """The hash of one line, from `LINE_FIELDS`."""
    return _sha256(canonical([line[field] for field in LINE_FIELDS]))


def seal_hash(
    *,
    previous: str,
    sealed_at: datetime,
    sealed_below: int,
    cluster: str,
    from_event: int,
    events: Sequence[int],
    row_hashes: Sequence[str],
) -> str:
    """The hash of a seal over its lines and over the seal before it."""
    head = canonical([previous, sealed_at, sealed_below, cluster, from_event, list(events)])
    return _sha256("\n".join([head, *row_hashes]))


def compare(seal: int, events: Sequence[int], sealed: Sequence[str], found: dict[int, str]) -> list[Problem]:
    """Problems with a seal's lines: `sealed` are their hashes then, `found` number → hash now."""
    removed = [event for event in events if event not in found]
    changed = [(event, then) for event, then in zip(events, sealed, strict=False) if found.get(event, then) != then]
    elsewhere = {then for _, then in changed}
    problems = [Problem("removed", seal, event, f"Line {event} was removed after it was sealed.") for event in removed]
    for event, _ in changed:
        moved = found[event] in elsewhere
        kind, words = ("reordered", "stands where another stood") if moved else ("altered", "was altered")
        problems.append(Problem(kind, seal, event, f"Line {event} {words} after it was sealed."))
    return problems


def inserted(events: Iterable[int]) -> list[Problem]:
    """Problems for lines that no seal knows although sealing had gone past them."""
    words = "Line {} was put in among lines that were sealed already."
    return [Problem("inserted", None, event, words.format(event)) for event in events]


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"Not a value of a line: {value!r}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

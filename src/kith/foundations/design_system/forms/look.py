"""What a question looks like, beyond what Django's fields already say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class Remark(Protocol):
    """Words that were typed, from `start` to `end`, why to think about them twice, and what could be said instead."""

    @property
    def words(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def why(self) -> str: ...
    @property
    def instead(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class SecondLook:
    """Remarks on what is typed, which explain and never block: made on the page by `remarks`, and while somebody
    types by the address named `at`.
    """

    at: str
    remarks: Callable[[str], Sequence[Remark]]


@dataclass(frozen=True)
class Look:
    """Sizes, hints and reveals of one question.

    `size`: of the label, one of "", "s", "m", "l"; `heading`: the label is the page's h1; `width`: of the
    box in characters, 0 for the full width; `hints` and `reveals`: by the choice's value, the second naming
    another field of the form that shows only when this choice is made.
    """

    size: str = "s"
    heading: bool = False
    width: int = 0
    prefix: str = ""
    suffix: str = ""
    inline: bool = False
    not_known: bool = False
    rows: int = 5
    hints: Mapping[str, str] = field(default_factory=dict)
    reveals: Mapping[str, str] = field(default_factory=dict)
    second_look: SecondLook | None = None

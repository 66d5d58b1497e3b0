"""The answer to "is this identifier written correctly?"."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Checked:
    """`value` is the identifier in its one standard form, or None with the `reason` in words."""

    value: str | None
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        return self.value is not None

"""What a load came to, delivery by delivery: the account that is printed, and true."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Line:
    """One delivery in the account. `outcome`: loaded, nothing new, failed or unknown."""

    file: str
    feed: str
    outcome: str
    rows: int = 0
    loaded: int = 0
    unchanged: int = 0
    rejected: int = 0
    set_aside: int = 0
    ended: int = 0
    seconds: float = 0.0
    words: str = ""
    notes: tuple[str, ...] = ()
    rejects_file: str = ""
    delivery: int | None = None


@dataclass
class Account:
    """All lines, and what linking came to."""

    lines: list[Line] = field(default_factory=list)
    linking: str = ""
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether anything was meant to be loaded and could not be, or nothing was there to load at all."""
        outcomes = {line.outcome for line in self.lines}
        return "failed" in outcomes or not outcomes & {"loaded", "nothing new"}

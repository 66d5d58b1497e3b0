"""Small numbers are not shown: whoever knows the area could tell who is meant. Plain Python."""

from __future__ import annotations

FEWEST = 5
TOO_FEW = f"fewer than {FEWEST}"


def shown(number: int) -> str:
    """The number; nought as nought; what is between them as too few to show."""
    return TOO_FEW if 0 < number < FEWEST else str(number)


def share(part: int, whole: int) -> str:
    """In whole percent; nothing where the part, the rest or the whole is too small to show."""
    if whole < FEWEST or 0 < part < FEWEST or 0 < whole - part < FEWEST:
        return ""
    return f"{round(100 * part / whole)}%"

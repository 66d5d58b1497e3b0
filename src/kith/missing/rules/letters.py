"""References that are said on the phone and written in letters: random, so that they tell nothing of when or whom."""

from __future__ import annotations

from collections.abc import Callable

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


def new_reference(begins: str, choose: Callable[[str], str]) -> str:
    """Such as M-AB12CD. `choose` picks one letter: secrets.choice."""
    return f"{begins}-" + "".join(choose(LETTERS) for _ in range(6))

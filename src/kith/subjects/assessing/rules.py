"""What is asked of a group and of a place, what a review may come to, and what is otherwise in a later version.

Plain data from kinds.yaml beside this file; no database and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

import yaml

REVIEW_WITHIN = timedelta(days=92)
STANDS, ANEW, NO_LONGER = "stands", "anew", "no-longer"
OUTCOMES: Mapping[str, str] = {
    STANDS: "It still says how things are",
    ANEW: "It must be written anew",
    NO_LONGER: "It is no longer needed",
}


@dataclass(frozen=True)
class Part:
    """One question: where its words are kept, what stands below it, whether it can be left empty."""

    key: str
    title: str
    help: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of subject that is assessed. `first`: what comes before anything else there, "" where nothing does."""

    called: str
    about: str
    first: str
    no_longer: str
    to_print: str
    parts: tuple[Part, ...]

    @property
    def outcomes(self) -> Mapping[str, str]:
        """What a review of this kind may come to."""
        return {**OUTCOMES, NO_LONGER: self.no_longer}


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind that is assessed, by its kind of subject."""
    rows = yaml.safe_load((files("kith.subjects.assessing") / "kinds.yaml").read_text(encoding="utf-8"))
    return {key: Kind(**{**row, "parts": tuple(Part(**part) for part in row["parts"])}) for key, row in rows.items()}


def rewritten(parts: Iterable[Part], before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Which parts of a later version say something else, in a sentence each, in their order."""
    told = []
    for part in parts:
        was, now = before.get(part.key, "").strip(), after.get(part.key, "").strip()
        if was != now:
            how = "now said" if not was else "no longer said" if not now else "said otherwise"
            told.append(f"{part.title}: {how}.")
    return tuple(told)

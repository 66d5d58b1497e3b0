"""What pages show of the places of a cut, worked out before anybody asks and kept beside it as JSON.

The same cut gives the same files, whenever each of them is made.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kith.insight.engine.places import of_cut
from kith.insight.rules.places import EVERY_KIND, KEPT_IN, THEMES, Choice, every_choice

OF_EACH: dict[str, Callable[[Path], Any]] = {
    "places": of_cut.public_places,
    "months": of_cut.months_of_places,
    "weeks": of_cut.weeks_of_places,
}


def work_out(folder: Path, choice: Choice) -> None:
    """The hexagons, weeks and clusters of a choice; not again where they are there."""
    kept = folder / KEPT_IN / f"{choice.key}.json"
    if not kept.exists():
        kinds = THEMES[choice.theme].kinds
        _keep(kept, of_cut.places_of_cut(folder, kinds, EVERY_KIND, choice.months, choice.against))


def work_out_each(folder: Path) -> None:
    """What is told place by place: which there are, their months, their weeks."""
    for name, answer in OF_EACH.items():
        kept = folder / KEPT_IN / f"{name}.json"
        if not kept.exists():
            _keep(kept, answer(folder))


def work_out_within(folder: Path, seconds: float) -> list[Choice]:
    """What is told place by place, what is shown first, and other choices in their order until the time is over.

    Answers the choices that are left for later.
    """
    until, choices = time.monotonic() + seconds, every_choice()
    work_out_each(folder)
    work_out(folder, choices.pop(0))
    while choices and time.monotonic() < until:
        work_out(folder, choices.pop(0))
    return choices


def _keep(path: Path, told: Any) -> None:
    """Whole or not at all; whoever comes first, the numbers are the same."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump(told, file, default=str)
    os.replace(file.name, path)

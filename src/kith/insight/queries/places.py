"""Where more happens than expected: read from beside the cut, worked out the first time that it is asked for."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.rules.places import EVERY_KIND, ROUNDED_TO, Theme, may_be_told

KEPT_IN = "places"


def places_of(cut: Cut, theme: Theme, months: int, against: str) -> dict[str, Any]:
    """Exact numbers of a theme over whole months of a cut: for presenters, which say what may be told of them."""
    kept = folder_of(cut) / KEPT_IN / f"{theme.key}-{months}-{against}.json"
    if not kept.exists():
        from kith.insight.engine.places.of_cut import places_of_cut  # noqa: PLC0415 - heavy, and only the first time

        _keep(kept, places_of_cut(folder_of(cut), theme.kinds, EVERY_KIND, months, against))
    found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def public_places(cut: Cut) -> list[dict[str, Any]]:
    """Named public places of a cut of which enough is told for any number of them to be shown, by name."""
    kept = folder_of(cut) / KEPT_IN / "places.json"
    if not kept.exists():
        from kith.insight.engine.places import of_cut  # noqa: PLC0415 - the same

        _keep(kept, of_cut.public_places(folder_of(cut)))
    return [one for one in json.loads(kept.read_text(encoding="utf-8")) if may_be_told(one["events"], one["children"])]


def months_of(cut: Cut, place: str, others: list[str], theme: Theme) -> dict[str, Any]:
    """Events of a theme by whole month at a place and at others together: exact numbers."""
    from kith.insight.engine.places.of_cut import months_of_place  # noqa: PLC0415 - heavy, and seldom asked

    return months_of_place(folder_of(cut), place, others, theme.kinds)


def compared(counted: dict[str, Any], began: int, ended: int) -> Any:
    """What came of work between two months. Raises ValueError where nothing is before or after it."""
    from kith.insight.engine.places.change import before_and_after  # noqa: PLC0415 - the same

    return before_and_after(
        counted["place"], counted["control"], work_began=began, work_ended=ended, rounded_to=ROUNDED_TO
    )


def _keep(path: Path, told: Any) -> None:
    """Whole or not at all; whoever comes first, the numbers are the same."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump(told, file, default=str)
    os.replace(file.name, path)

"""What each cut told of a measure: kept beside it the first time, and from then on what it is.

A cut is told after those before it, and keeps to what they told. Nothing of the cut itself is touched.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import cuts, folder_of
from kith.insight.rules.measures import Measure, MeasureKind, measures
from kith.insight.rules.suppression import Adds, Figures, Kin, Published, Told, tell
from kith.insight.rules.suppression.kept import as_kept, figures_from, from_kept

FIGURES, TOLD = "figures", "told"
NOTHING = Published(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def told_of(cut: Cut, measure: Measure) -> Told:
    """What a cut told of a measure. Cuts before it that told nothing yet tell it first."""
    kept = _kept_in(folder_of(cut), measure)
    if kept.exists():
        return _read(kept)
    if not _counted_in(folder_of(cut), measure).exists():
        return Told(cut.as_at, Figures(adds_up(measure), {}, {}), NOTHING)
    before: Cut | None = None
    earlier: Told | None = None
    for one in until(cut, f"{FIGURES}/{measure.key}.json", f"{TOLD}/{measure.key}.json"):
        earlier, before = _tell(one, measure, earlier, before), one
    return earlier or _tell(cut, measure, None, None)


def tell_all(cut: Cut) -> None:
    """Have a new cut tell every measure, so that no page has to."""
    for measure in measures().values():
        told_of(cut, measure)


def until(cut: Cut, counted: str, kept: str) -> list[Cut]:
    """The last cut that told something already, those after it, and this one, in order.

    `counted`, `kept`: in a cut's folder, what was counted of it, and what is kept of what it told.

    Where only later cuts told it (an old cut was counted again), the next of them comes first.
    """
    found = [one for one in cuts().order_by("as_at", "made_at", "pk") if (folder_of(one) / counted).exists()]
    at = next((number for number, one in enumerate(found) if one.pk == cut.pk), len(found))
    told = [number for number, one in enumerate(found) if (folder_of(one) / kept).exists()]
    before, after = [one for one in told if one < at], [one for one in told if one > at]
    if not before and after:
        return [found[after[0]], *found[: at + 1]]
    return found[max(before, default=0) : at + 1]


def _tell(cut: Cut, measure: Measure, earlier: Told | None, before: Cut | None) -> Told:
    folder = folder_of(cut)
    kept = _kept_in(folder, measure)
    if kept.exists():
        return _read(kept)
    counted = json.loads(_counted_in(folder, measure).read_text(encoding="utf-8"))["windows"]
    figures = figures_from(adds_up(measure), counted)
    told = tell(figures, earlier=earlier, as_at=cut.as_at, kin=_kin_of(cut, measure, before))
    keep(kept, as_kept(told))
    return told


def _kin_of(cut: Cut, measure: Measure, before: Cut | None) -> Kin:
    """What is told of its wholes in the same cut, and of its parts in the one before."""
    every = measures()
    wholes = [every[key] for key in measure.part_of if _counted_in(folder_of(cut), every[key]).exists()]
    parts = [one for one in every.values() if before and measure.key in one.part_of]
    known = {(by, group) for one in every.values() for key, by, group in one.group_of if key == measure.key}
    return Kin(
        tuple(told_of(cut, one) for one in wholes),
        tuple(told_of(before, one) for one in parts if before),
        frozenset(known),
    )


def _kept_in(folder: Path, measure: Measure) -> Path:
    return folder / TOLD / f"{measure.key}.json"


def _counted_in(folder: Path, measure: Measure) -> Path:
    return folder / FIGURES / f"{measure.key}.json"


def _read(path: Path) -> Told:
    return from_kept(json.loads(path.read_text(encoding="utf-8")))


def keep(path: Path, told: Any) -> None:
    """Whole or not at all; whoever comes first, it is the same."""
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        json.dump(told, file, separators=(",", ":"))
    os.replace(file.name, path)


def adds_up(measure: Measure) -> Adds:
    """Whether months add up to a year: things do, children and what stands open do not."""
    if measure.kind is MeasureKind.STANDING:
        return Adds.STANDING
    return Adds.NOT if measure.counts == "children" else Adds.UP

"""A public place of the small cut with what its map shows first, to whose address every page can be asked."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from kith.insight.engine.places.beforehand import work_out, work_out_each
from kith.insight.rules.places import KEPT_IN, every_choice


def plant_places() -> dict[str, Any]:
    """The first of the places that tests.support.small_cut makes, in the cut that was planted before."""
    (cut,) = [folder for folder in Path(settings.CUTS).iterdir() if folder.is_dir()]
    shutil.copytree(_worked_out(cut.name) / KEPT_IN, cut / KEPT_IN, dirs_exist_ok=True)
    return {"public_place": "place0000000", "table": "kinds", "z": 1, "x": 0, "y": 0}


@cache
def _worked_out(name: str) -> Path:
    """Once a run: the small cut is always the same."""
    made = Path(tempfile.mkdtemp()) / name
    shutil.copytree(Path(settings.CUTS) / name, made)
    work_out_each(made)
    work_out(made, every_choice()[0])
    return made

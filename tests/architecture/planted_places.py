"""A public place of the small cut, to whose address every page can be asked."""

from __future__ import annotations

from typing import Any


def plant_places() -> dict[str, Any]:
    """The first of the places that tests.support.small_cut makes."""
    return {"public_place": "place0000000", "z": 1, "x": 0, "y": 0}

"""A cut and its figures, to whose addresses every page can be asked."""

from __future__ import annotations

from typing import Any

from tests.support.cast import Cast
from tests.support.small_cut import keep_cut


def plant_figures(cast: Cast) -> dict[str, Any]:
    """The small cut, a dashboard and a measure of it."""
    return {"cut": keep_cut(cast.uma).name, "dashboard": "partnership", "measure": "missing-reports"}

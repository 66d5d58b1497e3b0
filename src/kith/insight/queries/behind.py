"""The rows behind a number of a cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.rules.measures import Measure
from kith.insight.rules.periods import Window

if TYPE_CHECKING:
    from kith.insight.engine.measuring import CountedRow


def rows_of(cut: Cut, measure: Measure, window: Window) -> list[CountedRow]:
    """What was counted in a window, by codes."""
    from kith.insight.engine.measuring import rows_behind  # noqa: PLC0415 - heavy, and seldom asked

    return rows_behind(folder_of(cut), measure, window)

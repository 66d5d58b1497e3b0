"""A cut of which only the figures were made, by rule and not by counting: large enough to be shown, the same each time.

For pages and documents that read figures and no rows; `small_cut` is a cut that was counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from kith.foundations.access.actions import figures_scope
from kith.foundations.access.models import Viewer
from kith.insight.models import Cut
from kith.insight.rules.measures import GROUPS, Measure, MeasureKind, measures
from kith.insight.rules.periods import Window, last_complete, month, months_to, quarter, six_months, twelve_months, year
from tests.support.cast import NOW

AS_AT = NOW.date()
FEED = {"agency": "severnmouth-police", "rows_read": 500, "rows_rejected": 3, "latest_delivery": None}
FEEDS = [
    {"feed": "police-missing", "title": "Missing people", "state": "fresh", **FEED},
    {"feed": "health-emergency", "title": "Emergency department", "state": "silent", **FEED},
]


def make_cut(by: Viewer, name: str = "2026-11-03-made") -> Cut:
    """A cut with figures of every measure over three years."""
    folder = settings.CUTS / name
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    manifest = {"as_at": AS_AT.isoformat(), "feeds": FEEDS, "tables": {}, "sha256": "0" * 64}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for key, measure in measures().items():
        figures = {"measure": key, "as_at": AS_AT.isoformat(), "windows": dict(_windows(measure))}
        (folder / "figures" / f"{key}.json").write_text(json.dumps(figures), encoding="utf-8")
    return Cut.objects.create(name=name, scope=figures_scope(), as_at=AS_AT, made_at=NOW, made_by=by,
                              purpose="Figures for a test", sha256="0" * 64, rows={}, seconds=1.0)  # fmt: skip


def _windows(measure: Measure) -> Iterator[tuple[str, Any]]:
    last = last_complete(AS_AT)
    counted = months_to(last, 36)
    found = {month(one) for one in counted} | {twelve_months(one) for one in counted[11:]}
    for of in (six_months, quarter, year):
        found |= {of(one) for one in counted if counted[0] <= of(one).first and of(one).last <= last}
    for window in sorted(found):
        groups = {"": {"": _numbers(measure, _count(measure, window))}}
        if window.length in (3, 12) and window.span.value in ("year", "quarter"):
            groups |= {name: _groups(measure, name, _count(measure, window)) for name in measure.breakdowns}
        yield window.key, groups


def _count(measure: Measure, window: Window) -> int:
    """Months between 12 and 40, as the measure's name and the month say, more with its parts; a window is their sum."""
    if measure.kind is MeasureKind.STANDING:
        return 60 + window.last.index % 7
    lot = hashlib.sha256(measure.key.encode()).digest()
    mine = sum(12 + lot[one.index % 32] % 29 for one in window.months)
    return mine + sum(_count(one, window) for one in measures().values() if measure.key in one.part_of)


def _groups(measure: Measure, breakdown: str, count: int) -> dict[str, Any]:
    names = list(GROUPS.get(breakdown, {"North": "", "South": ""}))
    share = count // len(names)
    return {name: _numbers(measure, share + (count - share * len(names)) * (not at)) for at, name in enumerate(names)}


def _numbers(measure: Measure, count: int) -> list[Any]:
    met = count * 2 // 3 if measure.kind is MeasureKind.SHARE else None
    return [count, None, met, 4.2 if measure.kind is MeasureKind.MEDIAN else None]

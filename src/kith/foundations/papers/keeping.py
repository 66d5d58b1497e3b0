"""A paper as plain data that can be kept in a database, and made a paper again: the very same one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from kith.foundations import charts
from kith.foundations.papers.paper import Bullets, Drawing, Heading, PageBreak, Paper, Words

KINDS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *(Bullets, Drawing, Heading, PageBreak, Paper, Words),
        *(charts.Bars, charts.BarSeries, charts.Calendar, charts.Funnel, charts.Hidden, charts.Level, charts.Line),
        *(charts.Point, charts.Series, charts.Span, charts.Sparkline, charts.Step, charts.Table, charts.WeekGrid),
        *(charts.WordScales, charts.WordSeries),
    )
}


def kept(paper: Paper) -> dict[str, Any]:
    """The paper as what JSON can hold."""
    found: dict[str, Any] = _kept(paper)
    return found


def read_kept(given: dict[str, Any]) -> Paper:
    """The paper again. Raises KeyError for a kind of part that there is not."""
    found = _read(given)
    if not isinstance(found, Paper):
        raise KeyError("This is not a paper.")
    return found


def _kept(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{one.name: _kept(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, datetime):
        return {"is": "datetime", "iso": value.isoformat()}
    if isinstance(value, date):
        return {"is": "date", "iso": value.isoformat()}
    if isinstance(value, frozenset):
        return {"is": "set", "of": [_kept(one) for one in sorted(value)]}
    if isinstance(value, (tuple, list)):
        return [_kept(one) for one in value]
    return value


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_read(one) for one in value)
    if not isinstance(value, dict):
        return value
    kind = value["is"]
    if kind == "datetime":
        return datetime.fromisoformat(value["iso"])
    if kind == "date":
        return date.fromisoformat(value["iso"])
    if kind == "set":
        return frozenset(_read(value["of"]))
    return KINDS[kind](**{name: _read(one) for name, one in value.items() if name != "is"})

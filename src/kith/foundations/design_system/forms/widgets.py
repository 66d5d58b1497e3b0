"""How typed answers are read back from a page, kept exactly as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from kith.foundations.design_system.forms.not_known import NOT_KNOWN


@dataclass(frozen=True)
class TypedDate:
    """What stands in the three boxes, as text, and whether 'not known' was ticked."""

    day: str = ""
    month: str = ""
    year: str = ""
    not_known: bool = False

    @property
    def empty(self) -> bool:
        return not (self.day or self.month or self.year or self.not_known)

    @classmethod
    def showing(cls, value: Any) -> TypedDate:
        """The boxes for a date, for an answer of 'not known', for None, or for what was typed before."""
        if isinstance(value, cls):
            return value
        if isinstance(value, date):
            return cls(str(value.day), str(value.month), str(value.year))
        return cls(not_known=value == NOT_KNOWN)


class DateBoxes(forms.Widget):
    """Three boxes named NAME-day, NAME-month and NAME-year, and perhaps a tick box NAME-not-known."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> TypedDate:
        day, month, year = (str(data.get(f"{name}-{part}", "")).strip() for part in ("day", "month", "year"))
        return TypedDate(day, month, year, not_known=bool(data.get(f"{name}-not-known")))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in ("day", "month", "year", "not-known"))


class TimeBox(forms.TextInput):
    """One box for a time of day, written as people write it."""

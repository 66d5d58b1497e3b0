"""As at which day the year of missing children is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kith.foundations.design_system.forms import Date

EARLIEST = date(2002, 1, 1)  # two years before it are still dates that any calendar here knows


class AsAtForm(forms.Form):
    """The last day asked for may be today: its twelve months end yesterday."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_at"] = Date(
            label="As at",
            help_text="The twelve months before this day, and the twelve before those. For example, 1 4 2026",
            earliest=EARLIEST,
            latest=today,
            required=False,
        )

"""As at which day the year of missing children is counted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kith.foundations.design_system.forms import Date

EARLIEST, LATEST = date(2002, 1, 1), date(2100, 12, 31)


class AsAtForm(forms.Form):
    """Any day: of one to come, what has been told by now is counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_at"] = Date(
            label="As at",
            help_text="The twelve months before this day, and the twelve before those. For example, 1 4 2026",
            earliest=EARLIEST,
            latest=LATEST,
            required=False,
        )

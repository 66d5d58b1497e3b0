"""What the record pages ask."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from kith.chronology.queries import Filters
from kith.desk.presenters.chronology import Span
from kith.foundations.design_system.forms import Choice, Date, Look

A_YEAR = timedelta(days=365)


class PrintForm(forms.Form):
    """Which days to print."""

    since = Date(label="From", required=False, help_text="Leave both empty to print the last 12 months.")
    until = Date(label="To and including", required=False)
    show = Choice(
        label="Which entries",
        choices=[("all", "All entries"), ("significant", "Significant only")],
        look=Look(inline=True),
        initial="all",
    )

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*given, **options)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        since, until = answers.get("since"), answers.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not be before the first")
        return answers

    def span(self) -> Span:
        """The days asked for; with none given, the last 12 months."""
        until = self.cleaned_data["until"] or self.today
        since = self.cleaned_data["since"] or until - A_YEAR
        return Span(since, until, Filters(significant=self.cleaned_data["show"] == "significant"))

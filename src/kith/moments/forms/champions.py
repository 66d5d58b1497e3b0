"""Naming a champion of one's own agency."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.foundations.design_system.forms import CharField, Choice, Date, Look
from kith.moments.actions.champions import Named
from kith.moments.rules.codes import choices


class ChampionForm(forms.Form):
    """Who, for what, where to ring, until when."""

    kind = Choice(label="Champion for", choices=choices("champions"), as_select=True)
    name = CharField(label="Name", max_length=200)
    job_title = CharField(label="Post", max_length=200, required=False)
    phone = CharField(label="Number to ring", max_length=40, look=Look(width=20))
    valid_until = Date(label="Until when?", help_text="Then it is asked whether they still are.")

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        until = cast("Date", self.fields["valid_until"])
        until.earliest, until.latest = today, today + timedelta(days=3 * 366)

    def named(self) -> Named:
        return Named(**{name: self.cleaned_data[name] for name in self.fields})

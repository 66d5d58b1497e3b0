"""Forms of the programme: drawing, who came to a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.case_audits.rules.kinds import AuditKind
from kith.foundations.access.models import Agency
from kith.foundations.design_system.forms import CharField, Choice, Date, Look

MOST, LONG_AGO = 12, timedelta(days=3 * 366)


class DrawForm(forms.Form):
    """Which kind, and how many."""

    kind = Choice(label="Which kind of case audit?", choices=[])
    how_many = forms.IntegerField(label="How many records?", min_value=1, max_value=MOST, initial=6)

    def __init__(self, *given: Any, kinds: Mapping[str, AuditKind], **options: Any) -> None:
        super().__init__(*given, **options)
        self.kinds = kinds
        offered = [(key, f"{one.title}: {one.due_words}") for key, one in kinds.items()]
        cast("forms.ChoiceField", self.fields["kind"]).choices = offered


class MeetingForm(forms.Form):
    """When it was held, and who came."""

    kind = Choice(label="What was audited together?", choices=[], as_select=True)
    held_on = Date(label="When was it held?")

    def __init__(
        self, *given: Any, kinds: Mapping[str, AuditKind], agencies: Iterable[Agency], today: date, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [
            ("", "Choose"),
            *((key, one.title) for key, one in kinds.items() if one.is_of_several),
        ]
        held = cast("Date", self.fields["held_on"])
        held.earliest, held.latest = today - LONG_AGO, today
        self.agencies = list(agencies)
        for one in self.agencies:
            self.fields[f"came-{one.key}"] = Choice(
                label=one.name,
                choices=[("came", "Came"), ("not", "Nobody came"), ("unasked", "Not asked")],
                look=Look(inline=True),
                initial="unasked",
            )
            self.fields[f"words-{one.key}"] = CharField(
                label=f"{one.name}: why nobody came, as they say", max_length=200, required=False
            )

    def came(self) -> dict[str, bool]:
        """By agency's key; those who were not asked are left out."""
        said = {one.key: self.cleaned_data[f"came-{one.key}"] for one in self.agencies}
        return {key: answer == "came" for key, answer in said.items() if answer != "unasked"}

    def words(self) -> dict[str, str]:
        """What they say, by agency's key."""
        return {one.key: self.cleaned_data[f"words-{one.key}"] for one in self.agencies}

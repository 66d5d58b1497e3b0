"""Forms of the programme: drawing, who came to a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.case_audits.actions.drawing import ForMeeting
from kith.case_audits.actions.programme import Came
from kith.case_audits.queries.groups import GroupDays
from kith.case_audits.rules.kinds import AuditKind
from kith.case_audits.rules.questions import AuditForm
from kith.foundations.access.models import Agency
from kith.foundations.design_system.forms import CharField, Choice, Date, Look
from kith.foundations.design_system.words import short_day

MOST, LONG_AGO = 12, timedelta(days=3 * 366)


class DrawForm(forms.Form):
    """Which kind, how many, for which meeting."""

    kind = Choice(label="Which kind of case audit?", choices=[])
    how_many = forms.IntegerField(label="How many records?", min_value=1, max_value=MOST, initial=6)
    template = Choice(label="Which questions?", choices=[], as_select=True, required=False)
    meeting = Choice(label="For which meeting?", choices=[], as_select=True, required=False)

    def __init__(
        self,
        *given: Any,
        kinds: Mapping[str, AuditKind],
        templates: Mapping[str, AuditForm],
        groups: Iterable[GroupDays] = (),
        **options: Any,
    ) -> None:
        super().__init__(*given, **options)
        self.kinds = kinds
        asks = [("", "The usual questions"), *((key, one.title) for key, one in templates.items())]
        cast("forms.ChoiceField", self.fields["template"]).choices = asks
        offered = [(key, f"{one.title}: {one.due_words}") for key, one in kinds.items()]
        cast("forms.ChoiceField", self.fields["kind"]).choices = offered
        self.meetings = {f"{one.group.pk}:{day.on}": ForMeeting(one.group, day.on)
                         for one in groups for day in one.coming[:2]}  # fmt: skip
        days = [(key, f"{one.group.title}, {short_day(one.on)}") for key, one in self.meetings.items()]
        cast("forms.ChoiceField", self.fields["meeting"]).choices = [("", "For none"), *days]

    def for_meeting(self) -> ForMeeting | None:
        """The day that was chosen."""
        return self.meetings.get(self.cleaned_data["meeting"])


class CameForm(forms.Form):
    """Who came, agency by agency."""

    def ask(self, agencies: Iterable[Agency], initial: str = "unasked") -> None:
        """A question for each agency, and one for its words."""
        self.agencies = list(agencies)
        for one in self.agencies:
            self.fields[f"came-{one.key}"] = Choice(
                label=one.name,
                choices=[("came", "Came"), ("not", "Nobody came"), ("unasked", "Not asked")],
                look=Look(inline=True),
                initial=initial,
            )
            self.fields[f"words-{one.key}"] = CharField(
                label=f"{one.name}: why nobody came, as they say", max_length=200, required=False
            )

    def came(self) -> dict[str, bool]:
        """By agency's key; those who were not asked are left out."""
        said = {one.key: self.cleaned_data.get(f"came-{one.key}", "unasked") for one in self.agencies}
        return {key: answer == "came" for key, answer in said.items() if answer != "unasked"}

    def words(self) -> dict[str, str]:
        """What they say, by agency's key."""
        return {one.key: self.cleaned_data[f"words-{one.key}"] for one in self.agencies}


class MeetingForm(CameForm):
    """When a meeting of no group was held, and who came."""

    kind = Choice(label="What was audited together?", choices=[], as_select=True)
    held_on = Date(label="When was it held?")

    def __init__(
        self, *given: Any, kinds: Mapping[str, AuditKind], agencies: Iterable[Agency], today: date, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        cast("forms.ChoiceField", self.fields["kind"]).choices = [("", "Choose"), *of_several(kinds)]
        held = cast("Date", self.fields["held_on"])
        held.earliest, held.latest = today - LONG_AGO, today
        self.ask(agencies)

    def meeting(self) -> Came:
        """As the action takes it."""
        said = self.cleaned_data
        return Came(said["kind"], said["held_on"], self.came(), self.words())


def of_several(kinds: Mapping[str, AuditKind]) -> list[tuple[str, str]]:
    """The kinds that agencies audit together."""
    return [(key, one.title) for key, one in kinds.items() if one.is_of_several]

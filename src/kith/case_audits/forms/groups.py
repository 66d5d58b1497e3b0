"""Forms of groups that audit together: a group begun, what became of a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.case_audits.actions.groups import NewGroup
from kith.case_audits.actions.programme import Came
from kith.case_audits.forms.programme import CameForm, of_several
from kith.case_audits.models import Group
from kith.case_audits.queries.groups import DayOf
from kith.case_audits.rules.groups import MOST_WEEKS
from kith.case_audits.rules.kinds import AuditKind
from kith.case_audits.rules.themes import THEMES
from kith.foundations.access.models import Agency, Viewer
from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, Time, YesNo
from kith.foundations.design_system.words import short_day

SAY_WHEN, SAY_WHY = "Enter the day it was held", "Say in a few words why it was not held"
A_YEAR = timedelta(days=366)


class GroupForm(forms.Form):
    """Who meets about what, every how many weeks."""

    title = CharField(label="What is the group called?", max_length=120)
    theme = Choice(label="What is it about?", choices=THEMES.items(), as_select=True)
    kind = Choice(label="Which audits does it make?", choices=[], as_select=True)
    every_weeks = forms.IntegerField(label="Every how many weeks?", min_value=1, max_value=MOST_WEEKS, initial=6)
    first_on = Date(label="When does it meet first?")
    at = Time(label="At what time?")
    chair = Choice(label="Who chairs it?", choices=[], as_select=True)
    agencies = MultipleChoice(label="Which agencies are asked?", choices=[])

    def __init__(
        self,
        *given: Any,
        kinds: Mapping[str, AuditKind],
        chairs: Iterable[Viewer],
        agencies: Iterable[Agency],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*given, **options)
        self.chairs = {str(one.pk): one for one in chairs}
        choices = {"kind": [("", "Choose"), *of_several(kinds)],
                   "chair": [("", "Choose"), *((key, f"{one.name}, {one.agency}") for key, one in self.chairs.items())],
                   "agencies": [(one.key, one.name) for one in agencies]}  # fmt: skip
        for name, offered in choices.items():
            cast("forms.ChoiceField", self.fields[name]).choices = offered
        first = cast("Date", self.fields["first_on"])
        first.earliest, first.latest = today - A_YEAR, today + A_YEAR

    def group(self) -> NewGroup:
        """As the action takes it."""
        return NewGroup(**{**self.cleaned_data, "chair": self.chairs[self.cleaned_data["chair"]]})


class BecameForm(CameForm):
    """What became of a planned meeting: who came, or why it was not held."""

    planned_on = Choice(label="Which meeting?", choices=[], as_select=True)
    is_held = YesNo(label="Was it held?", look=Look(reveals={"yes": "held_on", "no": "why"}))
    held_on = Date(label="When was it held?", required=False)
    why = CharField(label="Why not?", max_length=300, required=False)

    def __init__(
        self, *given: Any, group: Group, days: Iterable[DayOf], agencies: Iterable[Agency], today: date, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        self.of, self.today = group, today
        offered = [(day.on.isoformat(), short_day(day.on)) for day in days]
        cast("forms.ChoiceField", self.fields["planned_on"]).choices = [("", "Choose"), *offered]
        cast("Date", self.fields["held_on"]).latest = today
        self.ask(agencies, "came")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("is_held") is True and not said.get("held_on"):
            self.add_error("held_on", SAY_WHEN)
        if said.get("is_held") is False and not says_something(said.get("why", "")):
            self.add_error("why", SAY_WHY)
        return said

    @property
    def planned(self) -> date:
        """The day that was planned."""
        return date.fromisoformat(self.cleaned_data["planned_on"])

    def meeting(self) -> Came:
        """As the action takes it."""
        held_on = self.cleaned_data["held_on"]
        return Came(self.of.kind, held_on, self.came(), self.words(), self.of, self.planned)

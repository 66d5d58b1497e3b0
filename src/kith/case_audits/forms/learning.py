"""Forms of the loop of learning: its rhythm, a month's learning, what changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.case_audits.actions.learning import Learned, NewRhythm
from kith.case_audits.rules.rhythm import Rhythm
from kith.foundations.access.models import Viewer
from kith.foundations.design_system.forms import Choice, Date, Look, TextArea
from kith.insight.rules.periods import Month

A_MONTH = timedelta(days=31)


class LearningForm(forms.Form):
    """A month's learning, for teams. It names nobody."""

    month = Choice(label="Which month?", choices=[], as_select=True)
    good = TextArea(label="What was good?", max_length=3000, look=Look(rows=4))
    keeps_coming_up = TextArea(label="What keeps coming up?", max_length=3000, look=Look(rows=4))
    you_said = TextArea(label="You said", required=False, max_length=2000, look=Look(rows=3))
    we_did = TextArea(label="We did", required=False, max_length=2000, look=Look(rows=3))

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        months = [Month.of(today) - back for back in range(6)]
        cast("forms.ChoiceField", self.fields["month"]).choices = [
            ("", "Choose"),
            *((one.first.isoformat(), str(one)) for one in months),
        ]

    def learned(self) -> Learned:
        """As the action takes it."""
        said = self.cleaned_data
        return Learned(**{**said, "month": date.fromisoformat(said["month"])})


class RhythmForm(forms.Form):
    """How often, from when on, by whom."""

    every = Choice(label="How often is learning sent to teams?", choices=[(one.value, one.words) for one in Rhythm])
    since = Date(label="When is it due first?")
    owner = Choice(label="Who sees that it is sent?", choices=[], as_select=True)

    def __init__(self, *given: Any, owners: Iterable[Viewer], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.owners = {str(one.pk): one for one in owners}
        names = [
            (key, f"{one.name}, {one.agency.name}" if one.agency else one.name) for key, one in self.owners.items()
        ]
        cast("forms.ChoiceField", self.fields["owner"]).choices = [("", "Choose"), *names]
        since = cast("Date", self.fields["since"])
        since.earliest, since.latest = today, today + A_MONTH

    def rhythm(self) -> NewRhythm:
        """As the action takes it."""
        said = self.cleaned_data
        return NewRhythm(Rhythm(said["every"]), said["since"], self.owners[said["owner"]])


class ChangedForm(forms.Form):
    """What is different since."""

    changed = TextArea(
        label="What has changed since?",
        help_text="What teams do differently, and how you know. Without names.",
        max_length=3000,
        look=Look(rows=5),
    )

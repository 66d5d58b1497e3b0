"""What is asked of a meeting that reviews ratings: who met and when, what it said of each, and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from kith.foundations.access.models import Viewer
from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, YesNo
from kith.insight.actions.reviews import SAY_MORE, RatingSaid
from kith.insight.rules.measures import DASHBOARDS
from kith.subjects.wording import SECOND_LOOK


class ReviewForm(forms.Form):
    """Which dashboard, who met, when."""

    dashboard = Choice(label="Which dashboard was reviewed?", choices=list(DASHBOARDS.items()))
    group = CharField(label="Which group met?", help_text="Such as: Quality and assurance group", max_length=120)
    met_on = Date(label="When did it meet?")

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["met_on"].latest = today  # type: ignore[attr-defined]


class RatingForm(forms.Form):
    """What the meeting said of one rating. `owners` are members of staff who see figures."""

    def __init__(self, *given: Any, owners: Sequence[Viewer], **options: Any) -> None:
        super().__init__(*given, **options)
        self.owners = {str(one.pk): one for one in owners}
        self.fields["commentary"] = TextArea(
            label="What does the meeting make of it?",
            help_text="What explains it, and how sure you are. Name no child, and no number that the page does not "
            "show.",
            max_length=2000,
            look=Look(rows=4, second_look=SECOND_LOOK),
        )
        self.fields["action"] = TextArea(label="What will be done?", max_length=500, look=Look(rows=3))
        named = [(key, f"{one.name}, {one.agency.name if one.agency else ''}") for key, one in self.owners.items()]
        self.fields["owner"] = Choice(label="Who answers for it?", as_select=True, choices=named)
        self.fields["due"] = Date(label="By when?")
        self.fields["escalated"] = YesNo(
            label="Escalate it to the executive?",
            help_text="It then stands on every leader’s dashboard until it is answered.",
        )

    def clean_commentary(self) -> str:
        return _says(self.cleaned_data["commentary"])

    def said(self) -> RatingSaid:
        """The answers."""
        said = self.cleaned_data
        owner = self.owners[said["owner"]]
        return RatingSaid(said["commentary"], said["action"], owner, said["due"], said["escalated"] is True)


class AnswerForm(forms.Form):
    """The executive's answer, or what came of an action."""

    def __init__(self, *given: Any, label: str, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["words"] = TextArea(label=label, max_length=2000, look=Look(rows=4, second_look=SECOND_LOOK))

    def clean_words(self) -> str:
        return _says(self.cleaned_data["words"])


def _says(typed: str) -> str:
    if not says_something(typed):
        raise forms.ValidationError(SAY_MORE)
    return typed.strip()

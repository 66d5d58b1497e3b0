"""What is asked of whoever assesses a group or a place, and of whoever looks at it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.subjects.assessing.actions import Assessed
from kith.subjects.assessing.rules import NO_LONGER, REVIEW_WITHIN, Kind
from kith.subjects.wording import SECOND_LOOK

LONGEST = 10_000
LOOK = Look(rows=4, second_look=SECOND_LOOK)


class AssessForm(forms.Form):
    """A group or a place in words: the questions of its kind. Nobody is labelled; no grade and no number."""

    def __init__(self, *given: Any, kind: Kind, today: date, first: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        if not first:
            self.fields["why_now"] = CharField(label="Why it is written anew", max_length=300)
        for part in kind.parts:
            self.fields[part.key] = TextArea(
                label=part.title, help_text=part.help, required=part.needed, max_length=LONGEST, look=LOOK
            )
        again = Date(label="Look at it again by", help_text="Within 3 months is usual.")
        again.earliest = today
        self.fields["review_on"] = again
        self.initial.setdefault("review_on", today + REVIEW_WITHIN)

    def assessed(self) -> Assessed:
        """The answers as the action takes them."""
        said = dict(self.cleaned_data)
        return Assessed(review_on=said.pop("review_on"), why_now=said.pop("why_now", ""), told=said)


class ReviewForm(forms.Form):
    """What was found, and what follows."""

    outcome = Choice(label="Having looked at it again", choices=[])
    found = TextArea(label="What you looked at, with whom, and what you found", max_length=LONGEST, look=Look(rows=4))
    review_on = Date(label="Look at it again by", required=False, help_text="Blank only if it is no longer needed.")

    def __init__(self, *given: Any, kind: Kind, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["outcome"].choices = list(kind.outcomes.items())  # type: ignore[attr-defined]
        self.fields["review_on"].earliest = today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("outcome") not in (None, NO_LONGER) and not said.get("review_on") and not self.errors:
            self.add_error("review_on", "Say by when it is looked at again")
        return said

"""What is asked of whoever assesses a group, and of whoever looks at it again."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.subjects.assessing.actions import Assessed
from kith.subjects.assessing.rules import NO_LONGER, OUTCOMES, PARTS, REVIEW_WITHIN
from kith.subjects.wording import SECOND_LOOK

LONGEST = 10_000
LOOK = Look(rows=4, second_look=SECOND_LOOK)


class AssessForm(forms.Form):
    """The group in words: nobody is labelled by being in it, and there is no grade and no number."""

    why_now = CharField(label="Why it is written anew", max_length=300)
    purpose = TextArea(
        label=PARTS["purpose"], max_length=LONGEST, look=LOOK, help_text="What it is to make safer, and for whom."
    )
    said = TextArea(
        label=PARTS["said"],
        max_length=LONGEST,
        required=False,
        look=LOOK,
        help_text="In their own words: what the group is to them, when they feel safe in it and when not.",
    )
    strengths = TextArea(
        label=PARTS["strengths"], max_length=LONGEST, look=LOOK, help_text="How they look out for one another."
    )
    harms = TextArea(
        label=PARTS["harms"],
        max_length=LONGEST,
        look=LOOK,
        help_text="What others do to them, and what happens between them. Where it comes from, not whose fault it is.",
    )
    places = TextArea(label=PARTS["places"], max_length=LONGEST, required=False, look=LOOK)
    guardians = TextArea(
        label=PARTS["guardians"],
        max_length=LONGEST,
        required=False,
        look=LOOK,
        help_text="Adults and young people who keep them safe: who they are, and when they are about.",
    )
    at_risk = TextArea(
        label=PARTS["at_risk"],
        max_length=LONGEST,
        look=LOOK,
        help_text="In words, for each as far as it is known: harmed by whom, how, and what lowers it.",
    )
    next_steps = TextArea(label=PARTS["next_steps"], max_length=LONGEST, required=False, look=LOOK)
    review_on = Date(label="Look at it again by", help_text="Within 3 months is usual.")

    def __init__(self, *given: Any, today: date, first: bool, **options: Any) -> None:
        super().__init__(*given, **options)
        cast("Date", self.fields["review_on"]).earliest = today
        if first:
            del self.fields["why_now"]
        self.initial.setdefault("review_on", today + REVIEW_WITHIN)

    def assessed(self) -> Assessed:
        """The answers as the action takes them."""
        return Assessed(**self.cleaned_data)


class ReviewForm(forms.Form):
    """What was found, and what follows."""

    outcome = Choice(label="Having looked at it again", choices=OUTCOMES.items())
    found = TextArea(label="What you looked at, with whom, and what you found", max_length=LONGEST, look=Look(rows=4))
    review_on = Date(label="Look at it again by", required=False, help_text="Blank only if it is no longer needed.")

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast("Date", self.fields["review_on"]).earliest = today

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("outcome") not in (None, NO_LONGER) and not said.get("review_on") and not self.errors:
            self.add_error("review_on", "Say by when it is looked at again")
        return said

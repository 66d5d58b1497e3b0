"""What is asked about an absence while it goes on, when it is over, and when something was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from kith.foundations.access.models import Agency
from kith.foundations.clocks import HERE
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, Time
from kith.foundations.design_system.words import day
from kith.missing.actions import Back
from kith.missing.actions.grading import WHY_NOT, Graded
from kith.missing.models import Episode
from kith.missing.rules.codes import choices, listed
from kith.missing.rules.grading import needs_why_not
from kith.subjects.wording import SECOND_LOOK


class UpdateForm(forms.Form):
    """What is being done to find the child."""

    text = TextArea(
        label="What is being done?",
        max_length=500,
        help_text="It stands on the board, which others in the room can read: name no child.",
        look=Look(rows=3, second_look=SECOND_LOOK),
    )


class GradeForm(forms.Form):
    """How quickly the search must act, and why. Where something on record asks to consider high, why not."""

    code = Choice(
        label="How is it graded?",
        choices=choices("grades"),
        look=Look(hints={one.key: one.hint for one in listed("grades")}),
    )
    reasons = TextArea(label="Why?", max_length=2000, look=Look(rows=3, second_look=SECOND_LOOK))
    why_not_high = TextArea(label="Why not high?", max_length=2000, required=False, look=Look(rows=3))
    agency = Choice(label="Whose grade it is", choices=[], as_select=True)
    grader = CharField(label="Who graded it, if not you", max_length=200, required=False, help_text="Name and post.")

    def __init__(self, *given: Any, agencies: Iterable[Agency], consider: Sequence[str], **options: Any) -> None:
        super().__init__(*given, **options)
        self.consider = list(consider)
        self.fields["agency"].choices = [("", "Choose"), *((str(one.pk), one.name) for one in agencies)]  # type: ignore[attr-defined]
        if not self.consider:
            del self.fields["why_not_high"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        code = said.get("code")
        if code and needs_why_not(code, self.consider) and not said.get("why_not_high", "").strip():
            self.add_error("why_not_high", WHY_NOT)
        return said

    def graded(self) -> Graded:
        """The answers as the action takes them."""
        said = self.cleaned_data
        return Graded(
            said["code"], said["reasons"], said.get("why_not_high", ""), said["grader"], agency_id=int(said["agency"])
        )


class BackForm(forms.Form):
    """When and where the child came back."""

    back_on = Date(label="The day they came back")
    back_time = Time(
        label="The time they came back",
        help_text="Such as 6:15 am: when they were back or found, not when you were told. The conversation’s clock "
        "runs from it.",
    )
    place = CharField(label="Where they were found, or came back to", max_length=300, required=False)
    found_by = Choice(label="How they came back", choices=choices("found_by"))
    returned_to = Choice(label="Where they are now", choices=choices("returned_to"))
    harm_seen = TextArea(
        label="Any harm you have seen, or that they told you of",
        max_length=2000,
        required=False,
        look=Look(rows=3, second_look=SECOND_LOOK),
    )

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["back_on"].latest = today  # type: ignore[attr-defined]

    def back(self) -> Back:
        """The answers as the action takes them."""
        said = self.cleaned_data
        at = datetime.combine(said["back_on"], said["back_time"], tzinfo=HERE)
        words = {name: said[name] for name in ("place", "found_by", "returned_to", "harm_seen") if name in said}
        return Back(at, **words)


class CorrectForm(BackForm):
    """The time of return as it was, and why what stands is wrong."""

    found_by = None  # type: ignore[assignment]
    returned_to = None  # type: ignore[assignment]
    harm_seen = None  # type: ignore[assignment]
    why = TextArea(
        label="Why is it wrong?",
        max_length=300,
        help_text="It stands beside both times on the child’s record.",
        look=Look(rows=2, second_look=SECOND_LOOK),
    )


class BecauseForm(forms.Form):
    """Why."""

    because = TextArea(label="Why?", max_length=300, look=Look(rows=2, second_look=SECOND_LOOK))


class JoinForm(BecauseForm):
    """Which absence it is one with."""

    into = Choice(label="Which absence is it one with?", choices=[])

    field_order = ("into", "because")

    def __init__(self, *given: Any, near: Iterable[Episode], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["into"].choices = [(str(one.pk), f"{one.reference}, from {day(one.gone_at)}") for one in near]  # type: ignore[attr-defined]

"""What is asked of those who offer and hold conversations on return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django import forms

from kith.foundations.clocks import HERE
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, Time, YesNo
from kith.missing.actions.conversations import Taking
from kith.missing.rules import Step
from kith.missing.rules.codes import choices
from kith.missing.rules.steps import WORDS
from kith.subjects.wording import SECOND_LOOK

REVEALS = {"declined": "declined", "not-offered": "not_offered", "held": "independent"}


class StepForm(forms.Form):
    """One step: what happened, when, and what that step needs."""

    step = Choice(label="What happened?", choices=[], look=Look(reveals=REVEALS))
    declined = Choice(label="Why was it declined?", choices=choices("declined"), required=False)
    not_offered = Choice(label="Why was it not offered?", choices=choices("not_offered"), required=False)
    independent = YesNo(label="Is whoever held it independent of where the child lives?", required=False)
    on = Date(label="On which day?")
    at = Time(label="At what time?")
    who = CharField(
        label="Who",
        required=False,
        max_length=200,
        help_text="Who made the offer, or whom the child chose to talk with.",
    )
    how = Choice(label="How the child chose to talk", choices=choices("how"), required=False, as_select=True)
    words = TextArea(
        label="In words",
        required=False,
        max_length=2000,
        look=Look(rows=3, second_look=SECOND_LOOK),
        help_text="Such as what the child asked for. The police see how things stand, and not these words.",
    )
    again_on = Date(label="If it was declined: offer it again on", required=False)
    again_who = CharField(label="If it was declined: which other adult could offer it", required=False, max_length=200)
    instead_of = Choice(label="Does it set an earlier step right?", choices=[], required=False, as_select=True)

    def __init__(self, *given: Any, steps: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["step"].choices = [(step.value, WORDS[step]) for step in Step if step is not Step.WRITTEN_UP]  # type: ignore[attr-defined]
        self.fields["instead_of"].choices = [("", "No"), *steps]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for value, name in REVEALS.items():
            if said.get("step") == value and said.get(name) in ("", None):
                self.add_error(name, f"Answer the question: {self.fields[name].label}")
        return said

    def taking(self) -> Taking:
        """The answers as the action takes them."""
        said = self.cleaned_data
        step = Step(said["step"])
        return Taking(
            step=step,
            at=moment_of(said["on"], said["at"]),
            reason=said["declined"] if step is Step.DECLINED else said["not_offered"],
            independent=cast("bool | None", said["independent"]) if step is Step.HELD else None,
            instead_of=int(said["instead_of"]) if said["instead_of"] else None,
            **{name: said[name] for name in ("words", "how", "who", "again_on", "again_who")},
        )


def moment_of(on: date, at: Any) -> datetime:
    """A day and a time as they are told here. Of a time that comes twice as the clocks go back, the first."""
    return datetime.combine(on, at, tzinfo=HERE)

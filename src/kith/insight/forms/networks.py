"""What is asked before a network is drawn, and when a picture of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms

from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, TextArea
from kith.front_door.rules import codes
from kith.insight.actions.networks import Wanted
from kith.insight.network_permissions import SAY_WHY
from kith.insight.queries.networks_of_cut import knows_code
from kith.insight.rules.networks import MODES, Mode
from kith.insight.rules.networks_in_codes import LONGEST, number_of

if TYPE_CHECKING:
    from kith.insight.models import Cut


class NetworkForm(forms.Form):
    """Purpose and lawful basis first; then for whom, and from when to when."""

    purpose = TextArea(
        label="What is this network for?",
        help_text="What will be decided or done with it. It is kept with your name each time you look.",
        max_length=300,
        look=Look(rows=3),
    )
    bases = MultipleChoice(label="Lawful basis", choices=codes()["bases"].choices())
    mode = Choice(label="For whom is the picture?", choices=[(mode.value, title) for mode, title in MODES.items()])
    since = Date(label="Evidence from", required=False, help_text="Leave empty for everything that still stands.")
    upto = Date(label="Evidence up to", required=False)
    find = CharField(label="Find a child, a group or a place that is open to you", required=False, max_length=100)

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("since", "upto"):
            cast(Date, self.fields[name]).latest = today

    def clean_purpose(self) -> str:
        typed = str(self.cleaned_data["purpose"]).strip()
        if not says_something(typed):
            raise forms.ValidationError(SAY_WHY)
        return typed

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        since, upto = answers.get("since"), answers.get("upto")
        if since and upto and upto < since:
            self.add_error("upto", "The last day must be on or after the first")
        return answers

    def wanted(self, seeds: Sequence[int]) -> Wanted:
        """The answers, with whom it begins from."""
        said = self.cleaned_data
        return Wanted(
            said["purpose"], said["bases"], Mode(said["mode"]), seeds, said["since"] or None, said["upto"] or None
        )


class KeepForm(forms.Form):
    """What somebody makes of the picture."""

    narrative = TextArea(
        label="What do you make of it, and what does it not show?",
        help_text="Somebody who was not there must be able to follow it. This is your reading and not a finding.",
        max_length=4000,
    )


class WholeForm(forms.Form):
    """Why an analyst looks at the network of a cut."""

    purpose = TextArea(
        label="What is it for?",
        help_text="What will be decided or done with it. It is kept with your name each time you look.",
        max_length=300,
        look=Look(rows=3),
    )
    bases = MultipleChoice(label="Lawful basis", choices=codes()["bases"].choices())
    code = CharField(
        label="Draw the network around one code",
        help_text="A person's, a group's or a place's code in this cut. Leave empty to read of the communities.",
        required=False,
        max_length=LONGEST,
        look=Look(width=20),
    )
    steps = Choice(
        label="How far",
        choices=[("1", "One step: whom and what it is linked with"), ("2", "Two steps")],
        initial="1",
    )

    def __init__(self, *given: Any, cut: Cut | None, begin: str = "", **options: Any) -> None:
        super().__init__(*given, **options)
        self.cut, self.begin = cut, begin

    def clean(self) -> dict[str, Any]:
        """A place's or a group's button stands for its code typed."""
        answers = super().clean() or {}
        answers["steps"] = int(answers.get("steps") or 1)
        code = answers["code"] = (self.begin or str(answers.get("code") or "")).strip().lower()
        wants = self.begin or self.data.get("draw")
        if wants and not code:
            self.add_error("code", "Type the code from which the picture begins")
        if code and wants and (self.cut is None or not _is_known(self.cut, code)):
            self.add_error("code", "No link of this cut has that code")
        return answers

    def clean_purpose(self) -> str:
        typed = str(self.cleaned_data["purpose"]).strip()
        if not says_something(typed):
            raise forms.ValidationError(SAY_WHY)
        return typed


def _is_known(cut: Cut, code: str) -> bool:
    try:
        number_of(code)
    except ValueError:
        return False
    return knows_code(cut, code)

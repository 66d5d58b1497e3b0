"""What is asked when a consultation is logged, found, rung back or overseen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.foundations.access.models import Agency
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, YesNo
from kith.foundations.design_system.words import short_day
from kith.foundations.letters.rules import LEAVE_OUT, name_in
from kith.front_door.actions.advice import REQUEST, RING_BACK, UNNAMED, Consulted
from kith.front_door.forms.checks import choices_of, hints_of, offer
from kith.front_door.queries.advice import AdviceFilter
from kith.subjects.wording import SECOND_LOOK

ONLY = {"unseen": "No manager has signed it", "ring-back": "To be rung back", "mine": "Logged by me"}
AHEAD = timedelta(days=60)


class ConsultationForm(forms.Form):
    """Who rang, what they asked, what they were told, what follows."""

    caller_name = CharField(label="Who asks?", max_length=200)
    agency = Choice(label="Their agency", required=False, as_select=True, choices=[])
    caller_agency = CharField(
        label="Their agency or group, where it is not in the list", required=False, max_length=200
    )
    caller_phone = CharField(label="Phone", required=False, max_length=60, look=Look(width=20))
    mode = Choice(
        label="Is a child named?",
        choices=choices_of("modes"),
        look=Look(hints=hints_of("modes"), reveals={"named": "child_name"}),
    )
    child_name = CharField(label="The child’s name, as the caller says it", required=False, max_length=300)
    asked = TextArea(label="What do they ask?", max_length=20_000, look=Look(rows=4, second_look=SECOND_LOOK))
    advice = TextArea(label="What did you advise?", max_length=20_000, look=Look(rows=4, second_look=SECOND_LOOK))
    expected = TextArea(label="What do you think will follow?", required=False, max_length=5000, look=Look(rows=2))
    follows = Choice(
        label="What comes of it?",
        choices=choices_of("follows"),
        look=Look(
            hints={REQUEST: "It goes into the front door’s queue as a contact"}, reveals={RING_BACK: "ring_back_on"}
        ),
    )
    ring_back_on = Date(label="Ring back on", required=False)
    letter = YesNo(
        label="Do they want the advice in writing?", look=Look(inline=False, reveals={"yes": "caller_email"})
    )
    caller_email = forms.EmailField(label="Send it to", required=False, error_messages={
        "invalid": "Enter an email address such as name@agency.example"})  # fmt: skip

    def __init__(self, *given: Any, agencies: list[Agency], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self._agencies = {str(agency.pk): agency for agency in agencies}
        offer(self.fields["agency"], [("", "Choose"), *((key, one.name) for key, one in self._agencies.items())])
        day = cast(Date, self.fields["ring_back_on"])
        day.earliest, day.latest = today, today + AHEAD

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("mode") == "named" and not answers.get("child_name"):
            self.add_error("child_name", "Enter the child’s name, or choose that nobody is named")
        if answers.get("mode") == UNNAMED and answers.get("child_name"):
            self.add_error("child_name", "You chose that nobody is named: take the name out")
        if (
            answers.get("follows") == RING_BACK
            and not answers.get("ring_back_on")
            and "ring_back_on" not in self.errors
        ):
            self.add_error("ring_back_on", "Enter the day on which they are rung back")
        if answers.get("letter") and (name := name_in(answers.get("advice", ""), [answers.get("child_name", "")])):
            self.add_error("advice", LEAVE_OUT.format(name=name))
        if answers.get("letter") and not answers.get("caller_email") and "caller_email" not in self.errors:
            self.add_error("caller_email", "Enter the address to send the advice to")
        return answers

    def consulted(self) -> Consulted:
        """The answers as the action takes them."""
        given = dict(self.cleaned_data)
        agency, letter = self._agencies.get(given.pop("agency")), given.pop("letter") is True
        return Consulted(agency=agency, letter=letter, **given)


class OversightForm(forms.Form):
    """A manager's word on a consultation."""

    comment = TextArea(
        label="Your comment",
        max_length=5000,
        help_text="Whether the advice was right, and what else should happen.",
        look=Look(rows=3),
    )


class RungBackForm(forms.Form):
    """What was said when the caller was rung back."""

    note = TextArea(label="What was said", max_length=5000, look=Look(rows=3, second_look=SECOND_LOOK))


class AdviceFilterForm(forms.Form):
    """What to show of the consultations."""

    narrows = True
    words = CharField(label="Words, a caller or a reference", required=False, max_length=200)
    agency = Choice(label="Agency", required=False, as_select=True, choices=[])
    follows = Choice(label="What came of it", required=False, as_select=True, choices=[])
    only = Choice(label="Only", required=False, as_select=True, choices=[])
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To and including", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *given: Any, agencies: list[str], **options: Any) -> None:
        super().__init__(*given, **options)
        offer(self.fields["agency"], [("", "Any"), *((name, name) for name in agencies)])
        offer(self.fields["follows"], [("", "Anything"), *choices_of("follows")])
        offer(self.fields["only"], [("", "All"), *ONLY.items()])

    def in_words(self, name: str, value: str) -> str:
        """One thing that the list is narrowed to."""
        answer = getattr(self, "cleaned_data", {}).get(name)
        if name in {"first", "last"} and answer:
            return f"{'From' if name == 'first' else 'To'} {short_day(answer)}"
        return {**dict(choices_of("follows")), **ONLY}.get(value, value)

    def chosen(self) -> AdviceFilter:
        """The filter; what could not be read does not narrow."""
        given = getattr(self, "cleaned_data", {})
        kept = {name: given.get(name) or "" for name in ("words", "agency", "follows", "only")}
        return AdviceFilter(**kept, first=given.get("first"), last=given.get("last"))

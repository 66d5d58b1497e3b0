"""Whom of a family to ask, and what they are answered."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, cast

from django import forms

from kith.foundations.clocks import HERE
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.missing.actions.follow_ups import Asking
from kith.missing.rules.codes import choices

LANGUAGES = [("en", "English"), ("cy", "Welsh"), ("other", "Another language")]
FROM_THEN = time(10)  # nobody is asked before ten in the morning


class AskingForm(forms.Form):
    """A parent or carer who is asked some days after the return."""

    name = CharField(label="Their name", max_length=200, help_text="Never stands in the message.")
    relation = Choice(label="Who they are", choices=choices("relations"), as_select=True)
    phone = CharField(label="Mobile number", required=False, max_length=40, look=Look(width=20))
    email = forms.EmailField(label="Or email address", required=False)
    language = Choice(label="The language they would like", choices=LANGUAGES, as_select=True, initial="en")
    ask_on = Date(label="Ask on", required=False, help_text="Leave it empty for three days after the return.")

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast("Date", self.fields["ask_on"]).earliest = today
        self.fields["language"].help_text = "The pages are in English so far. For another language, ring them as well."

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("phone") and not said.get("email") and "email" not in self.errors:
            self.add_error("phone", "Enter a mobile number or an email address")
        return said

    def asking(self) -> Asking:
        """The answers as the action takes them."""
        said = dict(self.cleaned_data)
        on = said.pop("ask_on")
        return Asking(**said, ask_on=datetime.combine(on, FROM_THEN, tzinfo=HERE) if on else None)


class ReplyForm(forms.Form):
    """What they are answered, by a private link."""

    text = TextArea(
        label="Your reply",
        max_length=5000,
        look=Look(rows=5),
        help_text="In plain words, without names. It goes by a private link.",
    )


class StopForm(forms.Form):
    """Why they are not asked after all."""

    because = CharField(label="Why they are not asked after all", max_length=300)

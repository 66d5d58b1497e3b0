"""Telling of a critical moment in a minute; saying what was offered and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, YesNo
from kith.foundations.design_system.forms.not_known import NOT_KNOWN
from kith.foundations.identifiers import check_nhs_number
from kith.moments.actions.receiving import Told
from kith.moments.rules.codes import choices
from kith.subjects.wording import SECOND_LOOK

OLDEST = timedelta(days=366 * 26)
WHO = "Give the NHS number, or the name and the date of birth"


class TellForm(forms.Form):
    """Who, what, are they still here, where to ring back. Nothing else."""

    nhs_number = CharField(label="NHS number", required=False, max_length=20, look=Look(width=20))
    name = CharField(
        label="Or first and last name",
        required=False,
        max_length=200,
        help_text="With the date of birth, if you have no NHS number.",
    )
    born = Date(label="Date of birth", required=False)
    kind = Choice(label="What has happened?", choices=choices("kinds"))
    still_there = YesNo(label="Is the child still with you?", required=False, look=Look(inline=True, not_known=True))
    callback = CharField(label="Which number do we ring back?", max_length=40, look=Look(width=20))

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        born = cast("Date", self.fields["born"])
        born.earliest, born.latest = today - OLDEST, today

    def clean_nhs_number(self) -> str:
        typed = str(self.cleaned_data["nhs_number"])
        if not typed.strip():
            return ""
        checked = check_nhs_number(typed)
        if checked.value is None:
            raise forms.ValidationError(checked.reason, code="invalid")
        return checked.value

    def clean_callback(self) -> str:
        typed = str(self.cleaned_data["callback"])
        if sum(one.isdigit() for one in typed) < 5:
            raise forms.ValidationError("Enter a number that can be rung, like 01632 960100", code="invalid")
        return typed

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "nhs_number" in self.errors or "born" in self.errors:
            return said
        if not said.get("nhs_number") and not (said.get("name") and said.get("born")):
            missing = "born" if said.get("name") else "nhs_number"
            self.add_error(missing, WHO)
        return said

    def told(self) -> Told:
        """The answers as the action takes them."""
        said = self.cleaned_data
        still = said["still_there"]
        words = "not-known" if still == NOT_KNOWN else {True: "yes", False: "no"}.get(still, "")
        same = {name: said[name] for name in ("kind", "callback", "name", "born", "nhs_number")}
        return Told(**same, still_there=words)


class OfferForm(forms.Form):
    """One thing that was offered, and the answer."""

    service = Choice(label="What did you offer?", choices=choices("services"), as_select=True)
    answer = Choice(label="What did they say?", choices=choices("answers"), as_select=True)


class CloseForm(forms.Form):
    """What came of it, for the child's record."""

    came_of = TextArea(
        label="What came of it?",
        help_text="For the child’s record: what they said, what was agreed, who does what next.",
        max_length=4000,
        look=Look(rows=4, second_look=SECOND_LOOK),
    )


class AsideForm(forms.Form):
    """Why it needs no quick response."""

    reason = Choice(label="Why does it need no quick response?", choices=choices("aside"), as_select=True)


class FindForm(forms.Form):
    """Other words to look for."""

    find = CharField(label="Look for somebody else on record", required=False, max_length=100)

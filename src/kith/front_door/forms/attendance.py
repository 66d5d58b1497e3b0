"""What is asked about who is in the hub on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.foundations.access.models import Agency
from kith.foundations.design_system.forms import CharField, Choice, Date, Look
from kith.front_door.actions.attendance import Said
from kith.front_door.forms.checks import choices_of, offer

AHEAD = timedelta(days=31)


class PresenceForm(forms.Form):
    """For each agency of the board: how it takes part on the day. One more may be put on the board."""

    on = Date(label="The day")
    add = Choice(label="Put another agency on the board", required=False, as_select=True, choices=[])
    add_how = Choice(label="How it takes part", required=False, as_select=True, choices=choices_of("presence"))

    def __init__(self, *given: Any, board: list[Agency], others: list[Agency], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.board, self.others = board, others
        cast(Date, self.fields["on"]).latest = today + AHEAD
        for agency in board:
            how = Choice(label=agency.name, required=False, as_select=True, choices=choices_of("presence"))
            self.fields[f"how-{agency.pk}"] = how
            label = f"Note on {agency.name}: who comes, or why not"
            self.fields[f"note-{agency.pk}"] = CharField(
                label=label, required=False, max_length=200, look=Look(size="")
            )
        offer(self.fields["add"], [("", "None"), *((str(one.pk), one.name) for one in others)])
        if not others:
            del self.fields["add"], self.fields["add_how"]
        self.order_fields(["on", *(name for name in self.fields if name not in {"on", "add", "add_how"})])

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("add") and not answers.get("add_how"):
            self.add_error("add_how", "Choose how it takes part")
        return answers

    def said(self) -> list[Said]:
        """What was answered; an agency of which nothing was chosen is left as it is."""
        given = self.cleaned_data
        rows = [Said(one, given[f"how-{one.pk}"], given[f"note-{one.pk}"]) for one in self.board]
        added = [Said(one, given["add_how"]) for one in self.others if str(one.pk) == given.get("add")]
        return [one for one in (*rows, *added) if one.how]

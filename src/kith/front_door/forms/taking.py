"""What somebody who signs in writes down: what they tell the front door themselves, or what it was told by phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from kith.foundations.access.models import Viewer
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, YesNo
from kith.front_door.actions import NamedIn, Told, WhoGave
from kith.front_door.rules import LONGEST_WORDS, codes
from kith.subjects.wording import SECOND_LOOK

NAMED_AT_MOST = 4
PARTS = [("child", "A child or young person"), ("adult", "An adult"), ("group", "A group")]
WHO_TELLS = [("me", "I tell it myself"), ("phone", "Somebody has told me by phone or in person")]


class TakingForm(forms.Form):
    """One contact, on one page: for those who write many."""

    who_tells = Choice(label="Who tells this?", choices=WHO_TELLS)
    giver_kind = Choice(label="Who they are", choices=[], as_select=True, required=False)
    giver_name = CharField(label="Their name", max_length=200, required=False)
    giver_agency = CharField(label="Their agency", max_length=200, required=False)
    giver_phone = CharField(label="Their phone", max_length=60, required=False, look=Look(width=20))
    giver_email = forms.EmailField(label="Their email", required=False)
    unnamed = YesNo(label="Do they wish not to be named to other agencies?", required=False)
    about = Choice(label="What is it about?", choices=[])
    in_danger = YesNo(label="Is anyone in danger now?", help_text="Ring 999 first where somebody is.", required=False)
    what = TextArea(
        label="What was seen or heard", max_length=LONGEST_WORDS, look=Look(rows=6, second_look=SECOND_LOOK)
    )
    how_known = Choice(label="How it is known", choices=[], as_select=True, required=False)
    on = Date(label="The day it happened", required=False)
    place = CharField(label="Where", max_length=300, required=False)
    postcode = CharField(label="Postcode", max_length=10, required=False, look=Look(width=10))

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        lists = codes()
        self._offer("giver_kind", [("", "Choose"), *lists["givers"].choices()])
        self._offer("about", lists["about"].choices())
        self._offer("how_known", [("", "Not said"), *lists["how_known"].choices()])
        self.fields["on"].latest = today  # type: ignore[attr-defined]
        for number in range(1, NAMED_AT_MOST + 1):
            self._ask_whom(number, today)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("who_tells") == "phone" and not answers.get("giver_kind"):
            self.add_error("giver_kind", "Choose who told you")
        return answers

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The questions about each who is named."""
        names = ("name", "part", "born")
        return [[self[f"{name}-{number}"] for name in names] for number in range(1, NAMED_AT_MOST + 1)]

    def told(self, by: Viewer) -> Told:
        """The answers as the action takes them."""
        answers = self.cleaned_data
        where = {"name": answers["place"].strip(), "postcode": answers["postcode"].strip().upper()}
        return Told(
            about=answers["about"],
            what=answers["what"],
            giver=self._giver(by),
            came_by="phone" if answers["who_tells"] == "phone" else "staff",
            in_danger=bool(answers["in_danger"]),
            on=answers["on"] or None,
            where={key: value for key, value in where.items() if value},
            how_known=answers["how_known"],
            named=tuple(self._named()),
        )

    def _giver(self, by: Viewer) -> WhoGave:
        answers = self.cleaned_data
        if answers["who_tells"] == "me":
            agency = by.agency.name if by.agency else ""
            return WhoGave("staff", by.name, by.job_title, agency, by.email, phone=by.phone, viewer=by)
        return WhoGave(
            kind=answers["giver_kind"],
            name=answers["giver_name"],
            agency_name=answers["giver_agency"],
            email=answers["giver_email"],
            phone=answers["giver_phone"],
            unnamed=bool(answers["unnamed"]),
        )

    def _named(self) -> Iterator[NamedIn]:
        for number in range(1, NAMED_AT_MOST + 1):
            name, part = self.cleaned_data[f"name-{number}"].strip(), self.cleaned_data[f"part-{number}"] or "child"
            born = self.cleaned_data[f"born-{number}"]
            details = {"date_of_birth": born.isoformat()} if isinstance(born, date) else {}
            if name:
                yield NamedIn("group" if part == "group" else "person", part, name, details)

    def _ask_whom(self, number: int, today: date) -> None:
        self.fields[f"name-{number}"] = CharField(label="Name", max_length=300, required=False)
        self.fields[f"part-{number}"] = Choice(label="Who they are", choices=PARTS, as_select=True, required=False)
        self.fields[f"born-{number}"] = Date(label="Date of birth", required=False, latest=today)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

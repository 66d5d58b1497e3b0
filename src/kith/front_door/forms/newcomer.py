"""What a new record begins with: what was told, looked over by whoever begins it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.foundations.identifiers import parse_postcode
from kith.front_door.models import Named
from kith.subjects.rules import PLACE_KINDS
from kith.subjects.wording import SECOND_LOOK


class NewPersonForm(forms.Form):
    """A person of whom no agency's file has told."""

    first_name = CharField(label="First name", max_length=120)
    last_name = CharField(label="Last name", max_length=120, required=False)
    known_as = CharField(label="Known as", max_length=120, required=False)
    date_of_birth = Date(label="Date of birth", required=False, help_text="Leave it empty where it is not known.")
    school = CharField(label="School or college", max_length=200, required=False)
    address = CharField(label="Address", max_length=300, required=False)
    postcode = CharField(label="Postcode", max_length=10, required=False, look=Look(width=10))
    phone = CharField(label="Phone", max_length=60, required=False, look=Look(width=20))

    def details(self) -> dict[str, Any]:
        """The answers as facts; a date as ISO text."""
        born = self.cleaned_data["date_of_birth"]
        given = {name: value for name, value in self.cleaned_data.items() if name != "date_of_birth" and value}
        return {**given, "date_of_birth": born.isoformat()} if isinstance(born, date) else given


class NewGroupForm(forms.Form):
    """A peer group whose safety is to be looked at."""

    name = CharField(
        label="What the group is called here",
        max_length=300,
        help_text="A name nobody would mind hearing: where and when they meet.",
    )
    about = TextArea(label="What is known of it", required=False, look=Look(rows=4, second_look=SECOND_LOOK))

    def details(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NewPlaceForm(forms.Form):
    """A place, on the ground or online."""

    name = CharField(label="What the place is called", max_length=300)
    kind = Choice(label="What kind of place it is", choices=list(PLACE_KINDS.items()), as_select=True)
    address = CharField(label="Address", max_length=300, required=False)
    postcode = CharField(label="Postcode", max_length=10, required=False, look=Look(width=10))
    online = CharField(label="Online: platform and name", max_length=300, required=False)

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"].strip()
        if typed and parse_postcode(typed) is None:
            raise forms.ValidationError(
                "This is not a postcode as they are written, such as QX1 2AB; leave it empty if it is not known"
            )
        return parse_postcode(typed) or ""

    def details(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


NewRecordForm = type[NewPersonForm] | type[NewGroupForm] | type[NewPlaceForm]


def new_record_form(named: Named) -> tuple[NewRecordForm, dict[str, Any]]:
    """The form for this kind of record, and what was told to begin it with."""
    told = dict(named.details)
    if named.kind == "group":
        return NewGroupForm, {"name": named.name, "about": told.get("about", "")}
    if named.kind == "place":
        kind = "online" if told.get("online") else ""
        return NewPlaceForm, {"name": named.name, "kind": kind, **told}
    first, _, last = named.name.strip().rpartition(" ")
    return NewPersonForm, {
        "first_name": first or last,
        "last_name": last if first else "",
        **told,
        "date_of_birth": _day(told),
    }


def _day(told: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(told.get("date_of_birth") or told.get("born") or ""))
    except ValueError:
        return None

"""What is asked about groups, places, links and what matters now."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict

from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.foundations.identifiers.postcode import parse_postcode
from kith.subjects.actions import LinkGiven, PlaceDetails
from kith.subjects.rules import EVIDENCE_GRADES, LINK_KINDS, PLACE_KINDS, SubjectKind
from kith.subjects.wording import SECOND_LOOK


class GroupForm(forms.Form):
    """A peer group whose safety is to be looked at."""

    name = CharField(
        label="What to call this group",
        max_length=300,
        help_text="How its young people or workers speak of it, such as “Friday night at the park”. Never “gang”.",
    )
    about = TextArea(
        label="Why this record is opened, and what it is for",
        help_text="What makes these young people unsafe together, or safer, and what somebody will do about it.",
        max_length=2000,
        look=Look(second_look=SECOND_LOOK),
    )
    review_on = Date(
        label="Review on",
        help_text="When somebody will ask whether this record is still needed. Within 3 months is usual.",
    )

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast(Date, self.fields["review_on"]).earliest = today


class PlaceForm(forms.Form):
    """A place, on the ground or online."""

    name = CharField(label="What the place is called", max_length=300)
    kind = Choice(label="What kind of place", choices=PLACE_KINDS.items(), as_select=True)
    address = CharField(label="Address or where it is", max_length=300, required=False)
    postcode = CharField(label="Postcode", max_length=10, required=False, look=Look(width=10))
    online = CharField(label="Platform and handle or address, if it is online", max_length=300, required=False)
    unsafe_hours = CharField(
        label="When it feels unsafe",
        max_length=200,
        required=False,
        help_text="As young people say it, such as “weekdays after school, 3 pm to 5 pm”.",
    )
    guardians = TextArea(
        label="Who looks out for young people there",
        required=False,
        help_text="Shopkeepers, park keepers, door staff, coaches: who they are and how they are reached.",
        look=Look(rows=3),
    )

    def clean_postcode(self) -> str:
        typed = str(self.cleaned_data["postcode"]).strip()
        return typed and (parse_postcode(typed) or typed.upper())

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("kind") == "online" and not answers.get("online"):
            self.add_error("online", "Give the platform and handle, or the address, of a place online")
        return answers

    def details(self) -> PlaceDetails:
        """The answers without the name."""
        return PlaceDetails(**{name: value for name, value in self.cleaned_data.items() if name != "name"})


class MattersForm(forms.Form):
    """The one line at the top of a record."""

    text = CharField(
        label="What matters now, in one line",
        max_length=200,
        required=False,
        help_text="What anybody who opens this record must know first. Your name and the day stand beside it.",
    )


def link_choices(kind: SubjectKind) -> list[tuple[str, str]]:
    """The links one kind of subject can have, as "kind:out" or "kind:in" with its words."""
    offered = []
    for key, link in LINK_KINDS.items():
        if not _suits(kind, link.about):
            continue
        offered.append((f"{key}:out", link.outward.capitalize()))
        if link.inward != link.outward:
            offered.append((f"{key}:in", link.inward.capitalize()))
    return offered


def _suits(kind: SubjectKind, about: str) -> bool:
    if kind == SubjectKind.PERSON:
        return True
    return about in ({"place"} if kind == SubjectKind.PLACE else {"group", "place"})


class LinkForm(forms.Form):
    """How two subjects are linked, and how anybody knows."""

    find = CharField(label="Find whom or what it is linked with", required=False, max_length=100)
    kind = Choice(label="How they are linked", choices=[], as_select=True)
    text = TextArea(
        label="What is the evidence",
        help_text="What was seen, said or recorded, by whom. Those who work with either of them will read this.",
        max_length=1000,
        look=Look(second_look=SECOND_LOOK),
    )
    grade = Choice(label="How it is known", choices=EVIDENCE_GRADES.items())
    last_seen = Date(label="When it was last so", help_text="The day it was seen, said or recorded.")
    expires_on = Date(
        label="When this should drop out",
        required=False,
        help_text="Leave empty for the usual time: a year after it was last seen; family does not drop out.",
    )

    def __init__(self, *given: Any, kind: SubjectKind, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["kind"].choices = [("", "Choose"), *link_choices(kind)]  # type: ignore[attr-defined]
        cast(Date, self.fields["last_seen"]).latest = today
        cast(Date, self.fields["expires_on"]).earliest = today

    def keep_what_was_typed(self) -> None:
        """Shows the answers as typed, without judging them: somebody is being found or chosen first."""
        self._errors = ErrorDict()

    def given(self, subject_id: int, other_id: int) -> LinkGiven:
        """The link as the action takes it."""
        kind, _, way = self.cleaned_data["kind"].partition(":")
        return LinkGiven(
            subject_id=subject_id,
            other_id=other_id,
            kind=kind,
            outward=way == "out",
            text=self.cleaned_data["text"],
            grade=self.cleaned_data["grade"],
            first_seen=self.cleaned_data["last_seen"],
            last_seen=self.cleaned_data["last_seen"],
            expires_on=self.cleaned_data["expires_on"],
        )


class TakeBackForm(forms.Form):
    """Why a piece of evidence is taken back."""

    because = CharField(label="Why this evidence is taken back", max_length=300)

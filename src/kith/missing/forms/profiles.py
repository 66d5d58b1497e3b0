"""What is asked about a child's profile."""

from __future__ import annotations

from typing import Any

from django import forms

from kith.foundations.access.models import Team
from kith.foundations.design_system.forms import CharField, Choice, Look, MultipleChoice, TextArea
from kith.foundations.documents.forms import UploadField
from kith.foundations.documents.rules import PICTURES
from kith.missing.actions.profiles import Day, Keepers
from kith.missing.queries.profiles import colleague
from kith.missing.rules.profiles import parts
from kith.subjects.wording import SECOND_LOOK

LONGEST = 4000
NOBODY_KNOWN = "Nobody who works here signs in with this email"


class KeepersForm(forms.Form):
    """Who keeps the profile: a home, one person by their email, or both."""

    home = Choice(label="The home whose staff keep it", choices=[], as_select=True, required=False)
    email = CharField(
        label="Or one person, by their email at work",
        required=False,
        max_length=200,
        help_text="Such as the supervising social worker of a foster carer",
    )

    def __init__(self, *given: Any, homes: list[Team], needed: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        self.homes, self.needed = {str(one.pk): one for one in homes}, needed
        offered = [("", "None"), *((key, f"{one.agency.name}, {one.name}") for key, one in self.homes.items())]
        self.fields["home"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        typed = answers.get("email", "").strip()
        answers["viewer"] = colleague(typed) if typed else None
        if typed and answers["viewer"] is None:
            self.add_error("email", NOBODY_KNOWN)
        if self.needed and not typed and not answers.get("home"):
            self.add_error("home", "Choose a home, or enter somebody's email")
        return answers

    def keepers(self) -> Keepers:
        return Keepers(self.homes.get(self.cleaned_data["home"]), self.cleaned_data["viewer"])


class PartsForm(forms.Form):
    """Every part in words, and the photo."""

    photo = UploadField(
        label="A new photo",
        required=False,
        help_text="Of the face, recent. A JPEG, PNG or similar picture, smaller than 10 MB",
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for one in parts():
            look = Look(rows=3, second_look=SECOND_LOOK)
            self.fields[one.key] = TextArea(
                label=one.title, help_text=one.hint, required=False, max_length=LONGEST, look=look
            )
        self.order_fields([*(one.key for one in parts()), "photo"])

    def clean_photo(self) -> Any:
        given = self.cleaned_data["photo"]
        if given and given.kind not in PICTURES:
            raise forms.ValidationError("Choose a picture, such as a JPEG or PNG")
        return given

    def said(self) -> dict[str, str]:
        return {one.key: self.cleaned_data[one.key] for one in parts()}


class StillTrueForm(forms.Form):
    """Which parts were looked at again and need no change."""

    kinds = MultipleChoice(label="Looked at again today, and still true", choices=[])

    def __init__(self, *given: Any, standing: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["kinds"].choices = standing  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """What the carer says on the day: the second half of the profile."""

    mood = TextArea(label="Their mood before", required=False, max_length=LONGEST, look=Look(rows=2))
    clothing = TextArea(label="What they wear, what they carry", required=False, max_length=LONGEST, look=Look(rows=2))
    happened = TextArea(label="What happened before they left", required=False, max_length=LONGEST, look=Look(rows=3))
    done = TextArea(label="What you did to find them", required=False, max_length=LONGEST, look=Look(rows=3))
    rang = TextArea(
        label="Whom you tried to reach, and what they said", required=False, max_length=LONGEST, look=Look(rows=3)
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not any(str(value).strip() for value in answers.values()) and not self.errors:
            self.add_error("mood", "Answer at least one question")
        return answers

    def day(self) -> Day:
        return Day(**{name: value.strip() for name, value in self.cleaned_data.items()})


class TriggerForm(forms.Form):
    """What tends to come before, and what helps: the child's own words first."""

    own_words = TextArea(
        label="What they say about it, in their words",
        help_text="Ask them. What makes it hard to stay, what makes them want to go",
        required=False,
        max_length=LONGEST,
        look=Look(rows=4),
    )
    before = TextArea(
        label="What tends to come before",
        help_text="Such as after contact, on a Sunday evening, when a certain person rings",
        required=False,
        max_length=LONGEST,
        look=Look(rows=4, second_look=SECOND_LOOK),
    )
    helps = TextArea(
        label="What helps",
        help_text="What has kept them here, or brought them back sooner",
        required=False,
        max_length=LONGEST,
        look=Look(rows=4, second_look=SECOND_LOOK),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if not any(str(value).strip() for value in answers.values()) and not self.errors:
            self.add_error("own_words", "Write something before you save it")
        return answers


class EndForm(forms.Form):
    """Why nobody keeps it any more."""

    because = CharField(label="Why it ends", max_length=200, help_text="Such as: has moved to another home")

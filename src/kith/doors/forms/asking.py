"""The questions of each page. Only who tells, what it is about and what they saw must be answered."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from kith.doors.rules import one_line, read_position
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, MultipleChoice, TextArea
from kith.foundations.documents.forms import UploadField
from kith.front_door.postcodes import as_postcode
from kith.front_door.rules import codes
from kith.subjects.rules import PLACE_KINDS

GIVERS = {
    "professional": "I work with children, or in the area",
    "public": "I am a member of the public",
    "parent": "I am a parent or carer",
    "young-person": "I am a young person",
}
ABOUT_HINTS = {
    "child": "You, or somebody you know or saw",
    "group": "Friends, or young people who spend time together",
    "place": "Such as a park, a shop, a station or a street",
    "online": "Such as an app, a game or a group chat",
}
KINDS_OF_PLACE = [(key, words) for key, words in PLACE_KINDS.items() if key not in ("online", "home")]


class Line(CharField):
    """One line of text, whatever was sent in it."""

    def clean(self, value: Any) -> str:
        return str(super().clean(one_line(str(value or ""))))


class StartForm(forms.Form):
    """Who tells, and about what."""

    kind = Choice(label="Who are you?", choices=list(GIVERS.items()), look=Look(size="m"))
    about = Choice(label="What do you want to tell us about?", choices=[], look=Look(size="m", hints=ABOUT_HINTS))
    danger = forms.BooleanField(required=False, label="Somebody may come to harm today, and I have rung 999 or 101")

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["about"].choices = codes()["about"].choices()  # type: ignore[attr-defined]


class WhereForm(forms.Form):
    """Where it happens. Nothing must be answered: by name, postcode, kind or position, or "near …"."""

    found = Choice(label="Is it one of these?", choices=[], required=False)
    group = Line(label="What people call the group", required=False, max_length=200)
    online = Line(
        label="The app, game or site, and the name or link you saw",
        required=False,
        max_length=300,
        help_text="Such as the name of the app, the group chat or the account.",
    )
    name = Line(
        label="Name of the place, or street",
        required=False,
        max_length=300,
        help_text="Such as Harbour Park, by the skate bowl.",
    )
    postcode = Line(label="Postcode, if you know it", required=False, max_length=12, look=Look(width=10))
    kind = Choice(label="What kind of place it is", choices=KINDS_OF_PLACE, required=False, as_select=True)
    near = Line(
        label="Not sure? Say what it is near",
        required=False,
        max_length=300,
        help_text="A shop, a bus stop, a school: whatever helps us find it.",
    )
    position = Line(
        label="Position, if your phone shows it",
        required=False,
        max_length=60,
        help_text="Two numbers, such as 51.4545, -2.5879.",
        look=Look(width=20),
    )

    def __init__(self, *given: Any, about: str, found: list[str], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["found"].choices = [(name, name) for name in found]  # type: ignore[attr-defined]
        left_out = {"found"} if not found else set()
        left_out |= {"group"} if about != "group" else set()
        left_out |= {"online"} if about != "online" else {"kind", "near", "position"}
        if about == "online":
            self.fields["name"].label = "The place, if it happens somewhere too"
        for name in left_out:
            del self.fields[name]

    def clean_postcode(self) -> str:
        """As it is written where it can be one; what cannot be one is kept as it was typed: nothing is lost."""
        typed = str(self.cleaned_data["postcode"])
        return as_postcode(typed) or typed

    def clean_position(self) -> str:
        typed = str(self.cleaned_data["position"])
        if typed and read_position(typed) is None:
            raise forms.ValidationError("Enter two numbers, such as 51.4545, -2.5879, or leave the position empty")
        return typed


class WhatForm(forms.Form):
    """What was seen or heard, when, and how they know. Only the first must be answered."""

    what = TextArea(
        label="What did you see or hear?",
        help_text="Write it as you would say it. Who did what, to whom? What were they like: clothes, car, words?",
        look=Look(rows=7, size="m"),
        error_messages={"required": "Write what you saw or heard. A few words are enough"},
    )
    on = Date(label="When was it, or when was the last time?", required=False)
    days = MultipleChoice(label="On which days does it happen?", choices=[], required=False)
    hours = MultipleChoice(label="At what time?", choices=[], required=False)
    how_known = Choice(label="How do you know?", choices=[], required=False)

    file = UploadField(label="A picture or file", required=False)
    keep_place = forms.BooleanField(
        required=False,
        label="Keep where the picture was taken",
        help_text="A phone can write the place into a picture. We take it out, unless you tick this.",
    )

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        cast(Date, self.fields["on"]).latest = today
        for name in ("days", "hours", "how_known"):
            self.fields[name].choices = codes()[name].choices()  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Somebody who is named or described. Nothing must be answered."""

    name = Line(label="Name, or what they are called", required=False, max_length=200)
    age = Line(label="Age or date of birth", required=False, max_length=40, look=Look(width=20))
    school = Line(label="School or college", required=False, max_length=200)
    about = TextArea(label="What they look like, or how you know them", required=False, look=Look(rows=3, size="s"))
    part = Choice(
        label="Who are they in this?",
        choices=[("child", "A child or young person"), ("adult", "An adult who worries me")],
        required=False,
    )


class YouForm(forms.Form):
    """Who tells, as far as they want to say, and how it is safe to reach them."""

    name = Line(label="Your name", required=False, max_length=200)
    role = Line(label="Your job", required=False, max_length=200)
    agency_name = Line(label="Where you work", required=False, max_length=200)
    email = forms.EmailField(
        label="Email address",
        required=False,
        help_text="We send you a receipt. It names nobody and says nothing of what you told us.",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": "Enter an email address like name@example.com, or leave it empty"},
    )
    follow = forms.BooleanField(
        required=False,
        label="Send me a code, so that I can read your answer here",
        help_text="We send six figures to your email. You type them on the next page.",
    )
    phone = Line(label="Phone number", required=False, max_length=60, look=Look(width=20))
    best_time = Line(
        label="When and how is it safe to reach you?",
        required=False,
        max_length=200,
        help_text="Such as: text only, never after 5 pm.",
    )
    family_told = Choice(
        label="Have you told the family that you are telling us?",
        choices=[("yes", "Yes"), ("no", "No"), ("not-safe", "No: it would not be safe")],
        required=False,
    )
    unnamed = forms.BooleanField(
        required=False,
        label="Do not give my name to other agencies",
        help_text="We must pass it on only if a court orders it, or to save a life.",
    )

    def __init__(self, *given: Any, kind: str, about: str, **options: Any) -> None:
        super().__init__(*given, **options)
        left_out = {"role", "agency_name", "family_told"} if kind != "professional" else set()
        left_out |= {"family_told"} if about != "child" else set()
        for name in left_out:
            del self.fields[name]
        if kind == "professional":
            self.fields["email"].label = "Work email address"

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("follow") and not answers.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter your email address, so that we can send you a code")
        return answers


class CodeForm(forms.Form):
    """The six figures that were sent."""

    code = Line(
        label="Code from the email",
        max_length=20,
        look=Look(width=10),
        error_messages={"required": "Enter the six figures, or go on without"},
    )


class FollowForm(forms.Form):
    """By what somebody follows what they told."""

    reference = Line(label="Reference", max_length=30, help_text="Such as K7M-4PQ-2XD.", look=Look(width=20))
    code = Line(label="Code", max_length=30, look=Look(width=20))


class AddForm(forms.Form):
    """More words about what was told."""

    words = TextArea(
        label="What do you want to add?",
        look=Look(rows=5, size="m"),
        error_messages={"required": "Write what you want to add"},
    )

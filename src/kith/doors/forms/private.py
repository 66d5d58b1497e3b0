"""What somebody with a private link is asked: a code, letters, what a parent noticed, a child's own words."""

from __future__ import annotations

from typing import Any

from django import forms

from kith.doors.rules import LONGEST
from kith.foundations.design_system.forms import CharField, Choice, Look, MultipleChoice, TextArea, YesNo
from kith.missing.actions.follow_ups import Noticed
from kith.missing.actions.writing_up import Agreed, WhatWasSaid
from kith.missing.rules.codes import choices

SOMETHING = "Tick or write something, or close this page"
ANSWERS = [("all", "Yes"), ("some", "Some of it"), ("none", "No")]
ASKED = (
    ("police", "May we tell the police who and where you named?"),
    ("worker", "May we tell your social worker?"),
    ("parent", "May we tell your parent or carer?"),
    ("school", "May we tell your school?"),
    ("health", "May we tell a nurse or doctor?"),
)

TOO_LONG = "That is too long for one page. Make it shorter, or ring us"
PUSH = [  # the codes of what made it hard to stay, as one says them of oneself
    ("family-conflict", "Rows at home"),
    ("violence-at-home", "Somebody hurt me at home"),
    ("parent-needs", "My mum or dad drinks, takes drugs or is not well"),
    ("where-they-live", "I do not like where I live"),
    ("bullying", "Bullies"),
    ("school", "School was hard"),
    ("bored", "Nothing to do"),
    ("alone", "I felt alone"),
    ("other-push", "Something else"),
]
PULL = [
    ("friends", "To be with friends"),
    ("see-family", "To see family"),
    ("partner", "To see somebody I am close to"),
    ("made-to", "Somebody made me go"),
    ("adult-online", "An adult got in touch online"),
    ("money", "Money, gifts or a place to stay"),
    ("debt", "I owed something, or was scared"),
    ("drugs-parties", "Drugs, drink or parties"),
    ("other-pull", "Something else"),
]


class Words(TextArea):
    """Some words, without a count of letters under the box. A whole book is too long."""

    def clean(self, value: Any) -> str:
        said = str(super().clean(value))
        if len(said) > LONGEST:
            raise forms.ValidationError(TOO_LONG)
        return said


class CodeForm(forms.Form):
    """Six figures."""

    code = CharField(
        label="Your code", max_length=20, look=Look(width=10), help_text="Six numbers.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class LettersForm(forms.Form):
    """Letters that somebody reads off a screen."""

    letters = CharField(
        label="Your letters", max_length=40, look=Look(width=20), help_text="Such as K7QF-W2MB-9XHD. Big or small."
    )


class ParentForm(forms.Form):
    """What a parent or carer noticed. Nothing by itself must be answered but whether we write back."""

    noticed = MultipleChoice(label="Have you noticed any of these?", choices=choices("noticed"), required=False)
    words = Words(
        label="What did you see or hear?",
        required=False,
        help_text="Write it as you would say it.",
        look=Look(rows=5),
    )
    would_help = Words(label="What would help you?", required=False, look=Look(rows=3))
    wants_reply = YesNo(label="Shall we write back to you?")
    kept_from_child = forms.BooleanField(
        required=False,
        label="Keep this out of the file that my child may ask to see",
        help_text="We try to. We ask you first. Now and then the law or a court says that we must show it.",
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not (said.get("noticed") or said.get("words") or said.get("would_help")) and "words" not in self.errors:
            self.add_error("noticed", SOMETHING)
        return said

    def told(self) -> Noticed:
        """The answers as the action takes them."""
        said = dict(self.cleaned_data)
        return Noticed(
            **{**said, "noticed": tuple(said["noticed"]), "wants_reply": bool(said["wants_reply"])},
        )


class ChildForm(forms.Form):
    """A child's own words. Nothing must be answered."""

    own_words = Words(
        label="What do you want to tell us?",
        required=False,
        help_text="In your own words. You can leave things out.",
        look=Look(rows=6),
    )
    push = MultipleChoice(label="Was something hard where you were?", choices=PUSH, required=False)
    pull = MultipleChoice(label="What made you go?", choices=PULL, required=False)
    would_help = Words(label="What would help you?", required=False, look=Look(rows=3))
    trusted = CharField(label="Who is an adult you trust?", required=False, max_length=300)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for key, words in ASKED:
            self.fields[f"agreed_{key}"] = Choice(label=words, choices=ANSWERS, required=False, look=Look(inline=True))

    @property
    def consents(self) -> list[str]:
        return [f"agreed_{key}" for key, _ in ASKED]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        told = any(said.get(name) for name in ("own_words", "push", "pull", "would_help", "trusted"))
        if not told and not self.errors:
            self.add_error("own_words", SOMETHING)
        return said

    def told(self) -> WhatWasSaid:
        """The answers as the action takes them; what was not answered is no."""
        said = self.cleaned_data
        agreed = tuple(Agreed(key, said[f"agreed_{key}"] or "none") for key, _ in ASKED)
        words: dict[str, Any] = {name: said[name] for name in ("own_words", "would_help", "trusted")}
        codes: dict[str, Any] = {name: tuple(said[name]) for name in ("push", "pull")}
        return WhatWasSaid(**words, **codes, agreed=agreed)

"""What is asked about entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.functional import cached_property

from kith.chronology.actions import About, Written
from kith.chronology.kinds import kind
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea, Time, YesNo
from kith.foundations.design_system.words import UK
from kith.subjects.wording import SECOND_LOOK

WRITTEN_KINDS = ("note", "visit", "conversation", "own-words", "strength", "good-news", "worry")


class EntryForm(forms.Form):
    """What happened, when, and whether it matters most."""

    text = TextArea(
        label="What happened, or what was said",
        help_text="Everybody who works with anyone this note is about will read this. What belongs to one of them alone"
        " goes in their own part below.",
        look=Look(rows=6, second_look=SECOND_LOOK),
    )
    kind = Choice(label="What this is", choices=[], as_select=True)
    on = Date(label="The day it happened")
    time = Time(label="The time, if it is known", required=False, help_text="Such as 4:10 pm.")
    significant = YesNo(
        label="Is it among the things that matter most in their story?",
        required=False,
        help_text="You can change this later for each record.",
    )
    find = CharField(label="Find somebody or somewhere to add", required=False, max_length=100)

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        kinds = [(key, kind(key).title) for key in WRITTEN_KINDS]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        cast(Date, self.fields["on"]).latest = today

    @cached_property
    def once(self) -> UUID:
        """The form's own mark, the same however often it is sent; a new one on a new page."""
        try:
            return UUID(self.data.get("once", ""))
        except ValueError:
            return uuid4()

    def keep_what_was_typed(self) -> None:
        """Shows the answers as typed, without judging them: somebody is being found or added first."""
        self._errors = ErrorDict()

    def written(self) -> Written:
        """The answers as the action takes them."""
        answers = self.cleaned_data
        at = datetime.combine(answers["on"], answers["time"], tzinfo=UK) if answers["time"] else None
        return Written(answers["text"], answers["on"], at, answers["kind"], bool(answers["significant"]))


class CorrectionForm(EntryForm):
    """An entry in place of one the same person wrote."""

    because = CharField(
        label="What was wrong", max_length=300, help_text="Others will see that it was corrected, and why."
    )


class SignificantForm(forms.Form):
    """What an entry meant for the subject of this record."""

    impact = CharField(
        label="What it meant, in one line",
        max_length=300,
        required=False,
        help_text="For them, not for the service: what changed in their safety, their days or the people around them.",
    )


class DisputeForm(forms.Form):
    """Who says that an entry is wrong, and how."""

    said_by = CharField(
        label="Who disputes it", max_length=200, help_text="The child, a parent, a worker: by name and role."
    )
    text = TextArea(
        label="What they say, in their words",
        max_length=2000,
        help_text="It will stand beside the entry wherever that shows, for everybody who reads the entry.",
    )


@dataclass(frozen=True)
class Parts:
    """Whom an entry is about so far, and what each one's own part says."""

    about: tuple[int, ...] = ()
    private: tuple[tuple[int, str], ...] = ()

    @classmethod
    def typed(cls, given: QueryDict) -> Parts:
        """As the page sent it: those chosen, then one being added or without one being taken away."""
        about = [*_numbers(given.getlist("about")), *_numbers(given.getlist("add"))]
        gone = set(_numbers(given.getlist("remove")))
        kept = tuple(pk for pk in dict.fromkeys(about) if pk not in gone)
        return cls(kept, tuple((pk, given.get(f"private-{pk}", "")) for pk in kept))

    def private_text(self, subject_id: int) -> str:
        return dict(self.private).get(subject_id, "")

    def as_about(self) -> list[About]:
        """As the action takes them."""
        return [About(pk, self.private_text(pk)) for pk in self.about]


def _numbers(values: Sequence[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]

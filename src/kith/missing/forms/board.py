"""What the board may be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from kith.foundations.design_system.forms import Choice
from kith.missing.presenters.board import Narrowed
from kith.missing.rules.codes import choices

KINDS = [("missing", "Missing"), ("away", "Away")]


class BoardFilter(forms.Form):
    """Three lists; nothing chosen shows everybody."""

    kind = Choice(label="Missing or away", choices=KINDS, as_select=True, required=False)
    grade = Choice(label="Grade", choices=[*choices("grades"), ("none", "Not graded")], as_select=True, required=False)
    responsible = Choice(label="Responsible", choices=[], as_select=True, required=False)

    def __init__(self, *given: Any, teams: Iterable[str], **options: Any) -> None:
        super().__init__(*given, **options)
        for name in self.fields:
            offered = list(self.fields[name].choices)[1:]  # type: ignore[attr-defined]
            self.fields[name].choices = [("", "Everybody"), *offered]  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", "Everybody"), *((one, one) for one in teams)]  # type: ignore[attr-defined]

    def narrowed(self) -> Narrowed:
        """What was chosen; what the lists do not have narrows nothing."""
        self.is_valid()
        return Narrowed(**{name: self.cleaned_data.get(name) or "" for name in self.fields})

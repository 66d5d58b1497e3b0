"""A template changed: its questions one by one, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify

from kith.case_audits.permissions import SAY_WHY_WITHDRAWN
from kith.case_audits.rules.questions import AuditForm, Question
from kith.foundations.access.rules import says_something
from kith.foundations.design_system.forms import CharField, Look, TextArea

MORE = 3  # empty questions at the end
SAY_BOTH, SAY_SOMETHING = "Write both a name and what is asked, or empty both", "A template asks something"
TWICE = "Two questions have this name"


class TemplateForm(forms.Form):
    """Every question with its name and what it asks; one that is emptied is asked no more."""

    why = TextArea(label="Why is it changed?", max_length=300, look=Look(rows=2))

    def __init__(self, *given: Any, stands: AuditForm, **options: Any) -> None:
        super().__init__(*given, **options)
        self.stands = stands
        for number in range(len(stands.questions) + MORE):
            one = stands.questions[number] if number < len(stands.questions) else None
            name = f"Question {number + 1}"
            self.fields[f"title_{number}"] = CharField(
                label=name, max_length=120, required=False, initial=one.title if one else ""
            )
            self.fields[f"ask_{number}"] = TextArea(
                label=f"{name}: what it asks", max_length=500, required=False, initial=one.ask if one else "",
                look=Look(rows=2),
            )  # fmt: skip

    def clean_why(self) -> str:
        why = str(self.cleaned_data["why"])
        if not says_something(why):
            raise forms.ValidationError(SAY_WHY_WITHDRAWN, code="invalid")
        return why

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        keys: set[str] = set()
        for number in range(len(self.stands.questions) + MORE):
            title, ask = said.get(f"title_{number}", ""), said.get(f"ask_{number}", "")
            if bool(title) != bool(ask):
                self.add_error(f"ask_{number}" if title else f"title_{number}", SAY_BOTH)
            elif title and self._key(number, title) in keys:
                self.add_error(f"title_{number}", TWICE)
            elif title:
                keys.add(self._key(number, title))
        if not keys and not self.errors:
            self.add_error("title_0", SAY_SOMETHING)
        return said

    def questions(self) -> list[Question]:
        """As the action takes them. A question keeps its key, whatever it is called, so that it is still counted."""
        said = self.cleaned_data
        rows = [(number, said[f"title_{number}"], said[f"ask_{number}"])
                for number in range(len(self.stands.questions) + MORE)]  # fmt: skip
        return [Question(self._key(number, title), title, ask) for number, title, ask in rows if title]

    def _key(self, number: int, title: str) -> str:
        if number < len(self.stands.questions):
            return self.stands.questions[number].key
        return f"own-{slugify(title)[:40] or number}"

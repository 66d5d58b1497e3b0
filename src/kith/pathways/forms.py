"""What is asked of whoever moves work on or allocates it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from kith.foundations.access.models import Viewer
from kith.foundations.design_system.forms import Choice, Look, TextArea
from kith.pathways.models import Work
from kith.pathways.rules import pathways
from kith.subjects.wording import SECOND_LOOK


class MoveForm(forms.Form):
    """The next step, and why."""

    to_state = Choice(label="What comes next?", choices=[])
    why = TextArea(label="Why", help_text="What was done, what was found.", look=Look(rows=3, second_look=SECOND_LOOK))

    def __init__(self, *given: Any, work: Work, **options: Any) -> None:
        super().__init__(*given, **options)
        offered = [(state.key, state.title) for state in pathways()[work.pathway].may_follow(work.state)]
        self.fields["to_state"].choices = offered  # type: ignore[attr-defined]


class AllocateForm(forms.Form):
    """Who leads it."""

    worker = Choice(label="Who leads it?", choices=[], as_select=True)

    def __init__(self, *given: Any, members: Iterable[Viewer], **options: Any) -> None:
        super().__init__(*given, **options)
        self.members = {str(one.pk): one for one in members}
        offered = [("", "Choose"), *((pk, f"{one.name}, {one.job_title}") for pk, one in self.members.items())]
        self.fields["worker"].choices = offered  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Viewer:
        return self.members[self.cleaned_data["worker"]]

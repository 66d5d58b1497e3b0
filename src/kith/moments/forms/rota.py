"""Putting somebody on the rota; a note for whoever takes over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from django import forms

from kith.foundations.access.models import Team, Viewer
from kith.foundations.design_system.forms import CharField, Choice, Date, Look, TextArea
from kith.moments.rules.rota import SHIFT_KINDS

WEEKS = (("1", "Once"), ("4", "Each week, 4 times"), ("8", "Each week, 8 times"), ("12", "Each week, 12 times"))
YEAR = timedelta(days=366)


class ShiftForm(forms.Form):
    """Who is on call, on which day, in which hours."""

    who = Choice(label="Who is on call?", choices=(), as_select=True)
    day = Date(label="The day the shift begins", help_text="For example, 27 3 2027")
    kind = Choice(label="Which hours?", choices=[(kind.value, title) for kind, title in SHIFT_KINDS.items()])
    weeks = Choice(label="How often?", choices=WEEKS, as_select=True, initial="1")
    phone = CharField(
        label="The number to ring",
        required=False,
        max_length=40,
        help_text="Empty: their own number.",
        look=Look(width=20),
    )

    def __init__(self, *given: Any, people: Sequence[tuple[Team, Viewer]], today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.people = {f"{team.pk}-{viewer.pk}": (team, viewer) for team, viewer in people}
        several = len({team.pk for team, _ in people}) > 1
        offered = [(key, f"{who.name}, {team}" if several else who.name) for key, (team, who) in self.people.items()]
        cast("Choice", self.fields["who"]).choices = [("", "Choose"), *offered]
        day = cast("Date", self.fields["day"])
        day.earliest, day.latest = today - timedelta(days=7), today + YEAR

    def chosen(self) -> tuple[Team, Viewer]:
        """The team and the person."""
        return self.people[self.cleaned_data["who"]]


class HandoverForm(forms.Form):
    """What the next person must know."""

    text = TextArea(
        label="What must whoever takes over know?",
        help_text="Use reference numbers, such as CM-7KQ2XN. What a child’s record needs is written on the record.",
        max_length=4000,
        look=Look(rows=4),
    )

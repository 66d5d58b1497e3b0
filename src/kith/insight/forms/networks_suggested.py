"""What is asked when a suggested link is declined."""

from __future__ import annotations

from django import forms

from kith.foundations.design_system.forms import CharField


class DeclineForm(forms.Form):
    """Why it is not so."""

    because = CharField(
        label="Why these two are not linked by this",
        max_length=300,
        help_text="It is not suggested again, unless you take your decision back.",
    )

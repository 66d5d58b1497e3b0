"""What is asked when shared premises need not be followed."""

from __future__ import annotations

from django import forms

from kith.foundations.design_system.forms import CharField


class SetAsideForm(forms.Form):
    """Why not."""

    because = CharField(
        label="Why need it not be followed?",
        max_length=300,
        help_text="Such as: the organisations have one person for the building, and separate times for the youngest.",
    )

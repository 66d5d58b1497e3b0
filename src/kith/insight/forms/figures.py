"""What pages of figures ask."""

from __future__ import annotations

from typing import Any

from django import forms

from kith.foundations.design_system.forms import TextArea
from kith.insight.permissions import SAY_WHY


class PurposeForm(forms.Form):
    """What somebody needs it for."""

    purpose = TextArea(
        label="What do you need it for?",
        help_text="It is kept with your name, and reviewed.",
        max_length=300,
        error_messages={"required": SAY_WHY},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

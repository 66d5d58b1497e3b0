"""Writing a block of help."""

from __future__ import annotations

from django import forms

from kith.doors.helping import LONGEST_BLOCK
from kith.foundations.design_system.forms import Look, TextArea


class HelpForm(forms.Form):
    """Plain words: paragraphs with an empty line between them, and lists."""

    text = TextArea(
        label="Words",
        required=False,
        max_length=LONGEST_BLOCK,
        help_text="An empty line begins a new paragraph. A line that begins with “- ” is part of a list."
        " Write {front_door} and {out_of_hours} for the phone numbers. Leave it empty for the words that came"
        " with Kith.",
        look=Look(rows=14),
    )

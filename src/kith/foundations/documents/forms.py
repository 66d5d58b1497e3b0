"""The question for a file, answered with one that is checked and cleaned."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kith.foundations.design_system.forms import File
from kith.foundations.documents.checking import check_upload
from kith.foundations.documents.rules import ENDINGS, LARGEST, Checked, Refused

HINT = "A picture, a PDF, a Word file, a spreadsheet, plain text, or a short recording, smaller than 10 MB."


class UploadField(File):
    """One file: a `Checked`, or None where none was given. What is wrong with it is said at the field."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", HINT)
        options.setdefault("error_messages", {}).setdefault("empty", "The file is empty. Choose it again.")
        options.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(ENDINGS)}))  # an offer; content decides
        super().__init__(largest=2 * LARGEST, **options)  # what is larger than LARGEST is refused in our own words

    def clean(self, data: Any, initial: Any = None) -> Checked | None:  # type: ignore[override]
        given = super().clean(data, initial)
        if not given or not data:
            return None
        try:
            return check_upload(given)
        except Refused as refused:
            raise ValidationError(str(refused), code="refused") from refused

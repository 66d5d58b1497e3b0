"""The questions a page may ask. Django's fields, with what GOV.UK's pages need; `help_text` is the hint."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from kith.foundations.design_system.forms.look import Look
from kith.foundations.design_system.forms.not_known import NOT_KNOWN, NOT_KNOWN_WORDS, NotKnown
from kith.foundations.design_system.forms.reading import CannotRead, read_date, read_time
from kith.foundations.design_system.forms.widgets import DateBoxes, TimeBox, TypedDate
from kith.foundations.design_system.words import day as day_in_words

Choices = Iterable[tuple[str, str]]
NOT_OFFERED = "Choose from the answers on the page"


def asking(verb: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options with words for a missing answer that say what to do, unless the page gives its own."""
    label = str(options.get("label") or "an answer")
    lowered = label if label[1:2].isupper() else label[:1].lower() + label[1:]  # "NHS number" stays as it is
    words = f"Answer the question: {label}" if label.endswith("?") else f"{verb} {lowered}"
    options["error_messages"] = {"required": words, **options.get("error_messages", {})}
    return options


class CharField(forms.CharField):
    """One line of text."""

    def __init__(self, *, look: Look | None = None, **options: Any) -> None:
        self.look = look or Look()
        asking("Enter", options)
        super().__init__(**options)


class TextArea(forms.CharField):
    """Several lines; a `max_length` shows how many characters are left."""

    def __init__(self, *, look: Look | None = None, **options: Any) -> None:
        self.look = look or Look()
        asking("Write", options)
        super().__init__(widget=forms.Textarea, **options)


class Choice(forms.ChoiceField):
    """One of several, as radios, or as a list (`as_select=True`). Nothing is chosen beforehand.

    With `Look(not_known=True)` the answer may be NOT_KNOWN, set apart from the others.
    """

    def __init__(self, *, choices: Choices, as_select: bool = False, look: Look | None = None, **options: Any) -> None:
        self.look = look or Look()
        offered = list(choices)
        if self.look.not_known:
            offered.append((NOT_KNOWN.value, NOT_KNOWN_WORDS))
        if as_select and not options.get("initial"):
            offered.insert(0, ("", "Choose"))
        options.setdefault("error_messages", {}).setdefault("invalid_choice", NOT_OFFERED)
        asking("Choose", options)
        super().__init__(choices=offered, widget=forms.Select if as_select else forms.RadioSelect, **options)


class MultipleChoice(forms.MultipleChoiceField):
    """Any number of several, as tick boxes."""

    def __init__(self, *, choices: Choices, look: Look | None = None, **options: Any) -> None:
        self.look = look or Look()
        options.setdefault("error_messages", {}).setdefault("invalid_choice", NOT_OFFERED)
        asking("Choose", options)
        super().__init__(choices=list(choices), widget=forms.CheckboxSelectMultiple, **options)


class YesNo(Choice):
    """Yes or no: True or False; NOT_KNOWN where `Look(not_known=True)`; None where it was not answered."""

    def __init__(self, *, look: Look | None = None, **options: Any) -> None:
        super().__init__(choices=[("yes", "Yes"), ("no", "No")], look=look or Look(inline=True), **options)

    def clean(self, value: Any) -> bool | NotKnown | None:
        answer = super().clean(value)
        return NOT_KNOWN if answer == NOT_KNOWN else {"yes": True, "no": False}.get(answer)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class Date(forms.Field):
    """A date in three boxes: a `date`, NOT_KNOWN where `Look(not_known=True)` allows it, or None.

    `earliest` and `latest` bound the answer, both included; a form sets them for its day in `__init__`.
    """

    widget = DateBoxes

    def __init__(
        self,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        look: Look | None = None,
        **options: Any,
    ) -> None:
        self.look = look or Look()
        self.earliest, self.latest = earliest, latest
        super().__init__(**asking("Enter", options))

    def clean(self, value: Any) -> date | NotKnown | None:
        typed = TypedDate.showing(value)
        if typed.not_known:
            return self._not_known(typed)
        if typed.empty:
            self.validate(None)
            return None
        try:
            read = read_date(typed, called=str(self.label or "The date"))
        except CannotRead as wrong:
            raise ValidationError(str(wrong), code="-".join(wrong.wrong) or "invalid") from wrong
        self._check_bounds(read)
        return read

    def has_changed(self, initial: Any, data: Any) -> bool:
        return TypedDate.showing(initial) != TypedDate.showing(data)

    def _not_known(self, typed: TypedDate) -> NotKnown:
        if typed.day or typed.month or typed.year:
            raise ValidationError("Give a date or tick 'Not known', not both", code="invalid")
        return NOT_KNOWN

    def _check_bounds(self, read: date) -> None:
        if self.earliest and read < self.earliest:
            raise ValidationError(f"{self.label} must be on or after {day_in_words(self.earliest)}", code="invalid")
        if self.latest and read > self.latest:
            raise ValidationError(f"{self.label} must be on or before {day_in_words(self.latest)}", code="invalid")


class Time(forms.Field):
    """A time of day in one box, as people write it: "4:10 pm", "16:10", "midday"."""

    widget = TimeBox

    def __init__(self, *, look: Look | None = None, **options: Any) -> None:
        self.look = look or Look(width=10)
        super().__init__(**asking("Enter", options))

    def clean(self, value: Any) -> time | None:
        typed = str(value or "").strip()
        if not typed:
            self.validate(None)
            return None
        try:
            return read_time(typed, called=str(self.label or "The time"))
        except CannotRead as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong


class File(forms.FileField):
    """One file: not above `largest` bytes, ending in one of `endings` (lower case, with dot) where given."""

    def __init__(
        self,
        *,
        endings: Iterable[str] = (),
        largest: int = 10_000_000,
        look: Look | None = None,
        **options: Any,
    ) -> None:
        self.look = look or Look()
        self.endings, self.largest = tuple(endings), largest
        super().__init__(**asking("Choose", options))

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any] | None:
        given: UploadedFile[Any] | None = super().clean(data, initial)
        if not given or not data:
            return given
        if self.endings and not (given.name or "").lower().endswith(self.endings):
            raise ValidationError(f"The file must end in {' or '.join(self.endings)}", code="invalid")
        if (given.size or 0) > self.largest:
            raise ValidationError(f"The file must be smaller than {self.largest / 1_000_000:g} MB", code="invalid")
        return given


def look_of(field: forms.Field) -> Look:
    """How the field looks; a field of another package gets the ordinary look."""
    look = getattr(field, "look", None)
    return look if isinstance(look, Look) else Look()


def reveals_of(fields: Mapping[str, forms.Field]) -> frozenset[str]:
    """The names of the fields that show only inside another field's choice."""
    return frozenset(name for field in fields.values() for name in look_of(field).reveals.values())

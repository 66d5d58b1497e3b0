"""Forms that ask in GOV.UK's way: fields, how they are drawn, and what 'not known' means."""

from kith.foundations.design_system.forms.fields import (
    CharField,
    Choice,
    Date,
    File,
    MultipleChoice,
    TextArea,
    Time,
    YesNo,
)
from kith.foundations.design_system.forms.look import Look, SecondLook
from kith.foundations.design_system.forms.not_known import NOT_KNOWN, NotKnown
from kith.foundations.design_system.forms.renderer import PageFormRenderer

__all__ = [
    "NOT_KNOWN",
    "CharField",
    "Choice",
    "Date",
    "File",
    "Look",
    "MultipleChoice",
    "NotKnown",
    "PageFormRenderer",
    "SecondLook",
    "TextArea",
    "Time",
    "YesNo",
]

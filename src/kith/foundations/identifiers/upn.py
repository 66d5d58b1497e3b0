"""Unique pupil numbers: a check letter, then twelve characters (DfE, UPN guide for schools).

A permanent number ends in a digit; a temporary one ends in a letter.
"""

from __future__ import annotations

import re

from kith.foundations.identifiers.checked import Checked

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_SHAPE = re.compile(r"^[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]$")


def check_upn(text: str | None) -> Checked:
    """The number as thirteen capitals and digits, or why it cannot be one."""
    upn = "".join((text or "").split()).upper()
    if not upn:
        return Checked(None, "The unique pupil number is empty.")
    if len(upn) != 13:
        return Checked(None, f"A unique pupil number has 13 characters; this has {len(upn)}.")
    if not _SHAPE.match(upn):
        return Checked(None, "A unique pupil number is a letter, 11 digits, and a digit or letter (never I, O or S).")
    if check_letter(upn[1:]) != upn[0]:
        return Checked(
            None, "The first letter of the unique pupil number does not fit the rest; one character is wrong."
        )
    return Checked(upn)


def parse_upn(text: str | None) -> str | None:
    """Thirteen characters, or None when the text is not a well-formed unique pupil number."""
    return check_upn(text).value


def is_temporary(upn: str) -> bool:
    """Temporary numbers end in a letter and may be replaced when the child's real number is found."""
    return upn[-1].isalpha()


def check_letter(twelve: str) -> str:
    """The letter that fits positions 2 to 13: sum of value times position, modulus 23."""
    values = (int(c) if c.isdigit() else _LETTERS.index(c) for c in twelve)
    return _LETTERS[sum(value * place for place, value in enumerate(values, start=2)) % 23]

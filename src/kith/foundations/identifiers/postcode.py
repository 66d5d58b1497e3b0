"""Postcodes in one standard form: capitals, one space before the last three characters (BS 7666)."""

from __future__ import annotations

import re

from kith.foundations.identifiers.checked import Checked

_SHAPE = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$")
_NOT_ALNUM = re.compile(r"[^A-Z0-9]")
_LETTERS_FOR_DIGITS = str.maketrans("OIL", "011")


def check_postcode(text: str | None) -> Checked:
    """'qx14qr' becomes 'QX1 4QR'; an O typed for the inward zero is mended. Shape only, not existence."""
    squeezed = _NOT_ALNUM.sub("", (text or "").upper())
    if not squeezed:
        return Checked(None, "The postcode is empty.")
    mended = squeezed[:-3] + squeezed[-3:-2].translate(_LETTERS_FOR_DIGITS) + squeezed[-2:]
    found = _SHAPE.match(mended)
    if not found:
        return Checked(None, "This is not written like a full UK postcode.")
    return Checked(f"{found[1]} {found[2]}")


def parse_postcode(text: str | None) -> str | None:
    """The postcode in its standard form, or None when it is not written like one."""
    return check_postcode(text).value


def district(postcode: str) -> str:
    """'QX1 4QR' is in district 'QX1'."""
    return postcode.split(" ")[0]


def sector(postcode: str) -> str:
    """'QX1 4QR' is in sector 'QX1 4'."""
    return postcode[:-2]

"""NHS numbers: ten digits, the last a modulus 11 check digit (NHS Data Dictionary, NHS NUMBER)."""

from __future__ import annotations

from kith.foundations.identifiers.checked import Checked

_SEPARATORS = str.maketrans("", "", " -\u00a0\t")


def check_nhs_number(text: str | None) -> Checked:
    """The number as ten digits, or why it cannot be one."""
    digits = (text or "").translate(_SEPARATORS)
    if not digits:
        return Checked(None, "The NHS number is empty.")
    if not (digits.isascii() and digits.isdigit()):
        return Checked(None, "An NHS number has digits only.")
    if len(digits) != 10:
        return Checked(None, f"An NHS number has 10 digits; this has {len(digits)}.")
    if len(set(digits)) == 1:
        return Checked(None, "An NHS number is never one digit repeated.")
    if check_digit(digits[:9]) != digits[9]:
        return Checked(None, "The last digit of the NHS number does not fit the others; one is mistyped.")
    return Checked(digits)


def parse_nhs_number(text: str | None) -> str | None:
    """Ten digits, or None when the text is not a well-formed NHS number."""
    return check_nhs_number(text).value


def check_digit(first_nine: str) -> str | None:
    """The tenth digit, or None where modulus 11 gives 10 (such numbers are never issued)."""
    remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(first_nine)) % 11
    digit = (11 - remainder) % 11
    return None if digit == 10 else str(digit)

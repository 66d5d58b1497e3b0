"""Identifiers and postcodes: is this written correctly? Plain Python, knows no safeguarding word."""

from kith.foundations.identifiers.checked import Checked
from kith.foundations.identifiers.nhs_number import check_nhs_number, parse_nhs_number
from kith.foundations.identifiers.postcode import check_postcode, parse_postcode
from kith.foundations.identifiers.upn import check_upn, parse_upn

__all__ = [
    "Checked",
    "check_nhs_number",
    "check_postcode",
    "check_upn",
    "parse_nhs_number",
    "parse_postcode",
    "parse_upn",
]

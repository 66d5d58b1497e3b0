"""Addresses and postcodes as words to search by. Each begins with a stroke, so that none is taken for a name."""

from __future__ import annotations

import re

from kith.foundations.identifiers import parse_postcode
from kith.foundations.names import fold

STREET_TYPES = {
    short: kind
    for kind, shorts in {
        "road": "rd road", "street": "st street str", "avenue": "ave av avenue", "close": "cl close", "lane": "ln lane",
        "drive": "dr drive drv", "crescent": "cres crescent", "terrace": "ter terrace", "place": "pl place",
        "court": "ct court", "gardens": "gdns gardens", "grove": "gr grove", "square": "sq square", "way": "way",
        "hill": "hill", "row": "row", "walk": "walk", "mews": "mews", "rise": "rise", "parade": "pde parade",
    }.items()
    for short in shorts.split()
}  # fmt: skip
_HOUSE = re.compile(r"^\d+[a-z]?$")


def postcode_word(text: str) -> str | None:
    """'qx1 4qr' is filed as '/qx14qr'; None where it is not a postcode."""
    postcode = parse_postcode(text)
    return "/" + postcode.replace(" ", "").lower() if postcode else None


def address_words(text: str) -> list[str]:
    """'Flat 2, 14 Harbour Road, Severnmouth' is filed under /harbour and /14harbour (and /2… never)."""
    words = fold(text).split()
    found: list[str] = []
    for at, word in enumerate(words):
        if word.isalpha() and word not in STREET_TYPES and len(word) > 2 and word != "flat":
            found.append("/" + word)
            if at and _HOUSE.match(words[at - 1]):
                found.append("/" + words[at - 1] + word)
    return list(dict.fromkeys(found))

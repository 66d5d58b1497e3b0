"""Names are found as names are written, and ordinary words are let be."""

import pytest

from kith.foundations.letters.rules import name_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We have spoken with Amara and her mother.", "Amara"),
        ("We have seen Amara's school.", "Amara's"),
        ("OSEI was told.", "OSEI"),
        ("We have spoken with the family.", ""),
        ("It may be some days; we will ring you.", ""),
        ("A day in June.", ""),
    ],
)
def test_a_name_in_a_text(text: str, found: str) -> None:
    assert name_in(text, ["Amara Osei", "May Will"]) == found

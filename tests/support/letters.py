"""Held over every test: no letter, text message or notice that is written names a person who has a record.

Whatever template or sentence a test makes Kith write is looked at as it is saved, with the people of that test's own
database. A database of thousands, such as the demonstration's, has names that are ordinary words, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

FEW = 60


@pytest.fixture(autouse=True, scope="session")
def _letters_name_nobody() -> Iterator[None]:
    from django.db.models.signals import post_save

    from kith.foundations.letters.models import Letter, Text
    from kith.foundations.notices.models import Notice

    for kind in (Letter, Text, Notice):
        post_save.connect(names_nobody, sender=kind)
    yield
    for kind in (Letter, Text, Notice):
        post_save.disconnect(names_nobody, sender=kind)


def names_nobody(sender: Any, instance: Any, **_: Any) -> None:
    """Raises AssertionError where words that leave Kith name somebody."""
    from kith.foundations.access.actions import system_viewer
    from kith.foundations.access.viewing import viewing_as
    from kith.foundations.letters.rules import name_in
    from kith.subjects.models import Person

    with viewing_as(system_viewer("letters")):
        names = list(Person.objects.values_list("subject__name", "known_as")[: FEW + 1])
    if len(names) > FEW:
        return
    words = " ".join(str(getattr(instance, name, "")) for name in ("subject", "body", "text"))
    found = name_in(words, [part for both in names for part in both])
    assert not found, f"{sender.__name__} names somebody ({found}): {words}"

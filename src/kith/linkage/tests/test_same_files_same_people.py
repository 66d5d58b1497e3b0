"""The same files make the same people, whatever order their numbers were written in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

from kith.foundations.identifiers import parse_nhs_number
from kith.linkage.models import Match
from kith.linkage.settling.run import settle
from kith.subjects.models import Reference
from tests.support.cast import NOW, Cast

from .delivered import says

pytestmark = pytest.mark.django_db


def _child(system: str, key: str, first: str, **facts: str) -> Callable[[], Reference]:
    known = {"first_name": first, "last_name": "Okonjo", "address": "12 Quarry Hill"}
    return lambda: says(system, key, **known | facts)


def _torn(number: int) -> list[Callable[[], Reference]]:
    """One thin record that fits either of two children of one name with two numbers as well: a tie."""
    first = ("Nia", "Benedict", "Harriet", "Mohammed", "Zuzanna", "Oisin")[number]
    born, home = f"201{number}-05-1{number}", {"postcode": f"QX{number} 5RT", "phone": f"0770090012{number}"}
    return [
        _child("school", f"s{number}", first, date_of_birth=born, **home),
        _child("hospital", f"h{number}", first, date_of_birth=born, nhs_number=_nhs(40102 + number), **home),
        _child("clinic", f"c{number}", first, date_of_birth=born, nhs_number=_nhs(94347 + number), **home),
    ]


def _nhs(start: int) -> str:
    """The first valid number that starts so."""
    return next(text for end in range(99_999) if parse_nhs_number(text := f"{start}{end:05d}"))


def _people(cast: Cast, delivered: Iterable[Callable[[], Reference]]) -> set[frozenset[str]]:
    for say in delivered:
        say()
    settle(by=cast.loader, now=NOW)
    together: dict[int | None, set[str]] = defaultdict(set)
    for reference in Reference.objects.filter(kind="person", key__regex="^[shc][0-9]$"):
        together[reference.subject_id].add(reference.key)
    return {frozenset(keys) for keys in together.values()}


def _asked() -> set[frozenset[str]]:
    pairs = Match.objects.filter(outcome="unsure").values_list("left__key", "right__key")
    return {frozenset(pair) for pair in pairs}


def test_numbers_given_in_another_order_make_the_same_people(cast: Cast, settings: object, tmp_path: object) -> None:
    delivered = [say for number in range(6) for say in _torn(number)]
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    forwards, asked = _people(cast, delivered), _asked()
    Match.objects.all().delete()
    Reference.objects.filter(kind="person").delete()
    backwards = _people(cast, reversed(delivered))
    assert backwards == forwards
    assert _asked() == asked
    assert sorted(len(keys) for keys in forwards) == [1] * 6 + [2] * 6

"""Children known here and complete fields, cut after cut: nobody subtracts one cut from another and learns of a few."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings, settings

from kith.foundations.access.actions import figures_scope
from kith.insight.models import Cut
from kith.insight.queries.beside import completeness_of, known_in
from kith.insight.rules.periods import Month, Window, year
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
OVER, FEWEST = year(Month(2025, 6)), 5
CUTS_ON = (date(2026, 6, 20), date(2026, 7, 20), date(2026, 8, 20))
KNOWN = (
    {"ethnicity": {"white": 60, "black": 40, "asian": 21}, "sex": {"F": 70, "M": 51}},
    {"ethnicity": {"white": 60, "black": 41, "asian": 21}, "sex": {"F": 71, "M": 51}},  # one more child came to light
    {"ethnicity": {"white": 80, "black": 43, "asian": 22}, "sex": {"F": 92, "M": 53}},
)
# Events, children, with the field: of all, of the police and of schools; of ten nobody says who told.
TOLD = (
    {"": [90, 65, 58], "police": [50, 40, 30], "school": [30, 20, 20]},
    {"": [91, 66, 59], "police": [51, 41, 31], "school": [30, 20, 20]},
    {"": [121, 95, 78], "police": [70, 60, 49], "school": [31, 20, 21]},
)


@pytest.fixture
def cuts_in(tmp_path: Path, settings: LazySettings) -> Path:
    settings.CUTS = tmp_path
    return tmp_path


@pytest.fixture
def made(cast: Cast, cuts_in: Path) -> list[Cut]:
    return [_take(cast, *told) for told in zip(CUTS_ON, KNOWN, TOLD, strict=True)]


def _take(cast: Cast, as_at: date, known: dict[str, dict[str, int]], told: dict[str, list[int]]) -> Cut:
    name = f"{as_at}-0000000001"
    folder = Path(settings.CUTS) / name / "beside"
    folder.mkdir(parents=True)
    of_year = {"": {"": sum(known["sex"].values())}, **known}
    for what, counted in (("known", of_year), ("quality", {"referral": {"ethnicity": told}})):
        (folder / f"{what}.json").write_text(json.dumps({OVER.key: counted}), encoding="utf-8")
    made_at = datetime(as_at.year, as_at.month, as_at.day, 5, tzinfo=UTC)
    about = {"made_by": cast.uma, "purpose": "Figures for a test", "sha256": "0" * 64}
    return Cut.objects.create(name=name, scope=figures_scope(), as_at=as_at, made_at=made_at, **about)


def is_little(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and 0 < abs(one - other) < FEWEST


def shown(cut: Cut) -> dict[tuple[str, str, str], int | None]:
    """All that a cut says of either."""
    known, complete = known_in(cut), completeness_of(cut)
    assert known is not None
    assert complete is not None
    found = {
        ("known", name, group): known.shown(OVER, name, group)
        for name, groups in {"": [""], **{k: list(v) for k, v in KNOWN[0].items()}}.items()
        for group in groups
    }
    for one in complete:
        found["events", one.kind, one.field] = one.events
        for agency in ("", "police", "school"):
            parts = one.of(agency) or (None, None)
            found["of", one.field, agency], found["with", one.field, agency] = parts
            if parts[0] is not None and parts[1] is not None:
                found["without", one.field, agency] = parts[0] - parts[1]
    return found  # fmt: skip


def test_no_two_cuts_differ_by_a_few_of_a_year_that_is_over(made: list[Cut]) -> None:
    said = [shown(cut) for cut in made]
    for number, one in enumerate(said):
        for other in said[number + 1 :]:
            few = [key for key in one if is_little(one[key], other.get(key))]
            assert not few


def test_what_changed_by_many_is_told_anew_and_groups_stay_as_they_were(made: list[Cut]) -> None:
    first, second, third = (shown(cut) for cut in made)
    assert [one["known", "", ""] for one in (first, second, third)] == [121, 121, 145]
    assert [one["known", "ethnicity", "black"] for one in (first, second, third)] == [40, 40, 40]
    assert [one["events", "referral", "ethnicity"] for one in (first, second, third)] == [90, 90, 121]


def test_whichever_cut_is_asked_first_the_same_is_told(made: list[Cut]) -> None:
    last = shown(made[-1])
    assert [shown(cut) for cut in made][-1] == last


def test_the_newest_year_is_broken_down_when_it_is_settled(cast: Cast, cuts_in: Path) -> None:
    early, late = (_take(cast, day, KNOWN[0], TOLD[0]) for day in (date(2026, 4, 20), date(2026, 5, 1)))
    for cut, years in ((early, list[Window]()), (late, [OVER])):
        known = known_in(cut)
        assert known is not None
        assert known.years() == years
        assert known.shown(OVER) == 121

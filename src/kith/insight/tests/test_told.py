"""What cuts told is kept beside them: a later cut keeps to it, and no byte of a cut changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from django.conf import LazySettings, settings

from kith.foundations.access.actions import figures_scope
from kith.insight.models import Cut
from kith.insight.queries import told as ask
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.figures import figures_of
from kith.insight.rules.measures import measures
from kith.insight.rules.periods import Month, month, quarter
from kith.insight.rules.suppression.kept import as_kept, from_kept
from kith.insight.tests.corrections import chain
from kith.insight.tests.corrections import figures_of as made_of
from kith.insight.tests.tables import FIRST
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db
CONTACTS = measures()["contacts"]
JUNE = FIRST + 2


@pytest.fixture
def cuts_in(tmp_path: Path, settings: LazySettings) -> Path:
    settings.CUTS = tmp_path
    return tmp_path


def take(cast: Cast, as_at: date, rows: list[list[int]]) -> Cut:
    """A cut of one measure: so many in each month since April 2023, by sex."""
    found = made_of(np.array(rows)[..., None] * np.array([1, 0]), len(rows))
    windows: dict[str, dict[str, dict[str, list[int]]]] = {}
    for window, number in found.totals.items():
        windows.setdefault(window.key, {})[""] = {"": [number.count, 0, None, None]}
    for (name, window), groups in found.groups.items():
        windows[window.key][name] = {one: [number.count, 0, None, None] for one, number in groups.items()}
    name = f"{as_at}-{Cut.objects.count():010d}"
    (settings.CUTS / name / "figures").mkdir(parents=True)
    told = json.dumps({"windows": windows})
    (settings.CUTS / name / "figures" / "contacts.json").write_text(told, encoding="utf-8")
    made_at = datetime(as_at.year, as_at.month, as_at.day, 5, tzinfo=UTC)
    return Cut.objects.create(
        name=name,
        scope=figures_scope(),
        as_at=as_at,
        made_at=made_at,
        made_by=cast.uma,
        purpose="Figures for a test",
        sha256="0" * 64,
    )


ROWS = [[20, 9], [22, 8], [21, 7]]


def test_a_settled_number_stands_until_it_has_changed_by_five(cast: Cast, cuts_in: Path) -> None:
    first = take(cast, date(2023, 8, 2), ROWS)
    few = take(cast, date(2023, 8, 9), [ROWS[0], ROWS[1], [23, 7]])
    many = take(cast, date(2023, 8, 16), [ROWS[0], ROWS[1], [26, 8]])
    shown = [figures_of(one, CONTACTS).shown(month(JUNE)).count for one in (first, few, many)]
    assert shown == [28, 28, 34]
    groups = [figures_of(one, CONTACTS).shown(quarter(JUNE), "sex", "0").count for one in (first, few, many)]
    assert groups == [63, 63, 63]


def test_until_it_is_settled_a_number_is_what_was_counted(cast: Cast, cuts_in: Path) -> None:
    take(cast, date(2023, 7, 2), ROWS)
    later = take(cast, date(2023, 7, 9), [ROWS[0], ROWS[1], [22, 7]])
    assert figures_of(later, CONTACTS).shown(month(JUNE)).count == 29
    assert figures_of(later, CONTACTS).groups("sex", quarter(JUNE)) is None


def test_cuts_before_tell_first_whichever_is_asked_for(cast: Cast, cuts_in: Path) -> None:
    cuts = [take(cast, date(2023, 8, 2 + day), [ROWS[0], ROWS[1], [21 + day, 7]]) for day in range(4)]
    assert figures_of(cuts[-1], CONTACTS).shown(month(JUNE)).count == 28
    assert all((folder_of(one) / ask.TOLD / "contacts.json").exists() for one in cuts)
    newest = take(cast, date(2023, 8, 20), [ROWS[0], ROWS[1], [30, 7]])
    assert figures_of(newest, CONTACTS).shown(month(JUNE)).count == 37


def test_an_old_cut_that_is_counted_again_keeps_to_a_newer_one(cast: Cast, cuts_in: Path) -> None:
    old = take(cast, date(2023, 8, 2), ROWS)
    counted = folder_of(old) / "figures" / "contacts.json"
    kept = counted.read_text()
    counted.unlink()
    newer = take(cast, date(2023, 8, 9), [ROWS[0], ROWS[1], [23, 7]])
    assert figures_of(newer, CONTACTS).shown(month(JUNE)).count == 30
    counted.write_text(kept)
    figures_cache_forgets()
    assert figures_of(old, CONTACTS).shown(month(JUNE)).count == 30


def figures_cache_forgets() -> None:
    from kith.insight.queries import figures

    figures._figures.cache_clear()


def test_a_cut_without_a_measure_tells_nothing_of_it(cast: Cast, cuts_in: Path) -> None:
    cut = take(cast, date(2023, 8, 2), ROWS)
    found = figures_of(cut, measures()["referrals"])
    assert not found.anything()
    assert not found.shown(month(Month(2023, 4))).hidden


def test_what_was_told_is_the_same_after_it_was_kept() -> None:
    for taken in chain(3, months=20, groups=3):
        assert from_kept(json.loads(json.dumps(as_kept(taken.told)))) == taken.told


@pytest.mark.parametrize("may", [[4, 4], [1, 1]])
def test_a_month_that_waits_for_its_quarter_is_told_so_whether_or_not_it_is_small(
    cast: Cast, cuts_in: Path, may: list[int]
) -> None:
    found = figures_of(take(cast, date(2023, 6, 2), [[4, 5], may]), CONTACTS).shown(month(FIRST + 1))
    assert (found.count, found.hidden, found.waits) == (None, True, True)


def test_a_small_month_of_a_quarter_that_is_complete_does_not_wait(cast: Cast, cuts_in: Path) -> None:
    found = figures_of(take(cast, date(2023, 7, 2), [[9, 9], [9, 9], [1, 1]]), CONTACTS).shown(month(JUNE))
    assert (found.count, found.hidden, found.waits) == (None, True, False)

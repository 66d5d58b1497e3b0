"""The fictional area's smallest size, loaded whole and scored against its sealed truth."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from kith.chronology.models import EntrySubject
from kith.demo.commands import demo
from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.loading.catalogue import catalogue
from kith.linkage.loading.loader import load_paths
from kith.linkage.models import SourceRecord
from kith.linkage.settling.run import after_loading, settle
from kith.subjects.models import Headline, Involvement, LinkEvidence, Person, Reference, Subject

FEEDS = Path(__file__).parents[2] / "demo" / "feeds"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_the_tiny_demonstration_is_linked_truly_and_everything_hangs_where_it_should(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME, settings.DELIVERIES, settings.FEEDS = tmp_path / "home", tmp_path / "home" / "deliveries", [FEEDS]
    made = ["generate", "--size", "tiny", "--seed", "11", "--today", "2026-11-20", "--out", str(tmp_path / "area")]
    assert CliRunner().invoke(demo, made, catch_exceptions=False).exit_code == 0
    load_paths([tmp_path / "area" / "feeds"], catalogue=catalogue(), now=NOW)
    precision, recall = _score(pl.read_parquet(tmp_path / "area" / "truth" / "record_truth.parquet"))
    with capsys.disabled():
        print(f"\nTiny demonstration, seed 11: precision {precision:.4f}, recall {recall:.4f}")
    assert precision >= 0.985
    assert recall >= 0.90
    _everybody_is_somebody()
    _rows_stand_with_their_reference()
    _nothing_changes_by_settling_again()


def _score(truth: pl.DataFrame) -> tuple[float, float]:
    """Of the pairs of references put together, how many truly are; of those that truly are, how many were."""
    rows = Reference.objects.filter(kind="person").values_list("system", "key", "subject_id")
    found = pl.DataFrame(list(rows), schema=["system", "key", "subject"], orient="row")
    both = found.join(truth, on=["system", "key"], how="inner")
    assert both.height > 1000
    together, truly, right = (_pairs(both, *keys) for keys in (("subject",), ("person",), ("subject", "person")))
    return right / together, right / truly


def _pairs(rows: pl.DataFrame, *keys: str) -> int:
    sizes = rows.group_by(keys).len()["len"].cast(pl.Int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _everybody_is_somebody() -> None:
    people = Subject.objects.filter(kind="person", joined_into=None)
    assert not Reference.objects.filter(subject=None).exists()
    assert not SourceRecord.objects.filter(scope=None).exists()
    assert Person.objects.count() == people.count()
    assert not people.filter(name="").exists()
    children = set(Person.objects.filter(is_child=True).values_list("pk", flat=True))
    told = set(Headline.objects.filter(kind="person").values_list("pk", flat=True))
    assert told < children
    isla = Subject.objects.get(name="Isla Hartnell")
    assert isla.pk not in told
    assert Headline.objects.get(name="Amara Osei").ring[0]["worker"] == "Asha Rahman"


def _rows_stand_with_their_reference() -> None:
    """Whatever follows a reference has its subject, and its circle or a restricted part of its subject."""
    for model in (EntrySubject, Involvement, LinkEvidence):
        for row in model.objects.exclude(reference=None).select_related("reference", "subject", "scope"):
            assert row.subject_id == row.reference.subject_id
            part = getattr(row.scope, "restricted_part", None)
            assert row.scope_id == row.subject.scope_id or (part and part.subject_id == row.subject_id)


def _nothing_changes_by_settling_again() -> None:
    loader = system_viewer("loader")
    before = dict(Reference.objects.values_list("pk", "subject_id"))
    assert settle(by=loader, now=NOW).kind == "nothing"
    again = settle(by=loader, now=NOW, whole=True)
    assert (again.moved, again.new_subjects) == (0, 0)
    assert dict(Reference.objects.values_list("pk", "subject_id")) == before
    told = Headline.objects.count()
    after_loading(delivery_ids=None, by=loader, now=NOW)
    with viewing_as(loader):
        assert Headline.objects.count() == told

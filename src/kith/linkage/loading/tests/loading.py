"""A partnership of a feed or two, loaded into the test database; its linking takes every number for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.linkage.feeds.catalogue import Catalogue
from kith.linkage.feeds.definition import AgencyDefinition
from kith.linkage.feeds.tests.making import definition
from kith.linkage.loading import loader
from kith.linkage.loading.account import Account
from kith.linkage.settling.run import AfterReport, SettleReport

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
POLICE = AgencyDefinition("avonmouth-police", "Avonmouth Police", "police", phone="01632 960 101")
EACH_ALONE = """
with new as materialized (
    select r.id, nextval(pg_get_serial_sequence('subjects_subject', 'id')) as subject_id,
        nextval(pg_get_serial_sequence('access_scope', 'id')) as scope_id
    from subjects_reference r where r.subject_id is null),
scopes as (insert into access_scope (id, kind, title) select scope_id, 'circle', '' from new),
subjects as (insert into subjects_subject (id, kind, name, scope_id, created_at, what_matters_now)
    select subject_id, 'person', '', scope_id, now(), '' from new)
update subjects_reference r set subject_id = n.subject_id, scope_id = n.scope_id from new n where n.id = r.id;
update linkage_sourcerecord s set scope_id = r.scope_id from subjects_reference r
    where r.id = s.reference_id and s.scope_id is null;
"""


def settle_each_alone(*, by: Viewer, now: datetime, progress: object = None, whole: bool = False) -> SettleReport:
    """Every number is a person of their own."""
    with viewing_as(by), connection.cursor() as cursor:
        cursor.execute(EACH_ALONE)
    return SettleReport("new")


def nothing_follows(**given: object) -> AfterReport:
    """The search, headlines and circles are not what is tested here."""
    return AfterReport()


Load = Callable[..., Account]


@pytest.fixture
def load(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Load:
    """load(*paths, text=definition YAML, more=(…)) loads files by these definitions."""
    settings.DELIVERIES = tmp_path / "home" / "deliveries"
    monkeypatch.setattr(loader, "settle", settle_each_alone)
    monkeypatch.setattr(loader, "make_findable", nothing_follows)
    monkeypatch.setattr(loader, "tell_whom_to_ring", nothing_follows)

    def load_them(*paths: Path, texts: tuple[str, ...], now: datetime = NOW, **options: Any) -> Account:
        made = [definition(tmp_path, text, f"definition{number}.yaml") for number, text in enumerate(texts)]
        known = Catalogue({one.feed: one for one in made}, {POLICE.key: POLICE})
        return loader.load_paths(paths, catalogue=known, now=now, **options)

    return load_them


def counts() -> dict[str, int]:
    """How many rows there are of everything that a load writes."""
    tables = (
        "linkage_delivery", "linkage_reject", "linkage_sourcerecord", "subjects_reference", "subjects_subject",
        "subjects_place", "access_scope", "chronology_entry", "chronology_entrysubject", "subjects_linkevidence",
        "subjects_involvement", "subjects_professional", "access_agency", "audit_auditevent",
    )  # fmt: skip
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"select count(*) from {table}")
            found[table] = cursor.fetchone()[0]
    return found

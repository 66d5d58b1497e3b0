"""The planted world, planted once for a whole module: each test finds it as it was planted, and leaves it so."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings

from tests.architecture.planted import World, plant
from tests.support.cast import Cast, make_cast


@dataclass(frozen=True)
class Planted:
    """Who is there, and what was planted."""

    cast: Cast
    world: World


@pytest.fixture(scope="module")
def planted(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planted]:
    """Planted in a transaction that is taken back at the end. A module that uses it sets the transaction of each of its
    tests aside (`_django_db_helper`): that would close the connection under this one.
    """
    folder = tmp_path_factory.mktemp("planted")
    apart = override_settings(DELIVERIES=folder, CUTS=folder / "cuts")
    with django_db_blocker.unblock(), apart, transaction.atomic():
        with connection.cursor() as cursor:  # a number that stands nowhere else on a page
            cursor.execute("select setval(pg_get_serial_sequence('subjects_subject', 'id'), 700000)")
        cast = make_cast()
        type(cast.asha).objects.filter(agency__isnull=False).update(password="of no use, and yet a password")
        for viewer in cast.everybody():
            viewer.refresh_from_db()
        yield Planted(cast, plant(cast))
        transaction.set_rollback(True)


@pytest.fixture
def in_the_world(planted: Planted) -> Iterator[Planted]:
    """Whatever a test writes is taken back."""
    with transaction.atomic():
        yield Planted(deepcopy(planted.cast), planted.world)
        transaction.set_rollback(True)

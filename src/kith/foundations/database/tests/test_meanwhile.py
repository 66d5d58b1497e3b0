"""Foreign keys are held to while Python works, and no less than at the end."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from kith.foundations.access.models import Agency, Team
from kith.foundations.database.meanwhile import checked_meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
NOBODYS = "insert into access_team (agency_id, name, phone, work) values (-1, %s, '', '')"


def write_for_nobody() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        Agency.objects.create(key="left", name="Left behind", kind="police")
        cursor.execute(NOBODYS, ["Nobody's"])
        with checked_meanwhile(cursor, "access_team"):
            pass
        pytest.fail("It came to light only at the end.")


def test_what_points_nowhere_is_refused_there_and_nothing_is_left() -> None:
    with pytest.raises(IntegrityError):
        write_for_nobody()
    assert not Agency.objects.filter(key="left").exists()


def test_what_is_written_elsewhere_is_checked_at_the_end() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NOBODYS, ["Nobody's yet"])
        with checked_meanwhile(cursor, "access_viewer"):
            pass
        cursor.execute("delete from access_team where agency_id = -1")


def test_python_works_meanwhile_and_afterwards_checks_wait_for_the_end_again() -> None:
    threads = []
    with transaction.atomic(), connection.cursor() as cursor:
        agency = Agency.objects.create(key="here", name="Here", kind="police")
        with checked_meanwhile(cursor, "access_team"):
            threads.append(threading.current_thread())
        cursor.execute(NOBODYS, ["Nobody's yet"])
        cursor.execute("update access_team set agency_id = %s where agency_id = -1", [agency.pk])
    assert threads == [threading.main_thread()]
    assert Team.objects.get(name="Nobody's yet").agency == agency

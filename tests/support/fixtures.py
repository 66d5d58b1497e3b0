"""Fixtures for every test: the cast, and a database that can be emptied although its record of who looked
cannot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.support.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Asha, Ben, Carol, Dev, Ellis, Farah, Gwen, Hana and Idris, with their agencies and teams."""
    from tests.support.cast import make_cast

    return make_cast()


@pytest.fixture(scope="session")
def migrated(django_db_blocker: Any) -> str:
    """The name of the database with every table and nothing in them, which test databases are copied from."""
    from tests.support.migrated import migrated_database

    with django_db_blocker.unblock():
        return migrated_database()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, migrated: str) -> None:
    from django.db import connection

    connection.settings_dict["TEST"]["TEMPLATE"] = migrated


@pytest.fixture(autouse=True, scope="session")
def _emptying_the_test_database() -> Iterator[None]:
    """Between tests that commit, the database's owner sets the append-only triggers aside to empty it."""
    from django.db import connection
    from django.db.backends.postgresql.creation import DatabaseCreation
    from django.db.backends.postgresql.operations import DatabaseOperations

    usual = DatabaseOperations.execute_sql_flush

    def without_triggers(self: Any, sql_list: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
        try:
            usual(self, sql_list)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("reset session_replication_role")

    def drop_whoever_holds_it(self: Any, name: str, verbosity: int) -> None:
        """A server or worker that a test began may be letting go of the database still."""
        with self._nodb_cursor() as cursor:
            cursor.execute(f"drop database {self.connection.ops.quote_name(name)} with (force)")

    DatabaseOperations.execute_sql_flush = without_triggers
    DatabaseCreation._destroy_test_db = drop_whoever_holds_it
    yield
    DatabaseOperations.execute_sql_flush = usual

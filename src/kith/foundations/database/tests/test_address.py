"""A database address as Django wants it."""

import pytest

from kith.foundations.database import django_database


def test_a_server_on_the_network() -> None:
    read = django_database("postgresql://kith:s%40fe@db.example:6543/area?sslmode=require")
    assert (read["NAME"], read["USER"], read["PASSWORD"]) == ("area", "kith", "s@fe")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("db.example", "6543", {"sslmode": "require"})


def test_a_server_behind_a_socket() -> None:
    read = django_database("postgresql://kith@/area?host=/run/postgresql")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/postgresql", "", {})


def test_another_kind_of_database_is_refused_without_its_password() -> None:
    with pytest.raises(ValueError, match="another kind: mysql") as refused:
        django_database("mysql://kith:secret@db.example/area")
    assert "secret" not in str(refused.value)

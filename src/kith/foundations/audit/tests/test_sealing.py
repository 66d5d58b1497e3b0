"""The record of who looked: sealed in order, and nothing can be changed without its showing."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kith.foundations.audit.actions import record, seal, verify
from kith.foundations.audit.models import AuditEvent, AuditSeal
from kith.foundations.audit.rules import LINE_FIELDS, canonical, line_hash

QUOTED_X = "'x'"
NOW = datetime(2026, 11, 3, 16, 10, tzinfo=UTC)


def look(number: int = 1, **fields: object) -> None:
    for subject in range(number):
        values = {
            "viewer": None,
            "action": "read-record",
            "subjects": [subject],
            "what": "Read a record",
            **fields,
        }
        record(now=NOW, **values)


def seal_soon(lines: int) -> int:
    """Seal, again for a while: the server's own housekeeping may have a transaction open for a moment."""
    sealed, until = 0, time.monotonic() + 10
    while sealed < lines and time.monotonic() < until:
        sealed += seal(NOW)
        time.sleep(0.02)
    return sealed


def numbers() -> list[int]:
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


@contextmanager
def tampering() -> Iterator[Callable[..., None]]:
    """A superuser's hand, with every trigger set aside."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        yield lambda statement, *values: cursor.execute(statement, values)


@pytest.fixture
def sealed(transactional_db: None) -> list[int]:
    """Nine lines under three seals, and one line waiting."""
    for _ in range(3):
        look(3)
        assert seal_soon(3) == 3
    look(1)
    return numbers()


def test_what_is_left_alone_verifies(sealed: list[int]) -> None:
    found = verify()
    assert (found.holds, found.seals, found.events, found.tail) == (True, 3, 9, 1)
    assert found.tail_since == NOW
    assert seal_soon(1) == 1
    assert verify(expect=found.head).holds
    assert verify().tail == 0


def test_nothing_to_seal_writes_no_seal(sealed: list[int]) -> None:
    seal_soon(1)
    assert seal(NOW) == 0
    assert AuditSeal.objects.count() == 4


@pytest.mark.parametrize("field", LINE_FIELDS)
def test_any_altered_field_is_found_and_named(sealed: list[int], field: str) -> None:
    other = {
        "at": "at + interval '1 microsecond'", "viewer_id": "7", "subjects": "'{99}'",
        "details": """'{"a": 1}'""", "transaction": "transaction + 1",
    }  # fmt: skip
    with tampering() as do:
        do(
            f"update audit_auditevent set {field} = {other.get(field, QUOTED_X)} where id = %s",
            sealed[4],
        )
    assert [(p.kind, p.event) for p in verify().problems] == [("altered", sealed[4])]


def test_a_removed_line_is_found_and_named(sealed: list[int]) -> None:
    with tampering() as do:
        do("delete from audit_auditevent where id = %s", sealed[2])
    assert [(p.kind, p.event) for p in verify().problems] == [("removed", sealed[2])]


def test_two_lines_that_changed_places_are_found_and_named(sealed: list[int]) -> None:
    first, second = sealed[3], sealed[5]
    with tampering() as do:
        do("update audit_auditevent set id = -1 where id = %s", first)
        do("update audit_auditevent set id = %s where id = %s", first, second)
        do("update audit_auditevent set id = %s where id = -1", second)
    assert {(p.kind, p.event) for p in verify().problems} == {("reordered", first), ("reordered", second)}


def test_a_line_put_in_later_is_found_and_named(sealed: list[int]) -> None:
    with tampering() as do:
        do(
            "insert into audit_auditevent (id, at, viewer_name, agency, action, because, subjects, what, "
            "details, request_id, transaction) "
            "select 900000, at, '', '', 'read-record', '', '{}', '', '{}', '', transaction "
            "from audit_auditevent where id = %s",
            sealed[1],
        )
    assert [(p.kind, p.event) for p in verify().problems] == [("inserted", 900000)]


def test_a_removed_seal_is_found(sealed: list[int]) -> None:
    middle = AuditSeal.objects.order_by("pk")[1]
    with tampering() as do:
        do("delete from audit_auditseal where id = %s", middle.pk)
    assert {p.kind for p in verify().problems} == {"seal removed", "inserted"}


def test_a_seal_made_to_fit_an_altered_line_is_found(sealed: list[int]) -> None:
    with tampering() as do:
        do("update audit_auditevent set what = 'Nothing to see' where id = %s", sealed[0])
        altered = AuditEvent.objects.values(*LINE_FIELDS).get(pk=sealed[0])
        seal_row = AuditSeal.objects.order_by("pk").first()
        hashes = [line_hash(altered), *seal_row.row_hashes[1:]]
        do("update audit_auditseal set row_hashes = %s where id = %s", hashes, seal_row.pk)
    assert [p.kind for p in verify().problems] == ["seal altered"]


def test_a_chain_cut_short_is_found_by_a_head_written_down_earlier(sealed: list[int]) -> None:
    head = verify().head
    with tampering() as do:
        do("delete from audit_auditseal where id = (select max(id) from audit_auditseal)")
    seal_soon(4)
    assert verify().holds
    assert [p.kind for p in verify(expect=head).problems] == ["seal removed"]


def test_a_line_whose_transaction_is_still_open_waits_and_those_after_it_wait_too(
    transactional_db: None,
) -> None:
    look(1)
    seal_soon(1)
    written, let_go = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            look(1, what="slow")
            written.set()
            let_go.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert written.wait(20)
    look(2, what="quick")
    assert seal(NOW) == 0
    let_go.set()
    thread.join()
    assert seal_soon(3) == 3
    assert verify().holds


def test_many_writers_and_sealers_at_once_lose_and_double_nothing(transactional_db: None) -> None:
    look(1)
    seal_soon(1)
    stop = threading.Event()
    failed: list[Exception] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001
            failed.append(error)
        finally:
            connection.close()

    def write() -> None:
        for turn in range(40):
            with transaction.atomic():
                look(1 + turn % 3)

    def keep_sealing() -> None:
        while not stop.is_set():
            seal(NOW)

    writers = [threading.Thread(target=run, args=(write,)) for _ in range(6)]
    sealers = [threading.Thread(target=run, args=(keep_sealing,)) for _ in range(2)]
    for thread in writers + sealers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    for thread in sealers:
        thread.join()
    assert not failed
    seal_soon(verify().tail)
    found = verify()
    assert (found.holds, found.tail, found.events) == (True, 0, len(numbers()))


def test_a_backup_restored_into_another_cluster_goes_on(sealed: list[int]) -> None:
    """The last seal and the unsealed line come from a cluster of another name whose transactions had gone
    further.
    """
    with tampering() as do:
        do("update audit_auditevent set transaction = transaction + 1000000000 where id = %s", sealed[9])
    seal(NOW)
    assert verify().tail == 1  # of this cluster it cannot be
    with tampering() as do:
        do("delete from audit_auditseal")
    _seal_as_if_elsewhere()
    look(2)
    assert seal_soon(3) == 3
    found = verify()
    assert (found.holds, found.tail, found.events) == (True, 0, 12)
    look(2)
    assert seal_soon(2) == 2
    assert verify().holds


def _seal_as_if_elsewhere() -> None:
    from unittest.mock import patch

    from kith.foundations.audit import sealing

    nine = "select e.id from audit_auditevent e order by e.id limit 9"
    with patch.object(sealing, "CLUSTER", "select 'elsewhere'"), patch.object(sealing, "UNSEALED", nine):
        seal(NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["update audit_auditevent set what = 'x'", "delete from audit_auditevent", "truncate audit_auditevent",
     "update audit_auditseal set hash = 'x'", "delete from audit_auditseal", "truncate audit_auditseal"],
)  # fmt: skip
def test_even_the_owner_cannot_change_a_line(statement: str) -> None:
    look(1)
    seal(NOW)
    with pytest.raises(ProgrammingError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["update audit_auditevent set what = 'x'", "delete from audit_auditevent", "truncate audit_auditevent",
     "insert into audit_auditseal (id) values (1)", "delete from audit_auditseal",
     "create table mine (a int)", "drop table audit_auditevent",
     "alter table audit_auditevent disable trigger all",
     "insert into django_migrations (app, name, applied) values ('a', 'b', now())"],
)  # fmt: skip
def test_the_served_role_may_not_even_try(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local role kith_served")
        with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
            cursor.execute(statement)


@pytest.mark.django_db
def test_one_insert_and_no_lock(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        look(1)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_one_text_for_one_value(first: object, second: object) -> None:
    same = canonical(first) == canonical(second)
    assert same == (repr_sorted(first) == repr_sorted(second))


def repr_sorted(value: object) -> str:
    if isinstance(value, dict):
        return repr({key: repr_sorted(value[key]) for key in sorted(value)})
    return repr([repr_sorted(v) for v in value]) if isinstance(value, list) else repr(value)


def another_connection(database: str) -> psycopg.Connection:
    given = connection.settings_dict
    words = {
        "host": given["HOST"],
        "user": given["USER"],
        "password": given["PASSWORD"] or None,
        "port": given["PORT"] or None,
    }
    return psycopg.connect(dbname=database, **words)


def test_what_another_database_is_doing_holds_nothing_up(sealed: list[int]) -> None:
    with another_connection("postgres") as other:
        other.execute("create temporary table busy (a int)")
        look(2)
        assert seal_soon(3) == 3
        other.rollback()
    assert verify().holds


def test_a_transaction_that_has_not_looked_yet_may_still_do_so(sealed: list[int]) -> None:
    seal_soon(1)
    with another_connection(connection.settings_dict["NAME"]) as other:
        other.execute("select pg_current_xact_id()")
        look(2)
        assert seal(NOW) == 0
        other.execute(
            "insert into audit_auditevent"
            " (at, viewer_name, agency, action, because, subjects, what, details, request_id)"
            " values (now(), '', '', 'late', '', '{}', '', '{}', '')"
        )
        other.commit()
    assert seal_soon(3) == 3
    assert (verify().holds, verify().tail) == (True, 0)

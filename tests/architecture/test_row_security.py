"""Row security as the database has it: on every table that needs it, forced, quick, and not to be got round."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection
from django.utils import timezone

from kith.foundations.access.models import Scope, ViewerScope
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import Subject
from tests.support.cast import Cast, make_circle, make_entry, make_person

ROOT = Path(__file__).resolve().parents[2]
OF_ACCESS = {"access_opening", "access_viewerscope"}  # say who is in which circle: numbers, and no word about anybody
WITHOUT_A_SCOPE = {"chronology_entry", "linkage_reject", "linkage_match", "linkage_judgement", "access_breakglass",
                   "exchange_refusedcall"}  # fmt: skip
# Of people without an account: nobody is signed in.
ONLY_JOBS = {
    "doors_reportsofar", "doors_filesofar", "doors_knock", "private_links_privatelink", "insight_pseudonym",
    "exchange_apikey", "exchange_apicall",  # and of other agencies' systems
}  # fmt: skip
# Each row is one viewer's: no scope, and nobody else whatever their role.
OWN = {
    "drafts_draft", "drafts_sentform", "notices_notice", "moments_calendaraddress",
    "insight_network", "insight_snapshot",
}  # fmt: skip
NOT_FORCED = {"audit_auditevent", "audit_auditseal"}  # their owner seals
PROTECTED = """
select c.relname, c.relrowsecurity, c.relforcerowsecurity, count(p.oid)
from pg_class c left join pg_policy p on p.polrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1, 2, 3
"""


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


@pytest.mark.django_db
def test_every_table_with_a_scope_is_protected_and_forced() -> None:
    scoped = (
        "select table_name from information_schema.columns where column_name = 'scope_id' and table_schema = 'public'"
    )
    wanted = {row[0] for row in rows(scoped)} - OF_ACCESS | WITHOUT_A_SCOPE
    state = {name: (enabled, forced, policies) for name, enabled, forced, policies in rows(PROTECTED)}
    assert len(wanted) > 14
    wanted |= OWN | ONLY_JOBS
    assert {name for name in wanted if not (state[name][0] and state[name][1] and state[name][2])} == set()
    assert {name for name in NOT_FORCED if not (state[name][0] and state[name][2])} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(OWN))
def test_what_is_ones_own_has_no_other_way_in(table: str) -> None:
    """Two policies and no more, for reading and writing alike: whose row it is, and named system jobs."""
    said = "select policyname, cmd, roles::text, qual, with_check from pg_policies where tablename = %s order by 1"
    own, system = rows(said, table)
    mine, job = "(viewer_id = ( SELECT kith_viewer() AS kith_viewer))", "( SELECT kith_sees_all() AS kith_sees_all)"
    assert own == ("own", "ALL", "{kith_served}", mine, mine)
    assert system == ("system", "ALL", "{kith_served}", job, job)


@pytest.mark.django_db
def test_every_table_about_somebody_is_protected() -> None:
    """A table that points at a subject, an entry, a reference or a source record, with a scope or without."""
    about = """select distinct c.conrelid::regclass::text from pg_constraint c where c.contype = 'f' and c.confrelid in
      ('subjects_subject'::regclass, 'chronology_entry'::regclass, 'subjects_reference'::regclass,
       'linkage_sourcerecord'::regclass, 'chronology_entrysubject'::regclass)"""
    state = {name: enabled and policies for name, enabled, _, policies in rows(PROTECTED)}
    assert {row[0] for row in rows(about) if not state[row[0]]} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "create table public.mine (a int)",
        "alter table subjects_subject disable row level security",
        "drop policy held on subjects_subject",
        "create policy mine on subjects_subject using (true)",
        "create role somebody",
        "alter function kith_sees_all() rename to seen",
        "create or replace function public.kith_sees_all() returns boolean language sql as 'select true'",
        "select public.kith_look_as_system()",
    ],
)
def test_the_served_role_cannot_change_the_rules(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local role kith_served")
        with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
            cursor.execute(statement)


@pytest.mark.django_db
def test_a_temporary_table_cannot_stand_in_for_staff(cast: Cast) -> None:
    """Somebody who could run statements makes tables of the same names, in which Dev holds everything."""
    amara = make_person()
    with viewing_as(cast.dev), connection.cursor() as cursor:
        cursor.execute("create temporary table access_viewer (id bigint, reach text, role text, is_active boolean)")
        cursor.execute("insert into access_viewer values (%s, 'all', 'system', true)", [cast.dev.pk])
        cursor.execute(
            "create temporary table access_viewerscope (viewer_id bigint, scope_id bigint, until timestamptz)"
        )
        cursor.execute("insert into access_viewerscope values (%s, %s, null)", [cast.dev.pk, amara.scope_id])
        cursor.execute("select kith_sees_all(), kith_scopes()")
        assert cursor.fetchone() == (False, [])
        cursor.execute("select count(*) from subjects_subject")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["role", "reach", "kith.sees_all", "kith.reach"])
def test_no_setting_but_the_viewers_number_counts(cast: Cast, name: str) -> None:
    make_person()
    with viewing_as(cast.dev), connection.cursor() as cursor:
        if "." in name:
            cursor.execute("select set_config(%s, 'all', true)", [name])
        assert not Subject.objects.exists()


@pytest.mark.django_db
def test_writing_into_a_circle_one_does_not_hold_is_refused(cast: Cast) -> None:
    amara = make_person()
    with pytest.raises(ProgrammingError, match="row-level security"), viewing_as(cast.dev):
        Subject.objects.create(
            kind="person", name="Planted", scope=Scope.objects.create(kind="circle"), created_at=timezone.now()
        )
    with viewing_as(cast.dev):
        assert Subject.objects.filter(pk=amara.pk).update(name="Changed") == 0
        assert Subject.objects.filter(pk=amara.pk).delete()[0] == 0


@pytest.fixture
def town(cast: Cast) -> Subject:
    """Enough rows that the planner must choose: 3,000 circles, of which Asha holds 40; 1,200 entries on one record."""
    now = timezone.now()
    scopes = Scope.objects.bulk_create([Scope(kind="circle") for _ in range(3000)])
    subjects = [
        Subject(kind="person", name=f"Child {n}", scope=scope, created_at=now) for n, scope in enumerate(scopes)
    ]
    Subject.objects.bulk_create(subjects)
    ViewerScope.objects.bulk_create([ViewerScope(viewer=cast.asha, scope=scope) for scope in scopes[:40]])
    for who in (cast.ben, cast.carol, cast.hana):
        ViewerScope.objects.bulk_create([ViewerScope(viewer=who, scope=scope) for scope in scopes[40:1500]])
    for number in range(1200):
        make_entry(f"Entry {number}", subjects[number % 5], on=(now - timedelta(days=number)).date())
    with connection.cursor() as cursor:
        cursor.execute(
            "analyze subjects_subject, chronology_entrysubject, chronology_entry, access_viewerscope, access_scope"
        )
    return subjects[0]


def plan_of(statement: str, *values: object) -> str:
    return "\n".join(
        row[0] for row in rows("explain (analyze, costs off, timing off, summary off) " + statement, *values)
    )


@pytest.mark.django_db
def test_a_record_page_reads_by_index_and_asks_who_is_looking_once(cast: Cast, town: Subject) -> None:
    statement = 'select * from chronology_entrysubject where subject_id = %s order by "on" desc, id desc limit 50'
    with viewing_as(cast.asha):
        plan = plan_of(statement, town.pk)
    assert "InitPlan" in plan  # the viewer is worked out once, not for each row
    assert "Seq Scan on chronology_entrysubject" not in plan
    assert "access_viewerscope" in plan
    assert "Seq Scan on access_viewerscope" not in plan, plan


@pytest.mark.django_db
def test_one_record_is_found_by_its_number(cast: Cast, town: Subject) -> None:
    with viewing_as(cast.asha):
        plan = plan_of("select * from subjects_subject where id = %s", town.pk)
    assert re.search(r"Index.* Scan using subjects_subject_pkey", plan), plan


@pytest.mark.django_db
def test_a_list_narrowed_by_the_scopes_held_reads_only_those(cast: Cast, town: Subject) -> None:
    """What list queries add for speed (house rule): rows of the scopes held, by the index on scope."""
    statement = """select * from chronology_entrysubject where scope_id = any((select kith_scopes())::bigint[])
      order by "on" desc limit 50"""
    with viewing_as(cast.asha):
        plan = plan_of(statement)
    assert "Seq Scan on chronology_entrysubject" not in plan, plan


SERVED = """
import os, sys
os.environ["KITH_TESTING"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "kith.config.settings"
import django; django.setup()
from django.db import connection, connections
connections.settings["default"]["NAME"] = sys.argv[1]
connection.ensure_connection(); connection.close()  # as `kith serve` does before it forks: as the owner
import kith.config.wsgi
connections.settings["default"]["NAME"] = sys.argv[1]
from django.test import Client
with connection.cursor() as cursor:
    cursor.execute("select session_user, current_user, current_setting('statement_timeout'), "
                   "(select rolsuper or rolbypassrls from pg_roles where rolname = session_user)")
    print(*cursor.fetchone())
    for words in ("reset role", "set role none"):
        cursor.execute(words)
        cursor.execute("select count(*) from subjects_subject")
        print(cursor.fetchone()[0])
client = Client(HTTP_HOST="localhost")
print(client.get("/accounts/login/").status_code)
"""


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="about the embedded server")
@pytest.mark.django_db(transaction=True)
def test_the_web_process_logs_in_as_somebody_with_no_rights_of_their_own() -> None:
    """Even when a statement of somebody else's resets the role, there is nothing more to be had."""
    make_person_committed()
    given = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    name = connection.settings_dict["NAME"]
    done = subprocess.run([sys.executable, "-c", SERVED, name], capture_output=True, text=True, env=given, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["kith_web", "kith_served", "30s", "False", "0", "0", "200"]


def make_person_committed() -> None:
    Subject.objects.create(kind="person", name="Amara", scope=make_circle(), created_at=timezone.now())


@pytest.fixture
def ordinary_owner() -> Iterator[str]:
    """A database whose owner is neither superuser nor may make roles, as on a managed server."""
    given = connection.settings_dict
    server = f"postgresql://{given['USER']}@/{{}}?host={given['HOST']}"
    owner, database = f"owner_{os.getpid()}", f"owned_{os.getpid()}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as admin:
        admin.execute(f"create role {owner} login in role kith_served")
        admin.execute(f"create database {database} owner {owner}")
        try:
            yield f"postgresql://{owner}@/{database}?host={given['HOST']}"
        finally:
            admin.execute(f"drop database {database} with (force)")
            admin.execute(f"drop role {owner}")


ORDINARY = """
import django; django.setup()
from django.utils import timezone
from tests.support.cast import make_cast, make_person, let_in
from kith.foundations.access.viewing import viewing_as
from kith.foundations.access.actions import system_viewer
from kith.foundations.audit.actions import seal, verify
from kith.governance.queries import circle_behind, labels_of
from kith.subjects.models import Subject
cast = make_cast()
with viewing_as(system_viewer("loader")):
    amara = make_person()
    let_in(amara, cast.east)
print(Subject.objects.count())
for who in (cast.asha, cast.dev):
    with viewing_as(who):
        print(Subject.objects.count())
with viewing_as(cast.ellis):
    print(labels_of([amara.pk])[amara.pk].initials)
with viewing_as(cast.farah):
    print(circle_behind(amara.pk) == amara.scope)
with viewing_as(cast.dev):
    print(circle_behind(amara.pk))
print(seal(timezone.now()) > 0, verify().holds)
"""


@pytest.mark.django_db
def test_a_managed_server_will_do(ordinary_owner: str) -> None:
    """Tables made, rows kept apart, labels and circles answered, lines sealed: all without a superuser."""
    given = {**os.environ, "DATABASE_URL": ordinary_owner, "KITH_TESTING": "1",
             "DJANGO_SETTINGS_MODULE": "kith.config.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}  # fmt: skip
    for words in (["-m", "kith.config.cli", "manage", "migrate", "-v0"], ["-c", ORDINARY]):
        done = subprocess.run(
            [sys.executable, *words], capture_output=True, text=True, env=given, check=False, cwd=ROOT
        )
        assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == ["0", "1", "0", "A.O.", "True", "None", "True", "True"]


def test_the_sites_settings_bind_it() -> None:
    assert "kith.foundations.access.middleware.ViewerMiddleware" in settings.MIDDLEWARE
    assert settings.DATABASES["default"]["ATOMIC_REQUESTS"] is False

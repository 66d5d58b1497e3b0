"""The search tables give nothing away: not to a viewer, not to nobody, not after a record is gone."""

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from kith.foundations.access.models import Scope, ViewerScope
from kith.foundations.access.viewing import viewing_as
from kith.subjects.models import (
    RestrictedPart,
    SearchDay,
    SearchDoc,
    SearchKey,
    SearchName,
    SearchNumber,
    SearchPosting,
    SearchWord,
    Subject,
)
from kith.subjects.search import Stated, refresh, understand
from kith.subjects.search.functions import find_function
from kith.subjects.search.queries import find
from tests.support.cast import Cast, let_in, make_cast, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 3)
TABLES = [SearchName, SearchDoc, SearchWord, SearchKey, SearchPosting, SearchDay, SearchNumber]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def amara(cast: Cast) -> Subject:
    amara = make_person("Amara Okafor", date_of_birth=date(2011, 3, 11), nhs_number="4857773457")
    let_in(amara, cast.asha)
    stated = Stated(amara.pk, amara.scope_id, "Mara", "Obi", date_of_birth=date(2011, 3, 12), numbers=["LS-17/4"])
    with viewing_as(cast.loader):
        refresh([amara.pk], stated=[stated])
    return amara


def labels(viewer: object, text: str) -> list[tuple[str, str]]:
    with viewing_as(viewer):  # type: ignore[arg-type]
        return [(one.label, one.tier) for one in find(understand(text, today=TODAY), today=TODAY)]


@pytest.mark.parametrize("table", TABLES)
def test_nobody_reads_or_writes_the_tables_but_system_jobs(cast: Cast, amara: Subject, table: type) -> None:
    assert table.objects.exists()
    for viewer in (cast.asha, cast.dev, None):
        with viewing_as(viewer):
            assert not table.objects.exists()
            assert table.objects.all().delete()[0] == 0
    with viewing_as(cast.loader):
        assert table.objects.exists()


def test_saying_that_one_is_searching_opens_nothing(cast: Cast, amara: Subject) -> None:
    with viewing_as(cast.dev), connection.cursor() as cursor:
        cursor.execute("select set_config('kith.search', 'on', true)")
        assert not SearchDoc.objects.exists()


def test_only_the_served_role_may_ask(amara: Subject) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select has_function_privilege('kith_served', oid, 'execute'), proacl::text from pg_proc"
            " where proname = 'kith_find'"
        )
        served, rights = cursor.fetchone()
    assert served
    assert "{=X" not in rights
    assert ",=X" not in rights


def test_only_a_system_job_may_refresh(cast: Cast, amara: Subject) -> None:
    with pytest.raises(ProgrammingError), viewing_as(cast.asha):
        refresh([amara.pk], stated=[Stated(amara.pk, amara.scope_id, "Some", "Body")])
    with viewing_as(cast.dev):
        assert refresh() == 0  # there is nobody that he could make searchable, and nothing he could remove
    assert labels(cast.asha, "mara obi") == [("Amara Okafor", "full")]


def test_a_closed_circle_closes_the_search(cast: Cast, amara: Subject) -> None:
    assert labels(cast.asha, "amara") == [("Amara Okafor", "full")]
    ViewerScope.objects.filter(viewer=cast.asha, scope=amara.scope).delete()
    assert labels(cast.asha, "amara") == []


def test_a_record_that_goes_leaves_nothing_behind(cast: Cast, amara: Subject) -> None:
    make_person("Leo Grant")
    with connection.cursor() as cursor:
        cursor.execute("delete from subjects_headline where subject_id = %s", [amara.pk])
        cursor.execute("delete from subjects_person where subject_id = %s", [amara.pk])
        cursor.execute("delete from subjects_subject where id = %s", [amara.pk])
    for table in (SearchName, SearchDoc, SearchPosting, SearchDay, SearchNumber):
        assert not table.objects.exists(), table
    with viewing_as(cast.loader):
        refresh()
    words = set(SearchWord.objects.values_list("word", flat=True))
    assert "leo" in words
    assert not words & {"amara", "okafor", "mara", "obi"}
    assert not SearchKey.objects.filter(key__in=["amara", "obi"]).exists()


def test_a_restricted_name_is_found_by_its_holders_only(cast: Cast, amara: Subject) -> None:
    clinic = Scope.objects.create(kind="restricted")
    RestrictedPart.objects.create(subject=amara, audience="sexual health", scope=clinic)
    ViewerScope.objects.create(viewer=cast.carol, scope=clinic)
    with viewing_as(cast.loader):
        refresh(
            [amara.pk],
            stated=[Stated(amara.pk, clinic.pk, "Zuri", "Bello", date_of_birth=date(2011, 3, 11), numbers=["SH99"])],
        )
    assert labels(cast.carol, "zuri bello") == [("Zuri Bello", "restricted")]
    assert labels(cast.carol, "SH99") == [("Zuri Bello", "restricted")]
    for viewer in (cast.asha, cast.ben, cast.dev):
        assert labels(viewer, "zuri bello 11/3/2011") in ([], [("Amara Okafor", "full")])
        assert labels(viewer, "zuri bello") == []
        assert labels(viewer, "SH99") == []


def test_a_joined_record_is_no_longer_found(cast: Cast, amara: Subject) -> None:
    other = make_person("Amara Okafor-Obi")
    let_in(other, cast.asha)
    with viewing_as(cast.loader):
        refresh()
    assert len(labels(cast.asha, "amara")) == 2
    Subject.objects.filter(pk=other.pk).update(joined_into=amara)
    with viewing_as(cast.loader):
        refresh([other.pk])
    assert labels(cast.asha, "amara") == [("Amara Okafor", "full")]


def test_refreshing_again_changes_nothing_and_some_is_as_good_as_all(cast: Cast, amara: Subject) -> None:
    def kept() -> list[tuple[object, ...]]:
        words = dict(SearchWord.objects.values_list("id", "word"))
        return sorted(
            (doc.subject_id, doc.label, sorted(words[word] for word in doc.words), doc.days, doc.numbers)
            for doc in SearchDoc.objects.all()
        )

    with viewing_as(cast.loader):
        before, counts = kept(), dict(SearchWord.objects.values_list("word", "docs"))
        assert refresh() == 0
        assert refresh([amara.pk]) == 0
        SearchDoc.objects.all().delete()
        assert SearchPosting.objects.count() == 0
        assert SearchWord.objects.exclude(docs=0).count() == 0
        assert refresh() == 1
        assert kept() == before
        assert dict(SearchWord.objects.values_list("word", "docs")) == counts


@pytest.mark.django_db(transaction=False)
def test_an_owner_who_is_no_superuser_serves_as_well(cast: Cast, amara: Subject) -> None:
    """On a managed server the owner of the tables is an ordinary role, itself under forced row security."""
    owner = sql.Identifier("kith_plain_owner")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("drop role if exists kith_plain_owner")
        cursor.execute(sql.SQL("create role {} nologin nosuperuser nobypassrls").format(owner))
        cursor.execute(sql.SQL("grant kith_served to {}").format(owner))
        cursor.execute(sql.SQL("grant usage, create on schema public to {}").format(owner))
        for table in TABLES:
            name = sql.Identifier(table._meta.db_table)
            cursor.execute(sql.SQL("alter table {} owner to {}").format(name, owner))
            cursor.execute(sql.SQL("drop policy search on {}").format(name))
            policy = (
                "create policy search on {} for all to {} using ((select current_setting('kith.search', true)) = 'on')"
            )
            cursor.execute(sql.SQL(policy).format(name, owner))
        cursor.execute("select oid::regprocedure::text from pg_proc where proname in ('kith_find', 'kith_forget_doc')")
        for (function,) in cursor.fetchall():
            cursor.execute(f"alter function {function} owner to kith_plain_owner")
    assert labels(cast.asha, "amra okafor") == [("Amara Okafor", "full")]
    assert labels(cast.ben, "Amara Okafor 11/3/2011") == [("Amara Okafor", "headline")]
    assert labels(cast.ben, "amara okafor") == []
    assert labels(cast.dev, "Amara Okafor 11/3/2011") == []
    with viewing_as(cast.loader):
        assert refresh([amara.pk], stated=[]) == 1
    assert labels(cast.asha, "obi") == []


def test_the_function_can_be_made_again(cast: Cast, amara: Subject) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(find_function())
        cursor.execute(find_function())
        cursor.execute("select count(*) from pg_proc where proname = 'kith_find'")
        assert cursor.fetchone() == (1,)
    assert labels(cast.asha, "amara") == [("Amara Okafor", "full")]


def test_whatever_is_asked_is_answered_from_indexes(cast: Cast, amara: Subject) -> None:
    """Counts of this transaction's scans: no search table is ever read from end to end."""
    scans = """select sum(seq_scan), sum(idx_scan) from pg_stat_xact_user_tables
        where relname like 'subjects_search%%' or relname in ('subjects_headline', 'access_viewerscope')"""
    for number in range(200):
        make_person(f"Name{number} Other{number}", date_of_birth=date(2010, 1, 1))
    with viewing_as(cast.loader):
        refresh()

    def counted() -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(scans)
            return cursor.fetchone()

    for viewer in (cast.asha, cast.ben, cast.loader):
        for text in ("amra okafor 11/3/2011", "okafor", "4857773457", "amara okafor 15", "oka", "1/1/2010"):
            before = counted()
            with viewing_as(viewer):
                find(understand(text, today=TODAY), today=TODAY)
            after = counted()
            assert after[0] == before[0], text
            assert after[1] > before[1], text

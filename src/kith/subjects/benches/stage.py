"""The bench's people as subjects in the database, and who looks for them."""

from __future__ import annotations

from django.db import connection

from kith.foundations.access.models import Scope, Viewer, ViewerScope
from kith.subjects.benches.people import People

CIRCLES = 1000
_FIRST_SCOPE = 1_000_000_000  # a person's scope is this and their number

FILL = f"""
insert into access_scope (id, kind, title) select {_FIRST_SCOPE} + id, 'circle', '' from bench_people;
insert into subjects_subject (id, kind, name, scope_id, created_at, what_matters_now)
    select id, 'person', first || ' ' || last, {_FIRST_SCOPE} + id, now(), '' from bench_people;
insert into subjects_person (subject_id, scope_id, is_child, first_name, middle_names, last_name, known_as,
    date_of_birth,
    sex, pronouns, language, interpreter, communication_needs, ethnicity, postcode, address, nhs_number, upn)
    select id, {_FIRST_SCOPE} + id, born > '2006-11-03', first, '', last, '', born, '', '', '', '', '', '',
        postcode, '', nhs, ''
    from bench_people;
insert into subjects_headline (subject_id, scope_id, kind, name, date_of_birth, ring)
    select id, (select id from access_scope where kind = 'partnership'), 'person', first || ' ' || last, born, '[]'
    from bench_people;
"""  # noqa: S608  (nothing in it comes from a user)
COPIED = "id bigint, first text, last text, name text, born date, nhs text, postcode text"
OPEN = f"""
insert into access_viewerscope (viewer_id, scope_id)
    select %s, {_FIRST_SCOPE} + id from bench_people where id %% %s = 0
"""  # noqa: S608


def fill(people: People) -> None:
    """Everybody, with a circle and a headline each. Foreign keys are not checked row by row (superuser only)."""
    Scope.objects.get_or_create(kind="partnership", defaults={"title": "Partnership"})
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(f"create table bench_people ({COPIED})")
        with cursor.copy("copy bench_people from stdin") as copy:
            columns = zip(people.first, people.last, people.born, people.nhs, people.postcode, strict=True)
            for number, (first, last, born, nhs, postcode) in enumerate(columns, start=1):
                copy.write_row((number, first, last, f"{first} {last}".lower(), born, nhs, postcode))
        cursor.execute(FILL)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze")


def make_viewers(size: int) -> tuple[Viewer, Viewer, int]:
    """Somebody to whom every circle is open, and a practitioner with some circles and the partnership's headlines."""
    everything, practitioner = (
        Viewer.objects.create(email=f"{name}@bench.example", name=name, role="practitioner", is_active=False)
        for name in ("everything", "practitioner")
    )
    circles = min(CIRCLES, size // 10)
    with connection.cursor() as cursor:
        for viewer, step in ((everything, 1), (practitioner, max(1, size // circles))):
            cursor.execute(OPEN, [viewer.pk, step])
        cursor.execute("analyze access_viewerscope")
    ViewerScope.objects.create(viewer=practitioner, scope=Scope.objects.get(kind="partnership"))
    return everything, practitioner, circles

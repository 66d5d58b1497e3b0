"""Parts of a record with an audience of their own."""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper


def make_restricted_parts(cursor: CursorWrapper, wanted: str) -> None:
    """A restricted part, with an empty audience scope, for each (subject, audience) that the query
    `wanted` gives.
    """
    cursor.execute(f"""with wanted as materialized (
            select w.*, nextval(pg_get_serial_sequence('access_scope', 'id')) as scope_id
            from ({wanted}) as w (subject_id, audience)),
        scopes as (insert into access_scope (id, kind, title) select scope_id, 'restricted', audience from
            wanted)
        insert into subjects_restrictedpart (subject_id, audience, scope_id)
        select subject_id, audience, scope_id from wanted""")

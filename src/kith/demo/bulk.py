"""Many rows of a table at once: one question to the database, checked by its constraints and row security as any other.

For years that are told after they have passed; what happens now is done by the ordinary actions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models


def numbers_for(model: type[models.Model], how_many: int) -> list[int]:
    """So many numbers that no row of the table has or will have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence(%s, 'id')) from generate_series(1, %s)",
            [model._meta.db_table, how_many],
        )
        return [number for (number,) in cursor.fetchall()]


def put(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> int:
    """Adds rows, each {column: value} with the same columns; blank text and what has a default may be left out."""
    if not rows:
        return 0
    table, given = connection.ops.quote_name(model._meta.db_table), list(rows[0])
    left_out = [one for one in model._meta.concrete_fields if one.column not in given and not one.primary_key]
    blank = {str(one.column): one.get_default() for one in left_out if not one.null}
    columns = ", ".join(map(connection.ops.quote_name, [*given, *blank]))
    text = json.dumps([{**blank, **row} for row in rows], cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        read = f"select {columns} from json_populate_recordset(null::{table}, %s::json)"  # noqa: S608 - names of models
        cursor.execute(f"insert into {table} ({columns}) {read}", [text])
    return len(rows)

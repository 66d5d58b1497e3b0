"""The search function and the protection of its tables, as migration steps."""

from __future__ import annotations

from importlib.resources import files

_SQL = files("kith.subjects.search") / "sql"


def find_function() -> str:
    """Makes kith_find() anew; a later migration runs it again when the file has changed."""
    return (_SQL / "find.sql").read_text(encoding="utf-8")


def protection() -> str:
    """Row security of the search tables, and their tidying when a subject goes."""
    return forgetting() + (_SQL / "protect.sql").read_text(encoding="utf-8") + policies()


def forgetting() -> str:
    """`create or replace` of the trigger function that takes what hangs on a doc away with it."""
    return (_SQL / "forget.sql").read_text(encoding="utf-8")


def policies() -> str:
    """The policies of the search tables, made anew."""
    return (_SQL / "policies.sql").read_text(encoding="utf-8")


UNDO_PROTECTION = "\n".join(
    f"drop policy system on subjects_{table}; drop policy search on subjects_{table};"
    f" alter table subjects_{table} no force row level security;"
    f" alter table subjects_{table} disable row level security;"
    for table in (
        "searchname",
        "searchdoc",
        "searchword",
        "searchkey",
        "searchposting",
        "searchday",
        "searchnumber",
    )
) + (
    "alter table subjects_searchdoc drop constraint doc_goes_with_its_subject;"
    "alter table subjects_searchname drop constraint name_goes_with_its_subject;"
    "drop trigger forget on subjects_searchdoc; drop function kith_forget_doc;"
)

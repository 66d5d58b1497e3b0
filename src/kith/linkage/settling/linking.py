"""Asking the engine: everything at once the first time, tonight's records against the rest afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db.backends.utils import CursorWrapper

from kith.linkage.engine.linking import link
from kith.linkage.engine.results import Linked

Progress = Callable[[str], None]


def workshop() -> Path:
    """The folder where the engine keeps its model and index."""
    folder = Path(settings.HOME) / "linkage"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def judgements(cursor: CursorWrapper) -> pa.Table:
    """What people have decided and not withdrawn: left_id, right_id, verdict ("same" or "different")."""
    cursor.execute("""select left_id::text, right_id::text, verdict from linkage_judgement
        where withdrawn_at is null and verdict <> 'unsure'""")
    rows = cursor.fetchall()
    return pa.table(
        {
            name: pa.array([row[i] for row in rows], pa.string())
            for i, name in enumerate(("left_id", "right_id", "verdict"))
        }
    )


def link_everything(records: pa.Table, decided: pa.Table, progress: Progress | None = None) -> Linked:
    """Link every record anew, obeying what people have decided."""
    return link(records, judgements=decided, progress=progress)

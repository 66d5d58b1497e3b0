"""Of what a problem profile of a cut may be, and what the cut tells of it."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from kith.insight.models import Cut
from kith.insight.queries.cuts import folder_of
from kith.insight.queries.reports import Asked
from kith.insight.rules.profiles import Subject, SubjectKind, help_events, themes

KEPT_IN = "profiles"


def subjects_of(cut: Cut) -> dict[SubjectKind, dict[str, str]]:
    """Of what a profile of this cut may be: by kind, keys and titles."""
    kept = _kept(cut, "subjects", lambda folder: _engine().subjects_of(folder))
    return {
        SubjectKind.THEME: {key: one.title for key, one in themes().items()},
        SubjectKind.LOCALITY: dict(kept["localities"]),
        SubjectKind.PLACE: dict(kept["places"]),
    }


def counted(asked: Asked, of: Subject) -> dict[str, Any]:
    """Every number of a profile. They are exact: `presenters.profiles_paper` tells them in tens."""
    wanted = {
        "kind": of.kind,
        "key": of.key,
        "events": of.events,
        "help_events": help_events(),
        "first": asked.period.begins,
        "after": asked.period.after,
        "before_first": asked.beside.begins,
        "before_after": asked.beside.after,
    }
    name = hashlib.sha256(json.dumps(wanted, sort_keys=True, default=str).encode()).hexdigest()[:16]
    return _kept(asked.cut, name, lambda folder: _engine().profile(folder, _engine().Wanted(**wanted)))


def _engine() -> Any:
    from kith.insight.engine import profiles as engine  # noqa: PLC0415 - heavy, and only the first time

    return engine


def _kept(cut: Cut, name: str, work_out: Any) -> dict[str, Any]:
    """What was worked out of a cut: kept beside it, whole or not at all. A cut never changes."""
    path: Path = folder_of(cut) / KEPT_IN / f"{name}.json"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(work_out(folder_of(cut)), file)
        os.replace(file.name, path)
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

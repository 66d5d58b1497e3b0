"""Problem profiles that somebody may read, what was written in them, and what their cut tells of their subject."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from kith.foundations.access.models import Viewer
from kith.foundations.papers import Paper
from kith.foundations.papers.keeping import read_kept
from kith.insight.models import Cut, ProblemProfile, ProfileSigned, ProfileWords
from kith.insight.permissions import can_analyse
from kith.insight.queries.cuts import folder_of
from kith.insight.rules.periods import Window, read
from kith.insight.rules.profiles import SubjectKind, every_event, help_events, themes
from kith.insight.rules.reports import Comparator

KEPT_IN = "profiles"


@dataclass(frozen=True)
class Of:
    """What a profile is of, whether or not it stands in the database."""

    cut: Cut
    kind: SubjectKind
    key: str
    title: str
    period: Window
    comparator: Comparator

    @property
    def beside(self) -> Window:
        """The period to compare with."""
        return self.comparator.window(self.period)

    @property
    def events(self) -> dict[str, tuple[str, ...]]:
        """Kinds of events, and the words by which each belongs."""
        if self.kind is SubjectKind.THEME:
            return dict(themes()[self.key].events)
        return dict.fromkeys(every_event(), ())


def profiles(viewer: Viewer) -> QuerySet[ProblemProfile]:
    """Profiles that somebody may read, the newest first: analysts all, everybody else those that are signed off."""
    found = ProblemProfile.objects.order_by("-made_at", "-pk").select_related("cut", "made_by", "signed", "signed__by")
    return found if can_analyse(viewer) else found.filter(signed__isnull=False)


def profile_or_none(viewer: Viewer, number: int) -> ProblemProfile | None:
    """One profile, if it is there and may be read."""
    return profiles(viewer).filter(pk=number).first()


def of(profile: ProblemProfile) -> Of:
    """What it is of."""
    return Of(
        profile.cut,
        SubjectKind(profile.kind),
        profile.key,
        profile.title,
        read(profile.period),
        Comparator(profile.comparator),
    )


def signed_of(profile: ProblemProfile) -> ProfileSigned | None:
    """Its signature, or None while it is a draft."""
    return ProfileSigned.objects.filter(profile=profile).select_related("by").first()


def paper_signed(signed: ProfileSigned) -> Paper:
    """The profile as it was signed off."""
    return read_kept(signed.content)


def written(profile: ProblemProfile) -> dict[str, str]:
    """The newest version of every section."""
    return {one.section: one.words for one in profile.words.order_by("at", "pk")}


def versions(profile: ProblemProfile, section: str) -> list[ProfileWords]:
    """All that was written in a section, the newest first."""
    return list(profile.words.filter(section=section).order_by("-at", "-pk").select_related("by")[:100])


def subjects_of(cut: Cut) -> dict[SubjectKind, dict[str, str]]:
    """Of what a profile of this cut may be: by kind, keys and titles."""
    kept = _kept(cut, "subjects", lambda folder: _engine().subjects_of(folder))
    return {
        SubjectKind.THEME: {key: one.title for key, one in themes().items()},
        SubjectKind.LOCALITY: dict(kept["localities"]),
        SubjectKind.PLACE: dict(kept["places"]),
    }


def counted(asked: Of) -> dict[str, Any]:
    """Every number of a profile. They are exact: `presenters.profiles_paper` tells them in tens."""
    wanted = {
        "kind": asked.kind,
        "key": asked.key,
        "events": asked.events,
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

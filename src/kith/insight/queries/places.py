"""Where more happens than expected: read from beside the cut. What is not there yet is worked out by the worker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from kith.foundations.access.actions import system_viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.models import Cut, Pseudonym
from kith.insight.queries.cuts import folder_of
from kith.insight.rules.before_after import Comparison, before_and_after
from kith.insight.rules.places import KEPT_IN, Choice, Theme, every_choice, may_be_told
from kith.insight.rules.suppression.tens import TEN
from kith.subjects.models import Place

TASK = "insight.places"
JOB = "cuts"  # whoever may read which code is whose
HOMES = ("home", "childrens-home")
ALIVE = timedelta(minutes=2)  # since a worker was last heard of


@dataclass(frozen=True)
class HowFar:
    """How many of the choices of a cut are worked out, and where the one that was asked for stands."""

    done: int
    of: int
    running: bool
    before: int  # how many wait before it
    failed: bool
    worker: bool  # whether one is at work at all


def places_of(cut: Cut, choice: Choice) -> dict[str, Any] | None:
    """Exact numbers of a choice of a cut, for presenters, which say what may be told of them; None: not yet there."""
    return _kept(cut, choice.key)


def lock_of(cut_name: str, choice: Choice, *, awaited: bool) -> str:
    """What a job that works out this choice is known by: there is never a second one that waits."""
    return f"insight-places-{cut_name}-{choice.key}-{'awaited' if awaited else 'later'}"


def how_far(cut: Cut, choice: Choice, now: datetime) -> HowFar:
    """Where the worker is with what somebody asked for."""
    folder = folder_of(cut) / KEPT_IN
    done = sum((folder / f"{one.key}.json").exists() for one in every_choice())
    jobs = ProcrastinateJob.objects.filter(task_name=TASK)
    own = jobs.filter(queueing_lock=lock_of(cut.name, choice, awaited=True)).order_by("-id").first()
    before = jobs.filter(status="todo", priority__gte=own.priority, id__lt=own.id).count() if own else 0
    state = own.status if own else ""
    worker = ProcrastinateWorker.objects.filter(last_heartbeat__gte=now - ALIVE).exists()
    return HowFar(done, len(every_choice()), state == "doing", before, state == "failed", worker)


def public_places(cut: Cut) -> list[dict[str, Any]]:
    """Named public places of a cut of which enough is told for any number of them to be shown, by name."""
    told: list[dict[str, Any]] = _kept(cut, "places") or []  # type: ignore[assignment]
    return [one for one in told if may_be_told(one["events"], one["children"])]


def code_of_place(subject_id: int) -> str:
    """What cuts call a public place, for a page that its reader has open already; "" where it has no code yet.

    Never of a person, a group or a home: whom a code is about is told to nobody by this.
    """
    with viewing_as(system_viewer(JOB)):
        public = Place.objects.filter(subject=subject_id).exclude(kind__in=HOMES)
        code = Pseudonym.objects.filter(subject__in=public.values("subject")).values_list("code", flat=True).first()
    return code or ""


def week_of(cut: Cut, place: str) -> dict[str, Any] | None:
    """The week of a public place with the months that it is of; None where too little is told of the place."""
    told = _kept(cut, "weeks")
    if told is None or place not in told["places"]:
        return None
    return {"from": told["from"], "to": told["to"], **told["places"][place]}


def months_of(cut: Cut, place: str, others: list[str], theme: Theme) -> dict[str, Any]:
    """Events of a theme by whole month at a place and at others together: exact numbers."""
    told = (_kept(cut, "months") or {}).get(theme.key, {"months": [], "places": {}})
    months, nothing = told["months"], [0] * len(told["months"])
    beside = [told["places"].get(one, nothing) for one in others]
    return {
        "months": months,
        "place": told["places"].get(place, nothing),
        "control": [sum(counts) for counts in zip(*beside, strict=True)] if beside else nothing,
    }


def compared(counted: dict[str, Any], began: int, ended: int) -> Comparison:
    """What came of work between two months. Raises ValueError where nothing is before or after it."""
    return before_and_after(counted["place"], counted["control"], work_began=began, work_ended=ended, in_steps_of=TEN)


def _kept(cut: Cut, name: str) -> dict[str, Any] | None:
    path = folder_of(cut) / KEPT_IN / f"{name}.json"
    return _read(path) if path.exists() else None


@lru_cache(maxsize=32)  # what is there never changes
def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found

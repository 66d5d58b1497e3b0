"""Cuts are taken: by a named job every night, or when an analyst asks; each is written whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import randbelow

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kith.foundations.access.actions import figures_scope, system_viewer
from kith.foundations.access.models import Viewer
from kith.foundations.access.row_security import SERVED_ROLE
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record
from kith.foundations.database.address import url_of
from kith.insight.actions.places import begin_places
from kith.insight.engine.star import EXTRACTS
from kith.insight.models import Cut, Pseudonym
from kith.insight.models.cuts import CODE
from kith.insight.permissions import check_analyse
from kith.insight.queries.places_area import fifth_by_postcode
from kith.insight.queries.told import tell_all
from kith.insight.queries.under_way import saying_how_far
from kith.linkage.queries.feeds import feeds
from kith.subjects.models import Subject

JOB = "cuts"
MAKING = ".making-"  # how a cut's folder is called until it is whole
LETTERS = "abcdefghjkmnpqrstvwxyz"  # none that is read as a number


def take_cut(*, purpose: str, by: Viewer, now: datetime) -> Cut:
    """Take a cut of what is recorded now, with its figures. The same rows again are the same cut.

    It looks at the database by a connection of its own, so it sees what was committed before. Raises NotAllowed.
    """
    check_analyse(by)
    with saying_how_far(len(EXTRACTS)) as say:
        return _take(say, purpose=purpose, by=by, now=now)


def _take(say: Callable[[int], None], *, purpose: str, by: Viewer, now: datetime) -> Cut:
    started, job = time.monotonic(), system_viewer(JOB)
    _name_everybody(job)
    settings.CUTS.mkdir(parents=True, exist_ok=True)
    made, at_work = _begin_folder(settings.CUTS)
    try:
        manifest = _write(made, job, now, say)
        cut = _keep(made, manifest, started, purpose=purpose, by=by, now=now)
        with viewing_as(job):
            tell_all(cut)
            begin_places(cut=cut, by=job, now=now)
        return cut
    finally:
        shutil.rmtree(made, ignore_errors=True)
        os.close(at_work)


def _begin_folder(cuts: Path) -> tuple[Path, int]:
    """Where a cut is written before it is offered, held while its process lives; what killed ones had begun goes."""
    for left in cuts.glob(f"{MAKING}*"):
        held = _held(left)
        if held is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(held)
    while True:
        made = Path(tempfile.mkdtemp(prefix=MAKING, dir=cuts))
        held = _held(made)
        if held is not None and made.exists():
            return made, held
        if held is not None:
            os.close(held)  # another cut that began now took it for one that was killed


def _held(folder: Path) -> int | None:
    """A hold of this process on a folder, which ends with it however it ends; None where a living one has it."""
    try:
        hold = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(hold)
        return None
    return hold


@transaction.atomic
def ask_for_cut(*, purpose: str, by: Viewer, now: datetime) -> None:
    """Have the worker take a cut as soon as it can. Raises NotAllowed. One that waits is not asked for twice."""
    check_analyse(by)
    record(viewer=by, action="ask-for-cut", what=f"Asked for a cut: {purpose}", now=now)
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task("insight.cut", queueing_lock="insight-cut").defer(purpose=purpose, viewer_id=by.pk)


def _name_everybody(job: Viewer) -> None:
    """A code for each who has none yet."""
    with viewing_as(job), connection.cursor() as cursor:
        named = Pseudonym.objects.filter(subject=OuterRef("pk"))
        unnamed = list(Subject.objects.filter(~Exists(named)).values_list("pk", flat=True))
        cursor.execute(
            """insert into insight_pseudonym (subject_id, code) select * from unnest(%s::bigint[], %s::text[])
            on conflict do nothing""",
            [unnamed, [_drawn() for _ in unnamed]],
        )
    if unnamed:
        with connection.cursor() as cursor:  # as the owner: the planner thinks the table empty until it has looked
            cursor.execute("analyze insight_pseudonym")


def _drawn() -> str:
    """Twelve letters from one draw: of a whole town's people, drawing each letter by itself took seconds."""
    drawn, letters = randbelow(len(LETTERS) ** CODE), ""
    for _ in range(CODE):
        drawn, letter = divmod(drawn, len(LETTERS))
        letters += LETTERS[letter]
    return letters


def _write(folder: Path, job: Viewer, now: datetime, say: Callable[[int], None]) -> dict[str, object]:
    from kith.insight.engine import cutting, measuring  # noqa: PLC0415 - heavy, and only where a cut is made

    with viewing_as(job):
        told = {
            feed.definition.feed: cutting.FeedTold(feed.definition.agency, feed.definition.title, feed.freshness.state)
            for feed in feeds(now)
        }
    localities = settings.PARTNERSHIP.localities
    area = cutting.Area(
        {district: one.name for one in localities for district in one.postcodes},
        {one.name: one.children for one in localities},
        settings.PARTNERSHIP.children_source,
        fifth_by_postcode(),
    )
    with cutting.one_look(url_of(connection.settings_dict), job.pk, SERVED_ROLE) as cursor:
        taken = cutting.take(cursor, say=say)
    as_at = timezone.localdate(now)
    manifest = cutting.write_star(folder, cutting.star_of(taken, area, told), as_at)
    measuring.write_figures(folder, as_at)
    return manifest


def _keep(made: Path, manifest: dict[str, object], started: float, *, purpose: str, by: Viewer, now: datetime) -> Cut:
    name, sha256 = f"{manifest['as_at']}-{str(manifest['sha256'])[:10]}", str(manifest["sha256"])
    tables: dict[str, dict[str, int]] = manifest["tables"]  # type: ignore[assignment]
    with transaction.atomic():
        if known := Cut.objects.filter(name=name).first():
            return known
        if not (folder := settings.CUTS / name).exists():
            made.rename(folder)
        cut = Cut.objects.create(
            name=name,
            scope=figures_scope(),
            as_at=timezone.localdate(now),
            made_at=now,
            made_by=by,
            purpose=purpose,
            sha256=sha256,
            rows={table: about["rows"] for table, about in tables.items()},
            seconds=round(time.monotonic() - started, 2),
        )
        record(viewer=by, action="take-cut", what=f"Took the cut {name}: {purpose}", now=now)
    return cut

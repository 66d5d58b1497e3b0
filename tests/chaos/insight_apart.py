"""A process of its own in which cuts are taken, reports signed and problem profiles written, and killed meanwhile.

Each is done by a copy of this process that is killed at some moment. Nothing here uses what the copies do before they
are made: threads would stand still in them. Prints what it found as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kith.foundations.starting import start_django

start_django()

from django.conf import settings  # noqa: E402 - Django has to be started first
from django.db import connections  # noqa: E402

from kith.foundations.access.viewing import viewing_as  # noqa: E402
from kith.foundations.audit.models import AuditEvent  # noqa: E402
from kith.foundations.papers import FORMATS, write  # noqa: E402
from kith.insight.actions.reports import begin_report, write_section  # noqa: E402
from kith.insight.models import Cut, Report, ReportSigned, ReportWords  # noqa: E402
from kith.insight.presenters.reports_paper import paper_of  # noqa: E402
from kith.insight.queries.cuts import folder_of, what_changed  # noqa: E402
from kith.insight.queries.reports import Asked, Written, paper_signed  # noqa: E402
from kith.insight.rules.profiles import Subject, SubjectKind, themes  # noqa: E402
from kith.insight.rules.reports import Comparator, periods, report_kinds  # noqa: E402
from kith.insight.tests import test_cuts, test_profiles  # noqa: E402
from tests.support.cast import NOW, Cast, make_cast  # noqa: E402

Act = Callable[[], object]


def apart(act: Act, *, killed_after: float | None = None) -> float | None:
    """Done by a copy of this process, killed after so many seconds. How long it took; None where it was killed."""
    connections.close_all()
    started, pid = time.monotonic(), os.fork()
    if pid == 0:
        try:
            act()
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(pid, signal.SIGKILL)  # it is not waited for yet, so its number is still its own
    ended = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(ended):
        return None
    if os.WEXITSTATUS(ended):
        raise SystemExit("What was done without being killed failed.")
    return time.monotonic() - started


def kill(act: Act, after: float) -> None:
    """Killed in the middle of it: sooner, where this machine was faster than before."""
    while apart(act, killed_after=after) is not None:
        after *= 0.6


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def wrong_cuts(calm: dict[str, bytes]) -> list[str]:
    """Whatever of the cuts that are offered is not as it would be had nothing been killed."""
    wrong = []
    for cut in Cut.objects.all():
        found = files_of(folder_of(cut))
        wrong += what_changed(cut) + [name for name in calm if "places" not in name and found.get(name) != calm[name]]
    return wrong


def kill_cuts(cast: Cast, root: Path, kills: int, chance: random.Random) -> dict[str, Any]:
    test_cuts.a_life(cast)

    def take() -> object:
        return test_cuts.taken(cast)

    settings.CUTS, settings.PLACES_AT_ONCE = root / "calm", 0
    lasts = apart(take) or 0.0
    calm = files_of(folder_of(Cut.objects.get()))
    Cut.objects.all().delete()
    settings.CUTS, wrong = root / "cuts", list[str]()
    for _ in range(kills):
        kill(take, lasts * chance.uniform(0.1, 0.98))
        wrong += wrong_cuts(calm)
        Cut.objects.all().delete()
    left = len(list(settings.CUTS.glob(".making-*")))
    apart(take)
    after = files_of(folder_of(Cut.objects.get()))
    return {
        "wrong": wrong + wrong_cuts(calm),
        "differs": sorted(name for name in {*calm, *after} if calm.get(name) != after.get(name)),
        "left behind": [left, len(list(settings.CUTS.glob(".making-*")))],
    }


def kill_profiles(cast: Cast, root: Path, kills: int, chance: random.Random) -> dict[str, Any]:
    """A problem profile is worked out, written and signed; it is there with its audit and its files, or not at all."""
    of = profile_of(Cut.objects.get())

    def work_out_write_and_sign() -> None:
        with viewing_as(cast.uma):
            begun = begin_report(of=of, by=cast.uma, now=NOW)
            for section in of.kind.sections:
                if section.required:
                    write_section(report=begun, section=section, words="It is so.", by=cast.uma, now=NOW)
        test_profiles.signed(cast, begun)

    def write_down(name: str) -> None:
        with viewing_as(cast.uma):
            (root / name).write_bytes(write(paper_of(of, Written(), made_by="Uma"), "csv"))

    lasts = apart(work_out_write_and_sign) or 0.0
    apart(lambda: write_down("calm.csv"))
    for _ in range(kills):
        shutil.rmtree(folder_of(of.cut) / "profiles", ignore_errors=True)
        kill(work_out_write_and_sign, lasts * chance.uniform(0.1, 0.98))
    apart(work_out_write_and_sign)
    apart(lambda: write_down("after.csv"))
    signed = list(ReportSigned.objects.order_by("pk"))
    with viewing_as(cast.uma):
        papers = [paper_signed(one) for one in signed]
        files = [write(papers[-1], form) for form in FORMATS]
    actions = ("begin-report", "write-report", "sign-report")
    told = [AuditEvent.objects.filter(action=name).count() for name in actions]
    there = [Report.objects.count(), ReportWords.objects.count(), len(signed)]
    return {
        "without their files": sum(one.checksum != paper.checksum() for one, paper in zip(signed, papers, strict=True))
        + sum(not file for file in files),
        "told and there": [told, there],
        "differs": (root / "calm.csv").read_bytes() != (root / "after.csv").read_bytes(),
        "signed": len(signed),
    }


def profile_of(cut: Cut) -> Asked:
    kind = report_kinds()["problem-profile"]
    subject = Subject(SubjectKind.THEME, "missing", themes()["missing"].title)
    return Asked(cut, kind, periods(kind, cut.as_at)[0], Comparator.YEAR_BEFORE, subject, test_profiles.WHY)


def main() -> None:
    root, kills = Path(sys.argv[1]), int(sys.argv[2])
    chance, cast = random.Random(kills), make_cast()  # noqa: S311 - moments, not secrets
    found = {
        "cuts": kill_cuts(cast, root, kills, chance),
        "profiles": kill_profiles(cast, root, kills, chance),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()

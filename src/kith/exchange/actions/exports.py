"""What leaves for a national return or an inspection: by a named job, written whole, on record with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from kith.exchange.queries.absences import absences_of
from kith.exchange.queries.care import children_in_care, first_births, leads_of, numbers_of
from kith.exchange.returns import annex_a, ssd_missing, ssda903
from kith.exchange.rules.years import CollectionYear, months_before
from kith.exchange.writing import put_in_place, write_csv, write_xlsx
from kith.foundations.access.models import Viewer
from kith.foundations.access.viewing import viewing_as
from kith.foundations.audit.actions import record

JOB = "exports"
REMARKS = "{}-remarks.csv"


class NoPurpose(ValueError):
    """An export says what it is for; the message is the sentence to show."""


@dataclass(frozen=True)
class Exported:
    """What was written: rows by file, and how many remarks, of which so many are left out."""

    rows: dict[str, int]
    remarks: int
    left_out: int
    remarks_file: str


def export_ssda903(
    *, year: CollectionYear, out: Path, purpose: str, system: str, by: Viewer, now: datetime
) -> Exported:
    """Header and missing of one year's return, for the children of one council's system."""
    _check(purpose)
    with viewing_as(by):
        children = children_in_care(year.first, year.last, system)
        ids = [child.subject_id for child in children]
        found = ssda903.return_903(children, absences_of(ids), first_births(ids, year.last), year)
    with put_in_place(out) as folder:
        rows = {
            "header.csv": write_csv(folder / "header.csv", ssda903.HEADER, found.header),
            "missing.csv": write_csv(folder / "missing.csv", ssda903.MISSING, found.missing),
        }
        done = _with_remarks(folder, "ssda903", rows, found.remarks)
        _put_on_record(f"Looked after children return {year}", purpose, done, ids, by, now)
    return done


def export_annex_a(*, as_at: date, out: Path, purpose: str, system: str, by: Viewer, now: datetime) -> Exported:
    """List 8 of Annex A, as a workbook and as CSV."""
    _check(purpose)
    with viewing_as(by):
        children = children_in_care(months_before(as_at, 6), as_at, system)
        ids = [child.subject_id for child in children]
        rows, remarks = annex_a.list_8(children, absences_of(ids), leads_of(ids, as_at), as_at)
    told = [{key: _words(value) for key, value in row.items()} for row in rows]
    with put_in_place(out) as folder:
        written = {
            "annex-a-list-8.xlsx": write_xlsx(folder / "annex-a-list-8.xlsx", "List 8", annex_a.COLUMNS, rows),
            "annex-a-list-8.csv": write_csv(folder / "annex-a-list-8.csv", annex_a.COLUMNS, told),
        }
        done = _with_remarks(folder, "annex-a", written, remarks)
        _put_on_record(f"Annex A list 8 as at {as_at}", purpose, done, ids, by, now)
    return done


def export_ssd_missing(*, out: Path, purpose: str, system: str, by: Viewer, now: datetime) -> Exported:
    """The missing table of the Standard Safeguarding Dataset."""
    _check(purpose)
    with viewing_as(by):
        absences = absences_of()
        rows, remarks = ssd_missing.ssd_missing(absences, numbers_of(absences, system))
    with put_in_place(out) as folder:
        written = {"ssd_missing.csv": write_csv(folder / "ssd_missing.csv", ssd_missing.COLUMNS, rows)}
        done = _with_remarks(folder, "ssd-missing", written, remarks)
        _put_on_record("Missing table of the dataset", purpose, done, list(absences), by, now)
    return done


def _check(purpose: str) -> None:
    if not purpose.strip():
        raise NoPurpose("Say what the export is for: it stands in the record of who looked.")


def _with_remarks(folder: Path, name: str, rows: dict[str, int], remarks: list[dict[str, str]]) -> Exported:
    file = REMARKS.format(name)
    write_csv(folder / file, ssda903.REMARKS, remarks)
    return Exported(rows, len(remarks), sum(one["Left out"] == "yes" for one in remarks), file)


def _put_on_record(what: str, purpose: str, done: Exported, subjects: Sequence[int], by: Viewer, now: datetime) -> None:
    details = {"rows": done.rows, "left out": done.left_out, "remarks": done.remarks}
    because = purpose.strip()
    with transaction.atomic():  # kept before the files are moved into place: no file without its line
        record(viewer=by, action="export", subjects=subjects, what=what, because=because, details=details, now=now)


def _words(value: object) -> str:
    return ssda903.uk(value) if isinstance(value, date) else str(value)

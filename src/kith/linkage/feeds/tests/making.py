"""Small definitions and files for the tests of feeds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl

from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.definition_file import read_definition
from kith.linkage.feeds.keeping import keep
from kith.linkage.feeds.preparing import Prepared, checked_batches, prepare
from kith.linkage.feeds.rejects_file import read_shown

TODAY = date(2026, 11, 20)
MISSING = """
feed: police-missing
title: Missing person reports
agency: avonmouth-police
system: police/niche
format: {kind: csv, delimiter: ";", dates: ["%d/%m/%Y"], times: ["%H:%M"]}
recognise: {file: ["*missing*.csv"], columns: [MISPER_REF, NICHE_ID]}
arrives: {every: 1 day, silent_after: 3 days, mode: delta}
key: [reference]
columns:
  reference:  {from: MISPER_REF, required: yes}
  person_key: {from: NICHE_ID, required: yes}
  first_name: {from: FORENAMES}
  last_name:  {from: SURNAME}
  born:       {from: DOB, type: date, not_future: yes}
  upn:        {from: UPN, type: upn}
  reported:   {from: [DAY, TIME], type: datetime, required: yes, not_future: yes}
  grade:      {from: RISK, codes: {H: high, M: medium}, unknown_code: reject}
  place:      {from: PLACE}
people:
  child: {key: "{person_key}", kind: child, first_name: "{first_name}", last_name: "{last_name}",
          date_of_birth: "{born}", upn: "{upn}"}
places:
  there: {name: "{place}", kind: park}
entries:
  - kind: missing-episode
    key: "{reference}"
    at: "{reported}"
    about: [child, there]
    summary: "Reported missing from {place|home}, graded {grade|not graded}"
    details: {grade: "{grade}"}
"""
HEADER = "MISPER_REF;NICHE_ID;FORENAMES;SURNAME;DOB;UPN;DAY;TIME;RISK;PLACE"
ROW = "MP1;N1;Amara;Osei;01/02/2011;;03/11/2026;16:10;H;Harbour Park"


def definition(folder: Path, text: str = MISSING, name: str = "definition.yaml") -> Definition:
    """The definition that this YAML is."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_definition(path)


def csv_file(
    folder: Path, *rows: str, header: str = HEADER, name: str = "missing.csv", encoding: str = "utf-8"
) -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_bytes(("\n".join([header, *rows]) + "\n").encode(encoding))
    return path


def prepared(path: Path, made: Definition, today: date = TODAY) -> Prepared:
    """The file kept, read and checked."""
    return prepare(keep(path, path.parent / "deliveries"), made, today=today)


def good_rows(done: Prepared) -> pl.DataFrame:
    """The checked rows that may be loaded."""
    return pl.concat(checked_batches(done, after_row=0, rows=1000)).filter(pl.col("_ok"))


def reasons(done: Prepared) -> dict[int, str]:
    """Why each rejected row was rejected."""
    return {one["row"]: " ".join(one["reasons"]) for one in read_shown(done.path)}

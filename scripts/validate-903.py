"""Runs the sector's validator over a folder of looked after children files; its own environment's Python calls this.

Usage: validate-903.py RULESET YEAR THIS_YEAR [LAST_YEAR]. RULESET like lac2025_26, YEAR the one in which the return's
year ends; the folders hold header.csv, episodes.csv and missing.csv. Prints JSON: done, skipped and failed rules, and
for each rule that found something, the rows by module.
"""

import contextlib
import importlib
import json
import logging
import sys
from pathlib import Path

from lac_validator import lac_validator

NAMES = {"This year": 3, "Prev year": 4}  # how the validator calls the files of each year, and which argument is which


def main() -> None:
    logging.disable(logging.CRITICAL)
    ruleset, year = sys.argv[1:3]
    with contextlib.redirect_stdout(sys.stderr):  # it says much while it works
        files = [
            {"name": path.name, "description": described, "file_content": path.read_bytes()}
            for described, number in NAMES.items()
            if number < len(sys.argv)
            for path in sorted(Path(sys.argv[number]).glob("*.csv"))
            if path.stem in {"header", "episodes", "missing"}
        ]
        registry = importlib.import_module(f"lac_validator.rules.{ruleset}").registry
        metadata = {"collectionYear": year, "localAuthority": "E06000023"}
        lac_validator.copy_datastore = whole_copy
        validator = lac_validator.LacValidator(metadata=metadata, files=files, registry=registry)
    print(json.dumps({**_rules(validator), "found": _found(validator)}))


def whole_copy(store: dict) -> dict:
    """What each rule is given. As the validator hands files out itself, a rule that fills gaps (361 and 362 fill the
    ends of episodes that go on) fills them for every rule after it, which then finds errors that no file has.
    """
    return {name: held.copy(deep=True) if hasattr(held, "columns") else held for name, held in store.items()}


def _rules(validator) -> dict:
    return {"done": validator.dones, "skipped": validator.skips, "failed": validator.fails}


def _found(validator) -> dict:
    found: dict = {}
    for module, frame in validator.ds_results.items():
        if not hasattr(frame, "columns"):
            continue
        for column in (name for name in frame.columns if str(name).startswith("ERR_")):
            rows = [int(row) for row in frame.index[frame[column].fillna(False).astype(bool)]]
            if rows:
                found.setdefault(column.removeprefix("ERR_"), {})[module] = rows
    return found


if __name__ == "__main__":
    main()

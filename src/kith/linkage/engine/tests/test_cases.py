"""The hard cases of cases.csv, each linked with the model that comes with the package."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from kith.linkage.engine import contradictions, explain, link

NAMES = {
    "first": "first_name",
    "last": "last_name",
    "dob": "date_of_birth",
    "nhs": "nhs_number",
    "middle": "middle_names",
}
FIELDS = ("first", "last", "dob", "sex", "nhs", "upn", "postcode", "address", "phone", "middle")


def cases() -> list[dict[str, str]]:
    lines = (Path(__file__).parent / "cases.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=";"))


def record(case: dict[str, str], side: str) -> dict[str, object]:
    made: dict[str, object] = {NAMES.get(name, name): case.get(name + side) or None for name in FIELDS}
    made["date_of_birth"] = date.fromisoformat(str(made["date_of_birth"]))
    return made


def linked_pair(left: dict[str, object], right: dict[str, object]) -> tuple[bool, list[str]]:
    linked = link(pa.Table.from_pylist([{"record_id": "a", **left}, {"record_id": "b", **right}]))
    return len(set(linked.clusters["cluster_id"].to_pylist())) == 1, linked.pairs["outcome"].to_pylist()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["story"])
def test_hard_case(case: dict[str, str]) -> None:
    left, right = record(case, ""), record(case, "2")
    together, outcomes = linked_pair(left, right)
    if case["verdict"] == "same":
        assert together, explain(left, right).headline
        assert not contradictions(left, right)
    elif case["verdict"] == "apart":
        assert not together
    elif case["verdict"] == "unsure":
        assert not together
        assert outcomes == ["unsure"]
    else:
        assert together or outcomes == ["unsure"]


def test_twins_and_two_numbers_are_said_in_words() -> None:
    stories = {case["story"]: case for case in cases()}
    twins = stories["Twins at one address"]
    assert "twins" in contradictions(record(twins, ""), record(twins, "2"))[0]
    numbers = stories["Two NHS numbers, else alike"]
    assert contradictions(record(numbers, ""), record(numbers, "2")) == ["Two different valid NHS numbers."]


def test_an_explanation_is_sentences_strongest_first() -> None:
    case = next(case for case in cases() if case["story"] == "Day and month swapped")
    told = explain(record(case, ""), record(case, "2"))
    assert told.headline.startswith("Same first name, surname and home; dates of birth differ by day and month swapped")
    weights = [abs(reason.weight) for reason in told.reasons]
    assert weights == sorted(weights, reverse=True)
    assert {reason.agrees for reason in told.reasons} >= {"same", "close", "unknown"}
    assert all(reason.sentence.endswith(".") and not any(map(str.isdigit, reason.sentence)) for reason in told.reasons)

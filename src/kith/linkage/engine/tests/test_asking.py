"""Whom nobody is asked about: two people by the rules; and whom somebody still is."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from kith.linkage.engine import Index, Linked, default_model, link

BORN, HOME = date(2012, 5, 17), {"postcode": "QX4 5RT", "address": "12 Quarry Hill", "phone": "07700900123"}
NHS, FAR, TWO_KEYS_OFF = "9434765919", "4010232137", "9434765927"


def child(record_id: str, first: str, **facts: object) -> dict[str, object]:
    known = {"first_name": first, "last_name": "Okonjo-Reilly", "date_of_birth": BORN, "sex": "F", **HOME}
    return {"record_id": record_id, **known, **facts}


FIELDS = ("record_id", "first_name", "last_name", "date_of_birth", "sex", "postcode", "address", "phone",
          "middle_names", "known_as", "nhs_number", "upn")  # fmt: skip


def table(*children: dict[str, object]) -> pa.Table:
    return pa.Table.from_pylist([{field: one.get(field) for field in FIELDS} for one in children])


def asked(linked: Linked) -> set[tuple[str, str]]:
    return {
        tuple(sorted((row["left_id"], row["right_id"])))  # type: ignore[misc]
        for row in linked.pairs.to_pylist()
        if row["outcome"] == "unsure"
    }


def together(linked: Linked) -> bool:
    return len(set(linked.clusters["cluster_id"].to_pylist())) == 1


TWO = {
    "two NHS numbers far apart": (child("a", "Nia", nhs_number=NHS), child("b", "Nia", nhs_number=FAR)),
    "two permanent school numbers far apart": (
        child("a", "Nia", upn="A950000178301"), child("b", "Nia", upn="H801200001001")),
    "wholly different first names, one birth date, one home": (child("a", "Nia"), child("b", "Harriet")),
}  # fmt: skip
ASKED = {
    "a slip in a short first name": (child("a", "Ben"), child("b", "Brn")),
    "a familiar name that is the other's first": (child("a", "Nia"), child("b", "Harriet", known_as="Nia")),
    "a middle name both have": (
        child("a", "Nia", middle_names="Wilhelmina"), child("b", "Harriet", middle_names="Wilhelmina")),
    "two NHS numbers a keying slip apart": (
        child("a", "Nia", nhs_number=NHS), child("b", "Nia", nhs_number=TWO_KEYS_OFF)),
    "another first name, one NHS number": (child("a", "Nia", nhs_number=NHS), child("b", "Harriet", nhs_number=NHS)),
}  # fmt: skip


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO)
def test_two_people_by_the_rules_are_kept_apart_and_nobody_is_asked(pair: tuple[dict[str, object], ...]) -> None:
    linked = link(table(*pair), model=default_model())
    assert not together(linked)
    assert not asked(linked)


@pytest.mark.parametrize("pair", ASKED.values(), ids=ASKED)
def test_what_may_be_one_person_is_asked_or_joined(pair: tuple[dict[str, object], ...]) -> None:
    linked = link(table(*pair), model=default_model())
    assert together(linked) or asked(linked) == {("a", "b")}


def test_what_one_record_of_a_person_shows_holds_for_the_others() -> None:
    """The school's thin record of Nia has no number; with social care's, it is one child, and hers is not Mia's."""
    nia = [child("a", "Nia", nhs_number=NHS), child("b", "Nia")]
    linked = link(table(*nia, child("c", "Mia", nhs_number=FAR, middle_names=None)), model=default_model())
    assert not asked(linked)


@pytest.mark.parametrize("keep", [True, False], ids=["many at a time", "one at a time"])
@pytest.mark.parametrize("pair", TWO.values(), ids=TWO)
def test_tonights_record_follows_the_same_rules(pair: tuple[dict[str, object], ...], keep: bool) -> None:
    base = table(pair[0])
    clusters = pa.table({"record_id": ["a"], "cluster_id": ["a"]})
    with Index.build(base, clusters, model=default_model()) as index:
        assert not asked(index.link(table(pair[1]), keep=keep))

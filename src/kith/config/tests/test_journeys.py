"""The estimate of a journey's seconds, its budget, and the command that sets them side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from kith.config.commands.journeys import BUDGETS, MEASURED, PAGE, journeys
from kith.config.commands.journeys_budgets import (
    Budget,
    BudgetError,
    Measured,
    keep_measured,
    problems,
    read_budgets,
    read_measured,
)

REPOSITORY = Path(__file__).parents[4]
WALKED = Measured(
    journey="J1",
    test="tests/journeys/test_doors.py::test_a_place",
    phone=False,
    script=True,
    pages=5,
    required_fields=3,
    clicks=10,
    keystrokes=100,
    free_text_keystrokes=60,
    decisions=4,
    largest_page=99_001,
    bytes=200_000,
    server_ms=120,
)
BUDGET = Budget("J1", "Anybody", "Tells us", built=True, seconds=180, pages=7, required_fields=4, page_kb=150)
LISTED = """as_at: 2026-11-22
source: the goals.
journeys:
  J1: {who: Anybody, does: Tells us, built: true, seconds: 180, pages: %s}
  J4: {who: A team, does: Asks, built: false, seconds: 60}
"""


def test_seconds_are_pages_clicks_keys_and_decisions() -> None:
    assert WALKED.seconds == 65  # 5 × 4 + 10 × 1.1 + 100 × 0.28 + 4 × 1.35 = 64.4, counted up
    assert replace(WALKED, phone=True).seconds == 87  # keys at 0.5 s
    assert WALKED.seconds_beyond_typing == 48
    assert WALKED.largest_page_kb == 100


def test_a_journey_within_its_budget_exceeds_nothing() -> None:
    assert BUDGET.exceeded_by(WALKED) == []
    assert BUDGET.exceeded_by(replace(WALKED, pages=7, required_fields=4, largest_page=150_000)) == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"pages": 8}, "8 pages of 7"),
        ({"required_fields": 5}, "5 required fields of 4"),
        ({"largest_page": 150_001}, "151 kB on a page of 150"),
        ({"clicks": 200}, "274 seconds of 180"),
    ],
)
def test_each_figure_over_its_budget_is_named(more: dict[str, int], words: str) -> None:
    assert BUDGET.exceeded_by(replace(WALKED, **more)) == [words]  # type: ignore[arg-type]


def test_beyond_typing_leaves_out_what_somebody_has_to_say() -> None:
    short = replace(BUDGET, seconds=50)
    assert short.exceeded_by(WALKED) == ["65 seconds of 50"]
    assert replace(short, beyond_typing=True).exceeded_by(WALKED) == []


def test_what_only_the_test_knows_has_its_budget_too() -> None:
    wanting = replace(BUDGET, at_most={"entries": 1}, at_least={"records": 4})
    assert wanting.exceeded_by(WALKED) == ["entries not told", "records not told"]
    assert wanting.exceeded_by(replace(WALKED, facts={"entries": 1, "records": 4})) == []
    wrong = replace(WALKED, facts={"entries": 2, "records": 3})
    assert wanting.exceeded_by(wrong) == ["2 entries of 1", "3 records, at least 4 wanted"]


def test_measurements_of_several_tests_stand_side_by_side(tmp_path: Path) -> None:
    keep_measured(WALKED, tmp_path)
    keep_measured(replace(WALKED, pages=6), tmp_path)
    keep_measured(replace(WALKED, test="another", phone=True), tmp_path)
    keep_measured(replace(WALKED, journey="J14"), tmp_path)
    keep_measured(replace(WALKED, journey="J2"), tmp_path)
    assert [(one.journey, one.pages) for one in read_measured(tmp_path)] == [
        ("J1", 5),
        ("J1", 6),
        ("J2", 5),
        ("J14", 5),
    ]


def test_the_budgets_of_this_repository_can_be_read() -> None:
    budgets = read_budgets(REPOSITORY / BUDGETS)
    assert list(budgets.journeys) == [f"J{number}" for number in range(1, 16)]
    first = budgets.journeys["J1"]
    assert (first.seconds, first.pages, first.required_fields, first.page_kb) == (180, 7, 4, 150)


@pytest.mark.parametrize("text", ["", "journeys: {}", "as_at: 1\nsource: a\njourneys: {J1: {colour: red}}", "["])
def test_budgets_that_cannot_be_read_say_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "budgets.yaml"
    path.write_text(text)
    with pytest.raises(BudgetError, match="cannot be read"):
        read_budgets(path)


def _run(root: Path, *words: str, pages: int = 7, walked: Measured | None = WALKED) -> tuple[int, str]:
    for folder in (BUDGETS.parent, MEASURED, PAGE.parent):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / BUDGETS).write_text(LISTED % pages)
    if walked:
        keep_measured(walked, root / MEASURED)
    done = CliRunner().invoke(journeys, ["--as-measured", "--root", str(root), *words])
    return done.exit_code, done.output


def test_the_table_is_written_with_what_is_built_and_what_is_not(tmp_path: Path) -> None:
    code, said = _run(tmp_path, "--check")
    assert code == 0, said
    written = (tmp_path / PAGE).read_text()
    assert "| J1 Tells us | Anybody | desk | 5 | 3 | 10 | 65 | 100 | 180 s, 7 pages | within |" in written
    assert "| J4 Asks | A team |  |  |  |  |  |  | 60 s | not built |  |" in written
    assert written.index("J1 Tells us") < written.index("J4 Asks")


def test_an_exceeded_budget_fails_the_check_and_only_the_check(tmp_path: Path) -> None:
    code, said = _run(tmp_path, "--check", pages=4)
    assert code == 1
    assert "J1: 5 pages of 4 (tests/journeys/test_doors.py::test_a_place)" in said
    assert "over: 5 pages of 4" in (tmp_path / PAGE).read_text()
    assert _run(tmp_path, pages=4)[0] == 0


def test_a_journey_said_to_be_built_and_not_measured_fails_the_check(tmp_path: Path) -> None:
    code, said = _run(tmp_path, "--check", walked=None)
    assert code == 1
    assert "J1: said to be built, and not measured by any test" in said


def test_a_journey_with_no_budget_fails_the_check(tmp_path: Path) -> None:
    code, said = _run(tmp_path, "--check", walked=replace(WALKED, journey="J4"))
    assert code == 1
    assert problems(read_budgets(tmp_path / BUDGETS), [replace(WALKED, journey="J99"), WALKED]) == [
        "J99: measured, with no budget"
    ]


def test_nothing_is_written_unless_asked(tmp_path: Path) -> None:
    _run(tmp_path)
    assert not (tmp_path / PAGE).exists()


def test_journeys_that_do_not_pass_are_told_as_such(tmp_path: Path) -> None:
    (tmp_path / BUDGETS.parent).mkdir(parents=True)
    (tmp_path / BUDGETS).write_text(LISTED % 7)
    done = CliRunner().invoke(journeys, ["--root", str(tmp_path), "--check"])
    assert done.exit_code == 1
    assert "The journeys do not pass" in done.output

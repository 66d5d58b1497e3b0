"""The coverage table's check finds what is untrue."""

from pathlib import Path

import click
import pytest

from kith.config.commands.coverage import ROWS, Row, problems, read_rows

HERE = "src/kith/config/tests/test_coverage.py"
ROOT = Path(__file__).parents[4]


def table(**changed: str) -> list[Row]:
    rows = [Row(number, "something", "no", "", "") for number in range(1, ROWS + 1)]
    first = {
        "id": 1,
        "capability": "something",
        "status": "yes",
        "where": "/accounts/login/",
        "test": f"{HERE}::test_a_true_table",
    }
    return [Row(**{**first, **changed}), *rows[1:]]  # type: ignore[arg-type]


def test_a_true_table() -> None:
    assert problems(table(), ROOT) == []


def test_a_command_counts_as_a_place() -> None:
    assert problems(table(where="kith load"), ROOT) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"where": "/nowhere-at-all"}, "nothing stands at"),
        ({"where": "kith conjure"}, "nothing stands at"),
        ({"test": f"{HERE}::test_that_was_never_written"}, "there is no test"),
        ({"test": "src/kith/nowhere.py::test_a_true_table"}, "there is no test"),
        ({"test": HERE}, "there is no test"),
        ({"status": "nearly"}, "status is 'nearly'"),
    ],
)
def test_what_is_untrue_is_told(changed: dict[str, str], told: str) -> None:
    (problem,) = problems(table(**changed), ROOT)
    assert told in problem


def test_a_line_missing_and_a_line_twice_are_told() -> None:
    rows = table()
    assert problems([*rows[:-1], rows[1]], ROOT) == ["2 stands 2 times", f"{ROWS} is missing"]


def test_another_set_of_columns_is_refused(tmp_path: Path) -> None:
    (tmp_path / "coverage.csv").write_text("id,status\n1,yes\n")
    with pytest.raises(click.ClickException, match="the columns must be"):
        read_rows(tmp_path / "coverage.csv")


def test_the_real_table_is_true() -> None:
    assert problems(read_rows(ROOT / "docs" / "coverage.csv"), ROOT) == []

"""The partnership's own settings file."""

from pathlib import Path

import pytest

from kith.config.partnership import Partnership, read_partnership


def test_without_a_file_it_is_the_fictional_area() -> None:
    assert read_partnership("") == Partnership()


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "area.toml").write_text('name = "Eastmere"\n')
    read = read_partnership(str(tmp_path / "area.toml"))
    assert (read.name, read.colour) == ("Eastmere", Partnership().colour)


def test_a_setting_nobody_knows_is_named(tmp_path: Path) -> None:
    (tmp_path / "area.toml").write_text('nmae = "Eastmere"\n')
    with pytest.raises(ValueError, match="unknown setting nmae"):
        read_partnership(str(tmp_path / "area.toml"))

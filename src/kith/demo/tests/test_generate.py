"""The files are the same each time, and every feed can be read by its definition."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from kith.demo.feed import Delivery
from kith.linkage.feeds.definition_file import read_agencies, read_definition

DEFINITIONS = Path(__file__).parents[1] / "feeds"
BUILT_IN = ("ssd-", "cin-", "ssda903-")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def _generate_elsewhere(out: Path, hash_seed: str, seed: str = "7") -> dict[str, str]:
    command = [sys.executable, "-m", "kith.demo.commands", "generate", "--size", "tiny", "--seed", seed, "--out", str(out), "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed}, stdout=subprocess.DEVNULL)
    return _hashes(out)


def test_same_seed_and_day_give_the_same_bytes(sent: tuple[Path, list[Delivery]], tmp_path: Path) -> None:
    here = _hashes(sent[0])
    assert _generate_elsewhere(tmp_path / "again", "12345") == here
    assert _generate_elsewhere(tmp_path / "other", "1", seed="8") != here


def test_every_feed_has_a_definition_that_can_be_read(sent: tuple[Path, list[Delivery]]) -> None:
    agencies = read_agencies(DEFINITIONS / "agencies.yaml")
    local = {delivery.feed.name: delivery.feed for delivery in sent[1] if not delivery.feed.name.startswith(BUILT_IN)}
    defined = {path.stem for path in DEFINITIONS.glob("*.yaml")} - {"agencies", "kinds"}
    assert defined == set(local)
    for name, feed in local.items():
        definition = read_definition(DEFINITIONS / f"{name}.yaml")
        assert definition.feed == name and definition.agency == feed.agency and definition.agency in agencies
        assert definition.arrives.mode == feed.mode and definition.format.kind == feed.shape.kind

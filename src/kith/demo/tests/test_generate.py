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
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _generate_elsewhere(out: Path, hash_seed: str, seed: str = "7") -> dict[str, str]:
    command = [sys.executable, "-m", "kith.demo.commands", "generate", "--size", "tiny"]
    command += ["--seed", seed, "--out", str(out), "--quiet"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    return _hashes(out)


def test_same_seed_and_day_give_the_same_bytes(sent: tuple[Path, list[Delivery]], tmp_path: Path) -> None:
    here = _hashes(sent[0])
    assert _generate_elsewhere(tmp_path / "again", "12345") == here
    other = _generate_elsewhere(tmp_path / "other", "1", seed="8")
    both = other.keys() & here.keys()
    assert len(both) > 120
    assert sum(other[name] == here[name] for name in both) < 10  # places, hours, empty sheets


def test_every_feed_has_a_definition_that_fits_it(sent: tuple[Path, list[Delivery]]) -> None:
    agencies = read_agencies(DEFINITIONS / "agencies.yaml")
    local = {d.feed.name: d for d in sent[1] if not d.feed.name.startswith(BUILT_IN)}
    assert {path.stem for path in DEFINITIONS.glob("*.yaml")} - {"agencies", "kinds"} == set(local)
    for name, delivery in local.items():
        definition, feed = read_definition(DEFINITIONS / f"{name}.yaml"), delivery.feed
        assert definition.agency == feed.agency
        assert definition.agency in agencies
        assert definition.arrives.mode == feed.mode
        assert definition.format.kind == feed.shape.kind
        if feed.shape.kind in ("csv", "xlsx"):
            named = {source for column in definition.columns for source in column.sources}
            assert named <= set(feed.frame.columns), name
            assert definition.format.header_row == feed.shape.first_row - 1


def test_at_least_thirty_feeds_one_silent_one_doubled_one_with_deletions(sent: tuple[Path, list[Delivery]]) -> None:
    names = {d.feed.name for d in sent[1]}
    assert len({name.split("-")[0] if name.startswith(BUILT_IN) else name for name in names}) >= 36
    local = {d.feed.name: d.feed for d in sent[1] if not d.feed.name.startswith(BUILT_IN)}
    silent = [
        name
        for name, feed in local.items()
        if (after := read_definition(DEFINITIONS / f"{name}.yaml").arrives.silent_after)
        and feed.days_ago[-1] > after.days
    ]
    assert silent == ["police-stop-search"]
    assert [name for name, feed in local.items() if feed.doubled] == ["health-emergency"]
    assert [name for name, feed in local.items() if feed.mode == "changes"] == ["police-nuisance"]
    kinds = {d.feed.shape.kind for d in sent[1]}
    assert kinds == {"csv", "xlsx", "xml", "jsonl", "fixed", "parts"}


def test_the_doubled_file_is_the_same_to_the_byte(sent: tuple[Path, list[Delivery]]) -> None:
    files = sorted((sent[0] / "feeds" / "severnmouth-hospital").glob("emergency_*"))
    copies = [path for path in files if "(1)" in path.name]
    assert len(copies) == 1
    assert copies[0].read_bytes() == copies[0].with_name(copies[0].name.replace(" (1)", "")).read_bytes()

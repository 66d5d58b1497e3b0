"""`kith hotspots` as a user runs it: guesses told, bad rows kept beside, hexagons with their reasons."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from kith.insight.hotspots_command import hotspots

SHARED = Path(os.environ.get("KITH_SHARED_DATA", "../shared/data"))
POLICE = SHARED / "police_avon_somerset"
LOOKUP = SHARED / "places_avon" / "lookup_lsoa11_lsoa21_ltla22_avon.csv"


def town(path: Path, *, planted: int = 400) -> Path:
    """4,000 events over a town and 400 more within 300 m of one square, over six months, the last two bad."""
    rng = np.random.default_rng(1)
    lat = np.concatenate([rng.uniform(51.43, 51.47, 4000), 51.45 + rng.normal(0, 0.0012, planted)])
    lng = np.concatenate([rng.uniform(-2.62, -2.56, 4000), -2.59 + rng.normal(0, 0.0018, planted)])
    month = rng.integers(1, 7, len(lat))
    rows = [f"{a:.6f},{b:.6f},2026-{c:02d}-14" for a, b, c in zip(lat, lng, month, strict=True)]
    path.write_text("\n".join(["Y,Long,When", *rows, "x,,2026-01-01", "51.45,-2.59,never"]), encoding="utf-8")
    return path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(hotspots, [str(word) for word in words])


def test_the_square_is_found_and_the_town_is_not(tmp_path: Path) -> None:
    out = tmp_path / "cells.geojson"
    done = run(town(tmp_path / "events.csv"), "--out", out, "--map", "Y=latitude", "--resolution", "9")
    assert done.exit_code == 0, done.output
    written = json.loads(out.read_text(encoding="utf-8"))
    found = [one for one in written["features"] if one["properties"]["stands_out"]]
    assert 1 <= len(found) <= 30
    for one in found:
        corners = np.array(one["geometry"]["coordinates"][0])
        assert abs(corners[:, 0].mean() + 2.59) < 0.012
        assert abs(corners[:, 1].mean() - 51.45) < 0.008
        assert one["properties"]["words"] == "more than expected, unlikely by chance"
        assert one["properties"]["q"] <= 0.05
    assert {"cell", "count", "around", "expected", "z", "p", "q", "words", "change"} <= set(found[0]["properties"])
    assert sum(one["properties"]["count"] for one in written["features"]) == 4400


def test_every_guess_is_told_and_bad_rows_lie_beside(tmp_path: Path) -> None:
    done = run(town(tmp_path / "events.csv"), "--out", tmp_path / "cells.geojson", "--map", "Y=latitude")
    for words in ("as you said", "its name says so", "its values are dates", "4,402 rows read, 4,400 used"):
        assert words in done.output
    beside = (tmp_path / "cells.rejects.csv").read_text(encoding="utf-8-sig").splitlines()
    assert beside[1:] == [
        "4402,latitude or longitude is missing or is not a number,x,,2026-01-01",
        "4403,the date or time cannot be read,51.45,-2.59,never",
    ]


def test_the_same_seed_gives_the_same_file_and_another_another(tmp_path: Path) -> None:
    source, files = town(tmp_path / "events.csv"), []
    for number, seed in enumerate(("1", "1", "2")):
        out = tmp_path / f"{number}.geojson"
        run(source, "--out", out, "--map", "Y=latitude", "--seed", seed, "--permutations", "999")
        files.append(out.read_bytes())
    assert files[0] == files[1] != files[2]


def test_too_few_permutations_are_told(tmp_path: Path) -> None:
    done = run(town(tmp_path / "e.csv"), "--out", tmp_path / "c.geojson", "--map", "Y=latitude", "--permutations", "99")
    assert "With so few permutations" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("content", "words"), [("a,b\n1,2\n", "No column is taken for"), ("lat,lon\nx,y\n", "no event with a place")]
)
def test_what_cannot_work_is_said_and_fails(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "events.csv"
    path.write_text(content, encoding="utf-8")
    done = run(path, "--out", tmp_path / "c.geojson")
    assert done.exit_code == 1
    assert words in done.output


def test_it_needs_no_web_site(tmp_path: Path) -> None:
    """Neither Django nor a database is loaded."""
    script = "import kith.insight.hotspots_command, kith.insight.hours_command, sys; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(not POLICE.exists(), reason="the public police data are not here (KITH_SHARED_DATA)")
def test_police_data_of_june_and_of_may(tmp_path: Path) -> None:
    """June 2023 has codes of 2021 only; May mixes both editions, and that is said. Bristol's centre stands out."""
    for month, words in (("06", "a code of the 2011 edition only: 0 rows"), ("05", "mix both editions")):
        out = tmp_path / f"{month}.geojson"
        done = run(POLICE / f"2023-{month}-avon-and-somerset-street.csv.gz", "--out", out, "--lookup", LOOKUP)
        assert done.exit_code == 0, done.output
        assert words in " ".join(done.output.split())
        features = json.loads(out.read_text(encoding="utf-8"))["features"]
        found = [np.array(one["geometry"]["coordinates"][0]) for one in features if one["properties"]["stands_out"]]
        centre = [
            ring for ring in found if abs(ring[:, 1].mean() - 51.455) < 0.01 and abs(ring[:, 0].mean() + 2.59) < 0.015
        ]
        assert len(found) < 100
        assert centre

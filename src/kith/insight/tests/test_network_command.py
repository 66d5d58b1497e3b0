"""`kith network` as a user runs it: guesses told, bad rows kept beside, files that others open."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner, Result

from kith.insight.engine.network.communities import WORDS
from kith.insight.network_command import network

LINKS = """Source,Target,Relationship,Agency,Grade,First seen,Last seen,Expires
a,b,friend,School,recorded,01/02/2026,01/03/2026,
b,a,friend,Youth work,seen,,05/05/2026,
b,c,seen with,Police,suspected,,2026-04-01,01/09/2026
c,d,friend,School,told,,2026-04-01,01/01/2027
d,e,friend,School,,,,
e,c,friend,School,told,,03.04.2026,
f,a,friend,School,told,,2025-04-01,01/05/2026
,a,friend,School,told,,,
a,a,friend,School,told,,,
a,c,friend,School,told,,yesterday,
a,d,=cmd(),School,told,04/04/2026,03/03/2026,
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(network, [str(argument) for argument in arguments], terminal_width=200)


@pytest.fixture
def links(tmp_path: Path) -> Path:
    path = tmp_path / "links.csv"
    path.write_text(LINKS, encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_what_is_written_is_read_back_by_networkx(links: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"graph.{ending}"
    result = run(links, "--out", out, "--as-at", "2026-06-01")
    assert result.exit_code == 0, result.output
    graph = networkx.read_graphml(out) if ending == "graphml" else networkx.read_gexf(out)
    assert set(graph.nodes) == set("abcdef")
    assert {frozenset(link) for link in graph.edges} == {frozenset(pair) for pair in ("ab", "bc", "cd", "de", "ce")}
    known = graph.edges["a", "b"]
    assert (known["sources"], known["evidence"], known["single_source"]) == ("School; Youth work", 2, False)
    assert (known["first_seen"], known["last_seen"]) == ("2026-02-01", "2026-05-05")
    assert graph.edges["b", "c"]["single_source"] is True
    assert graph.edges["b", "c"]["weight"] < graph.edges["c", "d"]["weight"]
    assert all(data["sources"] for _, _, data in graph.edges(data=True))  # no link without a source


def test_csv_bad_rows_and_what_is_missing(links: Path, tmp_path: Path) -> None:
    result = run(links, "--out", tmp_path / "graph.csv", "--as-at", "2026-06-01")
    assert result.exit_code == 0, result.output
    with (tmp_path / "graph.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == 5
    with (tmp_path / "graph.nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["node"] for row in csv.DictReader(file)} == set("abcdef")
    with (tmp_path / "graph.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        bad = {row["Row"]: row for row in csv.DictReader(file)}
    assert {row: one["What to mend"] for row, one in bad.items()} == {
        "9": "one end of the link is empty",
        "10": "a link with itself",
        "11": "a date that cannot be read",
        "12": "last seen before first seen",
    }
    assert bad["12"]["Relationship"] == "'=cmd()"
    said = " ".join(result.output.split())
    for words in (
        "1 row not used: a link with itself",
        "1 row had expired by 1 June 2026",
        "4 of 5 links (80%) rest on a single source",
        "Links of unknown age, because they have no date: 1",
        "Named only in links that have expired: 1",
        "80% of the links come from School",
        "Links that nobody wrote down are missing",
        "This is not a finding",
    ):
        assert words in said


def test_each_guess_is_told_and_may_be_overruled(links: Path, tmp_path: Path) -> None:
    told = " ".join(run(links, "--out", tmp_path / "g.csv").output.split())
    assert "Source │ a │ there is a column 'source' and a column 'target'" in told
    assert "Agency │ source │ of its name" in told
    other = run(links, "--out", tmp_path / "g.csv", "--map", "Agency=a")
    assert "Agency │ a │ you said so" in " ".join(other.output.split())
    assert run(links, "--out", tmp_path / "g.csv", "--map", "Nobody=a").exit_code == 1
    assert run(links, "--out", tmp_path / "g.csv", "--map", "Agency").exit_code == 2
    assert "format" in run(links, "--out", tmp_path / "g.png").output
    (tmp_path / "x.csv").write_text("colour,size\nred,3\n")
    assert "two ends" in run(tmp_path / "x.csv", "--out", tmp_path / "g.csv").output


def test_the_same_file_gives_the_same_bytes_and_needs_no_web_site(links: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(links, "--out", tmp_path / f"{name}.graphml", "--as-at", "2026-06-01").exit_code == 0
    assert (tmp_path / "one.graphml").read_bytes() == (tmp_path / "two.graphml").read_bytes()
    program = "import sys, json, kith.insight.network_command; print(json.dumps('django' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False


def test_zacharys_club_falls_into_groups_with_how_sure(tmp_path: Path) -> None:
    club = networkx.karate_club_graph()
    (tmp_path / "club.csv").write_text("from,to\n" + "\n".join(f"{a},{b}" for a, b in club.edges))
    result = run(tmp_path / "club.csv", "--out", tmp_path / "club.gexf")
    assert result.exit_code == 0, result.output
    said = " ".join(result.output.split())
    assert "34 nodes, 78 links standing" in said
    assert "without any of them a part would fall in two: 1." in said
    graph = networkx.read_gexf(tmp_path / "club.gexf")
    assert graph.number_of_edges() == 78
    assert {data["community"] for _, data in graph.nodes(data=True)} <= {0, 1, 2, 3, 4}
    assert {data["community_is"] for _, data in graph.nodes(data=True)} <= {words for _, words in WORDS}

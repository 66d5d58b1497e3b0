"""`kith network`: nodes, communities and brokerage of groups from anybody's file of links; no database, no web site."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kith.insight.engine.network.describing import Described, counted, describe
from kith.insight.engine.network.edges import BadRow, Column, ColumnsUnclearError, Links, Tie, add_up, guess_columns
from kith.insight.engine.network.measures import Together
from kith.insight.engine.network.writing import FORMATS, Value, Written, write
from kith.linkage.engine.files.reading import FileUnreadableError, read_file
from kith.linkage.feeds.rejects_file import guarded

SHOWN = 20  # communities


@click.command()
@click.argument("edges", metavar="EDGES.csv", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="graph.graphml, graph.gexf or graph.csv.")
@click.option("--map", "mapped", multiple=True, metavar="THEIRS=OURS", help="Say what a column is, e.g. KNOWS=b.")
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day for which links stand; later expiries only. [default: today]",
)
@click.option("--seed", default=20, show_default=True, help="For finding communities: the same gives the same.")
def network(edges: Path, out: Path, mapped: tuple[str, ...], as_at: datetime | None, seed: int) -> None:
    """Draw a network from a file of links, and say what is missing from it."""
    console = Console(stderr=True)
    if out.suffix.lower() not in FORMATS:
        raise click.ClickException(f"The ending of --out says the format: one of {', '.join(FORMATS)}.")
    try:
        table = read_file(edges)
        columns = guess_columns(table.column_names, _told(mapped))
        _show_columns(console, columns)
        rows = list(zip(*(table[name].to_pylist() for name in table.column_names), strict=True))
        links = add_up(rows, columns, as_at.date() if as_at else date.today())  # noqa: DTZ011  (the user's own day)
        described = describe(links, seed=seed)
        written = write(_written(links, described), out)
    except (FileUnreadableError, ColumnsUnclearError, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if links.bad:
        written.append(_keep_bad(links.bad, table.column_names, out))
    _say(console, links, described, written)


def _told(mapped: tuple[str, ...]) -> dict[str, str]:
    told = {}
    for pair in mapped:
        theirs, equals, ours = pair.partition("=")
        if not equals or not theirs or not ours:
            raise click.BadParameter(f"{pair!r} is not written THEIRS=OURS.", param_hint="--map")
        told[theirs.strip()] = ours.strip()
    return told


def _show_columns(console: Console, columns: Sequence[Column]) -> None:
    table = Table("column", "taken for", "because", title="What the columns are taken for (change with --map)")
    for column in columns:
        table.add_row(column.name, column.role.replace("_", " "), column.why)
    console.print(table)


def _written(links: Links, described: Described) -> Written:
    """Nodes with their kind and community; links with their evidence. Nothing ranks a node."""
    label = dict(zip(described.keys, described.labels, strict=True))
    sure = {one.number: one.sure for one in described.communities}
    nodes: dict[str, dict[str, Value]] = {}
    for key, kind in links.nodes.items():
        community = label[key]
        words = sure.get(community, "linked with nobody here")
        nodes[key] = {"label": key, "kind": kind, "community": community, "community_is": words}
    about = f"As at {links.as_at:%-d %B %Y}. " + " ".join(described.missing)
    return Written(about, nodes, [(tie.a, tie.b, _of(tie)) for tie in links.ties])


def _of(tie: Tie) -> dict[str, Value]:
    return {
        "kinds": "; ".join(sorted(tie.kinds)),
        "sources": "; ".join(sorted(tie.sources)),
        "grades": "; ".join(sorted(tie.grades)),
        "evidence": tie.evidence,
        "single_source": tie.single_source,
        "first_seen": str(tie.first_seen or ""),
        "last_seen": str(tie.last_seen or ""),
        "expires_on": str(tie.expires_on or ""),
        "weight": float(tie.weight),
    }


def _keep_bad(bad: Sequence[BadRow], names: Sequence[str], out: Path) -> Path:
    path = out.with_suffix(".rejects.csv")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Row", "What to mend", *(guarded(name) for name in names)])
        writer.writerows([one.row, one.why, *map(guarded, one.cells)] for one in bad)
    return path


def _say(console: Console, links: Links, described: Described, written: Sequence[Path]) -> None:
    nodes, ties = counted(len(links.nodes), "node"), counted(len(links.ties), "link")
    console.print(f"{counted(links.rows, 'row')}: {nodes}, {ties} standing.")
    for why, count in links.reasons.most_common():
        console.print(f"{counted(count, 'row')} not used: {why}.")
    if described.whole:
        _say_whole(console, described.whole)
    _show_communities(console, described)
    console.print("What is missing:")
    for sentence in described.missing:
        console.print(f"- {sentence}")
    console.print(f"Written: {', '.join(str(path) for path in written)}.")


def _say_whole(console: Console, whole: Together) -> None:
    console.print(
        f"It hangs together in {counted(whole.parts, 'part')}; {whole.density:.1%} of all possible links are there. "
        f"Links that hold it together, because without any of them a part would fall in two: {whole.holding:,}. "
        f"{whole.share_linked:.0%} of pairs are joined by some chain of links; if the least certain "
        f"{counted(whole.least_certain, 'link')} are false, {whole.share_if_least_certain_false:.0%}."
    )


def _show_communities(console: Console, described: Described) -> None:
    heads = (
        "community",
        "nodes",
        "links within",
        "links out",
        "of possible links",
        "ways between others",
        "sure",
    )
    table = Table(*heads, title="Communities, as groups")
    for one in described.communities[:SHOWN]:
        lead = "not worked out" if one.brokerage is None else f"{one.brokerage:,.1f}"
        counts = (one.number, one.nodes, one.links, one.outward)
        table.add_row(*(f"{count:,}" for count in counts), f"{one.density:.0%}", lead)
    console.print(table)
    for one in described.communities[:SHOWN]:
        console.print(f"- Community {one.number} {one.sure}.")
    if len(described.communities) > SHOWN:
        console.print(f"And {len(described.communities) - SHOWN:,} smaller ones, in the file.")


if __name__ == "__main__":
    network()

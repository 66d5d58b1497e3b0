"""`kith pathways`: the pathways as a page with diagrams, made from the definitions that the software itself follows."""

from __future__ import annotations

from pathlib import Path

import click

from kith.pathways.rules import Pathway, State, clock_rules, pathways

HEAD = """# Pathways

Made by `kith pathways --write` from `src/kith/pathways/pathways.yaml` and `clocks.yaml`, which the software follows.
A child, a peer group and a place take the same kind of path. Each move is a row with who, when and why.
"""


@click.command()
@click.option(
    "--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the page here, such as docs/pathways.md."
)
def pathways_page(write: Path | None) -> None:
    """Print the pathways with their diagrams, owners and clocks."""
    text = as_page()
    if write:
        write.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


def as_page() -> str:
    """The page, in Markdown with Mermaid diagrams."""
    return "\n".join([HEAD, *(_section(path) for path in pathways().values())])


def _section(path: Pathway) -> str:
    lines = [f"## {path.title}", "", path.what, ""]
    lines += [f"For a {' or a '.join(path.about)}. Level: {path.level}. Goes to: {path.owner}.", ""]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {_name(path.opens_in)}"]
    lines += [f'    state "{state.title}" as {_name(state)}' for state in path.states]
    lines += [f"    {_name(state)} --> {_name(path.state(to))}" for state in path.states for to in state.then]
    lines += [f"    {_name(state)} --> [*]" for state in path.states if state.ends]
    lines += ["```", "", "| state | who owns it | clock | allowed | by | source |", "|---|---|---|---|---|---|"]
    lines += [row for state in path.states for row in _rows(state)]
    return "\n".join([*lines, ""])


def _rows(state: State) -> list[str]:
    rules = [rule for rule in clock_rules() if rule.key == state.clock]
    if not rules:
        return [f"| {state.title} | {state.owner} | none | | | |"]
    return [
        f"| {state.title} | {state.owner} | {rule.title} | {rule.allowed} from {rule.starts} | {rule.kind}"
        f"{'' if rule.checked else ', not yet verified'} | {rule.source} |"
        for rule in rules
    ]


def _name(state: State) -> str:
    return state.key.replace("-", "_")

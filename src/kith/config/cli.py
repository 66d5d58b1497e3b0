"""The `kith` command. Each subcommand is loaded only when it is called, so that `kith match` needs no database."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "serve": ("kith.config.commands.serve:serve", "Serve the site."),
    "worker": ("kith.config.commands.serve:worker", "Do background work: seal the audit, link, expire access."),
    "setup": ("kith.config.commands.setup:setup", "Make the database ready: tables, row security, reference data."),
    "manage": ("kith.config.commands.setup:manage", "Any Django management command."),
    "demo": ("kith.config.commands.demo:demo", "The synthetic partnership: generate, load, serve."),
    "load": ("kith.linkage.commands:load", "Load agencies' files."),
    "feeds": ("kith.linkage.commands:feeds", "List and check feed definitions."),
    "mail": ("kith.front_door.mailbox.commands:mail", "Take letters that came by email into the queue."),
    "pathways": ("kith.pathways.commands:pathways_page", "The pathways, with diagrams, owners and clocks."),
    "relink": ("kith.linkage.commands:relink", "Link again what has been delivered."),
    "match": ("kith.linkage.match_command:match", "Link or de-duplicate anybody's files; no database needed."),
    "api-key": ("kith.exchange.commands:api_key", "Keys with which other agencies' systems report missing children."),
    "network": ("kith.insight.network_command:network", "Draw a network from anybody's links; no database needed."),
    "area": ("kith.insight.area_command:area", "Outlines of wards and small areas for the map, and deprivation."),
    "audit": ("kith.foundations.audit.commands:audit", "Seal and verify the record of who looked."),
    "bench": ("kith.config.commands.bench:bench", "Measure speed and quality, with the table."),
    "coverage": ("kith.config.commands.coverage:coverage", "Check docs/coverage.csv against tests and pages."),
    "cut": ("kith.insight.commands:cut", "Take a cut for analysis: dated, hashed, without names."),
    "report": ("kith.insight.report_command:report", "Write a report of a cut in every format."),
    "measures": ("kith.insight.commands:measures", "Count every measure on a cut again."),
    "export": ("kith.exchange.commands:export", "Write what a national return or an inspection asks for."),
    "missing-year": ("kith.missing.commands:missing_year", "A year of missing children, as each agency counts it."),
    "hotspots": ("kith.insight.hotspots_command:hotspots", "Where more happens than expected, from anybody's file."),
    "hours": ("kith.insight.hours_command:hours", "When in the week it happens, from anybody's file."),
    "journeys": ("kith.config.commands.journeys:journeys", "Walk the journeys and set them beside their budgets."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kith-safeguarding")
def main() -> None:
    """Kith: one sourced record of a child, a peer group or a place."""


if __name__ == "__main__":
    main()

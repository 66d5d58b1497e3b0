"""A paper as part of a page, and as a file that a browser opens by itself."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from kith.foundations.charts import Table
from kith.foundations.papers.paper import Bullets, Drawing, Heading, PageBreak, Paper, Part, Words, settled

STYLES = """
body{font:16px/1.5 "Segoe UI","Noto Sans","Open Sans","DejaVu Sans",sans-serif;color:#16191a;background:#fff;
margin:0 auto;max-width:60rem;padding:1rem}
table{border-collapse:collapse;margin:1rem 0;width:100%}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{border-bottom:1px solid #cdc8c0;padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
.number{text-align:right}
svg{max-width:100%;height:auto}
dt{font-weight:600}
dd{margin:0 0 .5rem;overflow-wrap:anywhere}
.marking{font-weight:600;letter-spacing:.05em}
.note{font-size:.9rem;color:#4c5456}
.wide{overflow-x:auto}
"""

FOLD = (
    '<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">'
    'View as table<span class="govuk-visually-hidden">: {title}</span></span></summary>'
    '<div class="govuk-details__text">{table}</div></details>'
)
LONG = 12  # rows of a table that a page shows at once
LONG_FOLD = (
    '<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">'
    '{title}: {rows} rows</span></summary><div class="govuk-details__text">{table}</div></details>\n'
)


def write(paper: Paper) -> bytes:
    """A whole file: nothing is fetched from anywhere, pictures are inside."""
    inside = fragment(paper, standalone=True)
    facts = "".join(f"<dt>{_(name)}</dt><dd>{_(words)}</dd>" for name, words in paper.facts())
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_(paper.title)}</title>\n<style>{STYLES}</style>\n</head>\n<body>\n<main>\n"
        f'<p class="marking">{_(paper.marking)}</p>\n<h1>{_(paper.title)}</h1>\n{inside}'
        f"<h2>About this document</h2>\n<dl>{facts}</dl>\n</main>\n</body>\n</html>\n"
    ).encode(errors="replace")


def fragment(paper: Paper, *, standalone: bool = False) -> str:
    """The parts as markup, headings from level two; with the classes of our pages unless it stands by itself."""
    written, above = [], 0
    for part in paper.parts:
        if isinstance(part, Heading):
            above = min(part.level, above + 1)  # no level is leapt over
            part = Heading(part.words, above)
        written.append(part_html(part, standalone=standalone, above=above))
    return "".join(written)


def part_html(part: Part, *, standalone: bool = False, above: int = 0) -> str:
    """One part as markup; `above`: the level of the heading that it stands under."""
    if isinstance(part, Drawing):
        return _drawing(part, standalone, min(above + 2, 6))
    return _WRITERS[_kind(part)](part, standalone)


def _kind(part: Part) -> type:
    return next(kind for kind in _WRITERS if isinstance(part, kind))


def _(text: str) -> str:
    return escape(text, quote=True)


def _class(names: str, standalone: bool) -> str:
    return "" if standalone else f' class="{names}"'


def _heading(part: Heading, standalone: bool) -> str:
    size = {1: "l", 2: "m"}.get(part.level, "s")
    level = min(part.level + 1, 6)
    key = "" if standalone or part.level > 1 else f' id="{part.key}"'
    return f"<h{level}{key}{_class('govuk-heading-' + size, standalone)}>{_(part.words)}</h{level}>\n"


def _words(part: Words, standalone: bool) -> str:
    return f"<p{_class('govuk-body', standalone)}>{_(part.words)}</p>\n"


def _bullets(part: Bullets, standalone: bool) -> str:
    items = "".join(f"<li>{_(item)}</li>" for item in part.items)
    return f"<ul{_class('govuk-list govuk-list--bullet', standalone)}>{items}</ul>\n"


def _drawing(part: Drawing, standalone: bool, level: int) -> str:
    picture = part.picture
    drawn = picture.svg(standalone=True) if standalone else picture.svg() + picture.svg(narrow=True)
    box = f'<div class="{"wide" if standalone else "kith-chart__picture"}">{drawn}</div>'
    head = f"<h{level}{_class('govuk-heading-s kith-chart__title', standalone)}>{_(picture.title)}</h{level}>"
    said = (
        f"<p{_class('govuk-body kith-chart__sentence', standalone)}>{_(picture.sentence)}</p>"
        if picture.sentence
        else ""
    )
    table = _table(picture.table(), standalone, folded=True) if part.with_table else ""
    if table and not standalone:
        table = FOLD.format(title=_(picture.title), table=table)
    return f"<figure{_class('kith-chart', standalone)}>{head}{said}{box}{table}</figure>\n"


def _table(part: Table, standalone: bool, *, folded: bool = False) -> str:
    """A long table of a page stands under a fold, unless it stands under one already."""
    table = settled(part)
    heads = "".join(_head(table, number, standalone) for number in range(len(table.columns)))
    rows = "".join(_row(table, row, standalone) for row in table.told())
    caption = (
        f"<caption{_class('govuk-table__caption govuk-table__caption--s', standalone)}>{_(captioned(table))}</caption>"
    )
    notes = "".join(
        f'<p class="{"note" if standalone else "govuk-body-s kith-quiet"}">{_(note)}</p>' for note in table.notes
    )
    classes = "govuk-table govuk-table--small-text-until-tablet" + (" kith-cards" if table.is_cards() else "")
    label = "" if standalone else f' tabindex="0" role="region" aria-label="{_(table.caption)}"'
    written = (
        f'<div class="{"wide" if standalone else "kith-scroll"}"{label}>'
        f"<table{_class(classes, standalone)}>{caption}"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{notes}\n"
    )
    if standalone or folded or len(table.rows) <= LONG:
        return written
    return LONG_FOLD.format(title=_(captioned(table)), rows=len(table.rows), table=written)


def captioned(table: Table) -> str:
    """The caption with its unit."""
    return f"{table.caption} ({table.unit})" if table.unit else table.caption


def _head(table: Table, column: int, standalone: bool) -> str:
    return f'<th scope="col"{_numeric(table, column, "header", standalone)}>{_(table.columns[column])}</th>'


def _numeric(table: Table, column: int, part: str, standalone: bool) -> str:
    """The class of a head or a cell: numbers stand to the right."""
    numbers = table.is_of_numbers(column)
    if standalone:
        return ' class="number"' if numbers else ""
    return _class(f"govuk-table__{part}" + (f" govuk-table__{part}--numeric" if numbers else ""), standalone)


def _row(table: Table, cells: list[str], standalone: bool) -> str:
    first = f'<th scope="row"{_class("govuk-table__header", standalone)}>{_(cells[0])}</th>'
    others = (
        f"<td{_numeric(table, column, 'cell', standalone)}{_label(table, column, standalone)}>{_(words)}</td>"
        for column, words in enumerate(cells)
        if column
    )
    return f"<tr>{first}{''.join(others)}</tr>"


def _label(table: Table, column: int, standalone: bool) -> str:
    """The column's name, for a phone that shows the row as a card."""
    return "" if standalone or not table.is_cards() else f' data-label="{_(table.columns[column])}"'


def _break(part: PageBreak, standalone: bool) -> str:
    return ""


_WRITERS: dict[type, Callable[..., str]] = {
    Heading: _heading,
    Words: _words,
    Bullets: _bullets,
    Table: _table,
    PageBreak: _break,
}

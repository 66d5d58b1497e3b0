"""What a template says of each row of a table. Apart from `template`, so that reading a definition needs no tables."""

from __future__ import annotations

import polars as pl

from kith.linkage.feeds.template import LIST_SEPARATOR, Slot, Template


def text(template: Template) -> pl.Expr:
    """A sentence: empty columns leave nothing behind, and doubled spaces close up. Never null."""
    written = _joined([_slot(piece) if isinstance(piece, Slot) else pl.lit(piece) for piece in template.pieces])
    return written.str.replace_all(r"\s+", " ").str.strip_chars()


def value(template: Template) -> pl.Expr:
    """A fact: null where every column in it is empty."""
    if template.only_column:
        return pl.col(template.only_column)
    if not template.slots:
        return pl.lit(template.source or None, dtype=pl.String)
    found = text(template)
    return pl.when(found != "").then(found)


def key(template: Template) -> pl.Expr:
    """A key: null where any column in it is empty and no words stand in for it."""
    needed = [pl.col(slot.column).is_not_null() for slot in template.slots if slot.otherwise is None]
    found = text(template)
    whole = pl.when(pl.all_horizontal(needed)).then(found) if needed else found
    return pl.when(whole != "").then(whole)


def _slot(slot: Slot) -> pl.Expr:
    column = pl.col(slot.column).str.replace_all(LIST_SEPARATOR, ", ", literal=True)
    if slot.form == "date":
        column = column.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).dt.strftime("%-d %B %Y")
    return column.fill_null(slot.otherwise or "")


def _joined(parts: list[pl.Expr]) -> pl.Expr:
    return pl.concat_str(parts) if parts else pl.lit("")

"""What checked rows come to: frames of people, places, entries, links, involvements and professionals. No database."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import polars as pl

from kith.linkage.feeds import writing as write
from kith.linkage.feeds.definition import Definition, EntryPart, InvolvementPart, LinkPart, PersonPart, PlacePart
from kith.linkage.feeds.readers.source import ROW
from kith.linkage.feeds.template import LIST_SEPARATOR, Template
from kith.subjects.rules import PLACE_KINDS

PLACES = "places"  # the system of places that are known by name and postcode, whoever names them
KEY_LENGTH = 200
_NOBODY = pl.DataFrame(schema={"row": pl.Int64, "part": pl.String, "system": pl.String, "key": pl.String,
                               "name": pl.String})  # fmt: skip


def people(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """One line for each person a row names: row, key, is_child, stated (ISO day or null), each fact."""
    frames = [_people_of(rows, definition, part) for part in definition.people]
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()


def _people_of(rows: pl.DataFrame, definition: Definition, part: PersonPart) -> pl.DataFrame:
    named = rows.with_columns(_short(write.key(part.key)).alias("key")).filter(pl.col("key").is_not_null())
    return named.select(
        pl.col(ROW).alias("row"),
        "key",
        pl.lit(part.kind == "child").alias("is_child"),
        stated_on(definition).alias("stated"),
        *[_flat(write.value(made)).alias(fact) for fact, made in part.facts.items()],
    )


def stated_on(definition: Definition) -> pl.Expr:
    """The day a row speaks of: when what it tells happened; in a snapshot, or without an entry, the file's own day."""
    if definition.arrives.mode == "snapshot" or not definition.entries:
        return pl.lit(None, dtype=pl.String)
    return write.value(definition.entries[0].at).str.slice(0, 10)


def one_line_a_person(said: pl.DataFrame) -> pl.DataFrame:
    """What a batch says of each person: of each fact the newest not empty (row, key, is_child, stated, facts)."""
    facts = [name for name in said.columns if name not in ("row", "key", "is_child", "stated")]
    ordered = said.sort("stated", "row", nulls_last=False, maintain_order=True)
    if said["key"].is_duplicated().any():
        newest = [pl.col(name).drop_nulls().last() for name in facts]
        ordered = ordered.group_by("key", maintain_order=True).agg(
            pl.col("row").max(), pl.col("is_child").any(), pl.col("stated").max(), *newest
        )
    encoded = pl.struct(facts).struct.json_encode() if facts else pl.lit("{}")
    return ordered.select("row", "key", "is_child", "stated", encoded.alias("facts"))


def references(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """Whom and what each row names: row, part, system, key, name (as this row gives it, or null)."""
    people_ = [
        _named(rows, part.name, pl.lit(definition.system), _short(write.key(part.key)), person_name(part))
        for part in definition.people
    ]
    places_ = [
        places_of(rows, definition, part).select("row", "part", "system", "key", "name") for part in definition.places
    ]
    return pl.concat([_NOBODY, *people_, *places_])


def person_name(part: PersonPart) -> pl.Expr:
    """A person's name as a row gives it."""
    names = [write.value(part.facts[fact]) for fact in ("first_name", "last_name") if fact in part.facts]
    if not names:
        return pl.lit(None, dtype=pl.String)
    joined = pl.concat_str(names, separator=" ", ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _named(rows: pl.DataFrame, part: str, system: pl.Expr, key: pl.Expr, name: pl.Expr) -> pl.DataFrame:
    made = rows.select(pl.col(ROW).alias("row"), pl.lit(part).alias("part"), system.alias("system"), key.alias("key"),
                       name.cast(pl.String).alias("name"))  # fmt: skip
    return made.filter(pl.col("key").is_not_null())


def places_of(rows: pl.DataFrame, definition: Definition, part: PlacePart) -> pl.DataFrame:
    """The places a part names: row, part, system, key, name, kind, postcode, address, latitude, longitude, online."""
    field = {name: _optional(part.fields.get(name)) for name in
             ("name", "kind", "postcode", "address", "latitude", "longitude", "online", "key")}  # fmt: skip
    made = rows.select(pl.col(ROW).alias("row"), *[_flat(one).alias(name) for name, one in field.items()])
    own, online = pl.col("key"), _plain(pl.col("online"))
    words = pl.coalesce([pl.col("name"), pl.col("address")])
    known_by = pl.concat_str([_plain(words), pl.lit("|"), pl.col("postcode").fill_null("")])
    # A home that nothing but a word like "home" names would be everybody's home.
    is_nameless_home = (pl.col("kind") == "home") & pl.col("postcode").is_null() & pl.col("address").is_null()
    shared = (pl.when(online.is_not_null()).then(pl.concat_str([pl.lit("online:"), online]))
              .when(words.is_not_null() & ~is_nameless_home.fill_null(False)).then(known_by))  # fmt: skip
    made = made.with_columns(
        pl.lit(part.name).alias("part"),
        pl.when(own.is_not_null()).then(pl.lit(definition.system)).otherwise(pl.lit(PLACES)).alias("system"),
        _short(pl.coalesce([own, shared])).alias("key"),
        pl.coalesce([pl.col("name"), pl.col("online"), pl.col("address")]).str.slice(0, 300).alias("name"),
        pl.when(pl.col("kind").is_in(list(PLACE_KINDS))).then(pl.col("kind")).otherwise(pl.lit("other")).alias("kind"),
    )
    return made.filter(pl.col("key").is_not_null() & pl.col("name").is_not_null())


def entries(rows: pl.DataFrame, definition: Definition, significant: Mapping[str, bool]) -> pl.DataFrame:
    """row, part (the entry's number in the definition), kind, feed_key, on, at, until, until_day, summary, details,
    significant. `significant` is each kind's default. Moments are London's clock, as text.
    """
    lists = frozenset(column.name for column in definition.columns if column.split)
    frames = [_entries_of(rows, number, one, significant, lists) for number, one in enumerate(definition.entries)]
    return pl.concat(frames) if frames else pl.DataFrame()


def entry_key(part: EntryPart) -> pl.Expr:
    """What makes the entry the same one next time."""
    return _short(pl.concat_str([pl.lit(f"{part.kind}:"), write.key(part.key)]))


def made_when(part: EntryPart | LinkPart | InvolvementPart) -> pl.Expr:
    """Whether the part is made at all from a row."""
    return write.value(part.when).is_not_null() if part.when else pl.lit(True)


def _entries_of(
    rows: pl.DataFrame, number: int, part: EntryPart, significant: Mapping[str, bool], lists: frozenset[str]
) -> pl.DataFrame:
    at, until = write.value(part.at), _optional(part.until)
    default = significant.get(part.kind, False) if part.significant is None else part.significant
    has_time = pl.col("at").str.len_chars() > 10
    until_time = pl.col("until").str.len_chars() > 10
    made = rows.with_columns(at.alias("at"), until.alias("until"), entry_key(part).alias("feed_key"))
    dated = pl.col("at").is_not_null() | pl.lit(part.about_of is not None)
    made = made.filter(made_when(part) & pl.col("feed_key").is_not_null() & dated)
    return made.select(
        pl.col(ROW).alias("row"),
        pl.lit(number, dtype=pl.Int32).alias("part"),
        pl.lit(part.kind).alias("kind"),
        "feed_key",
        pl.col("at").str.slice(0, 10).alias("on"),
        pl.when(has_time).then(pl.col("at")).alias("at"),
        pl.when(until_time).then(pl.col("until")).alias("until"),
        pl.col("until").str.slice(0, 10).alias("until_day"),
        write.text(part.summary).alias("summary"),
        _details(part.details, lists).alias("details"),
        pl.lit(default).alias("significant"),
    )


def _details(details: Mapping[str, Template], lists: frozenset[str]) -> pl.Expr:
    """Named facts as JSON; a column that holds a list stays a list."""
    if not details:
        return pl.lit("{}")
    fields = [
        pl.col(made.only_column).str.split(LIST_SEPARATOR) if made.only_column in lists else _flat(write.value(made))
        for made in details.values()
    ]
    return pl.struct([field.alias(name) for field, name in zip(fields, details, strict=True)]).struct.json_encode()


def about(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """Whom each entry is about: row, part (the entry's number), who (the part's name), private."""
    frames = []
    for number, entry in enumerate(definition.entries):
        for who in entry.about:
            private = _optional(entry.private.get(who)).fill_null("")
            frames.append(
                rows.select(pl.col(ROW).alias("row"), pl.lit(number, dtype=pl.Int32).alias("part"),
                            pl.lit(who).alias("who"), private.alias("private"))
            )  # fmt: skip
    return pl.concat(frames) if frames else pl.DataFrame()


def about_of(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """Other feeds' entries whose people an entry is about too: row, part (the entry's number), feed, key."""
    frames = [
        rows.select(
            pl.col(ROW).alias("row"),
            pl.lit(number, dtype=pl.Int32).alias("part"),
            pl.lit(entry.about_of[0]).alias("feed"),
            _short(write.key(entry.about_of[1])).alias("key"),
        )
        for number, entry in enumerate(definition.entries)
        if entry.about_of
    ]
    return pl.concat(frames).filter(pl.col("key").is_not_null()) if frames else pl.DataFrame()


def links(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """row, feed_key, kind, from_part, to_part, text, grade, since, until."""
    frames = [_links_of(rows, definition, number, part) for number, part in enumerate(definition.links)]
    return pl.concat(frames) if frames else pl.DataFrame()


def link_key(definition: Definition, number: int) -> pl.Expr:
    """A piece of evidence is the same next time when it comes from the same row of the feed."""
    cells = [pl.col(column).fill_null("") for column in definition.key]
    return _short(pl.concat_str([pl.lit(f"{definition.links[number].kind}:{number}"), *cells], separator=":"))


def _links_of(rows: pl.DataFrame, definition: Definition, number: int, part: LinkPart) -> pl.DataFrame:
    made = rows.filter(made_when(part)).select(
        pl.col(ROW).alias("row"),
        link_key(definition, number).alias("feed_key"),
        pl.lit(part.kind).alias("kind"),
        pl.lit(part.from_part).alias("from_part"),
        pl.lit(part.to_part).alias("to_part"),
        write.text(part.summary).alias("text"),
        pl.lit(part.grade).alias("grade"),
        _optional(part.since).str.slice(0, 10).alias("since"),
        _optional(part.until).str.slice(0, 10).alias("until"),
    )
    return made.filter(pl.col("text") != "")


def involvements(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """row, who, feed_key, agency, team, worker, worker_key, role, phone, email, since, until, is_lead."""
    frames = [_involvements_of(rows, number, part) for number, part in enumerate(definition.involvements)]
    return pl.concat(frames) if frames else pl.DataFrame()


def involvement_key(part: InvolvementPart, number: int) -> pl.Expr:
    return _short(pl.concat_str([pl.lit(f"{number}:"), write.key(part.key)]))


def _involvements_of(rows: pl.DataFrame, number: int, part: InvolvementPart) -> pl.DataFrame:
    lengths = {"team": 200, "worker": 200, "worker_key": 200, "phone": 40, "email": 200}
    texts = [_optional(getattr(part, name)).fill_null("").str.slice(0, length).alias(name)
             for name, length in lengths.items()]  # fmt: skip
    made = rows.filter(made_when(part)).select(
        pl.col(ROW).alias("row"),
        pl.lit(part.about).alias("who"),
        involvement_key(part, number).alias("feed_key"),
        pl.lit(part.agency).alias("agency"),
        *texts,
        write.text(part.role).str.slice(0, 120).alias("role"),
        _optional(part.since).str.slice(0, 10).alias("since"),
        _optional(part.until).str.slice(0, 10).alias("until"),
        pl.lit(part.lead).alias("is_lead"),
    )
    return made.filter(pl.col("feed_key").is_not_null())


def professionals(rows: pl.DataFrame, definition: Definition) -> pl.DataFrame:
    """row, key, name, email, phone, team, job_title; the last row of a key counts."""
    frames = []
    for part in definition.professionals:
        lengths = {"email": 200, "phone": 40, "team": 200, "job_title": 200}
        texts = [_optional(getattr(part, name)).fill_null("").str.slice(0, length).alias(name)
                 for name, length in lengths.items()]  # fmt: skip
        made = rows.select(pl.col(ROW).alias("row"), _short(write.key(part.key)).alias("key"),
                           write.text(part.name).str.slice(0, 200).alias("name"), *texts)  # fmt: skip
        frames.append(made.filter(pl.col("key").is_not_null() & (pl.col("name") != "")))
    return pl.concat(frames).unique("key", keep="last", maintain_order=True) if frames else pl.DataFrame()


def keys_in(rows: pl.DataFrame, definition: Definition) -> Mapping[str, pl.DataFrame]:
    """Every key that these rows make, good rows or not: what is still there in a snapshot, or what a deletion ends.

    By what it is the key of: entry, link, involvement (column feed_key) and person (column key).
    """
    return {
        "entry": _one_column([rows.select(entry_key(part).alias("key")) for part in definition.entries]),
        "link": _one_column([rows.select(link_key(definition, n).alias("key")) for n in range(len(definition.links))]),
        "involvement": _one_column(
            [rows.select(involvement_key(part, n).alias("key")) for n, part in enumerate(definition.involvements)]
        ),
        "person": _one_column([rows.select(_short(write.key(part.key)).alias("key")) for part in definition.people]),
    }


def _one_column(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    whole = pl.concat([pl.DataFrame(schema={"key": pl.String}), *frames])
    return whole.filter(pl.col("key").is_not_null()).unique()


def _optional(made: Template | None) -> pl.Expr:
    return write.value(made) if made is not None else pl.lit(None, dtype=pl.String)


def _flat(expression: pl.Expr) -> pl.Expr:
    return expression.str.replace_all(LIST_SEPARATOR, ", ", literal=True)


def _plain(expression: pl.Expr) -> pl.Expr:
    """A name as it is compared: small letters and digits, one space between words."""
    spaced = expression.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return pl.when(spaced != "").then(spaced)


def _short(key: pl.Expr) -> pl.Expr:
    """A key that fits its column; a longer one keeps its beginning and a hash of the whole."""
    return key.map_batches(_shorten, return_dtype=pl.String)


def _shorten(keys: pl.Series) -> pl.Series:
    longest = keys.str.len_chars().max()
    if longest is None or longest <= KEY_LENGTH:  # type: ignore[operator]
        return keys
    return pl.Series(keys.name, [_shorter(key) for key in keys.to_list()], dtype=pl.String)


def _shorter(key: str | None) -> str | None:
    if key is None or len(key) <= KEY_LENGTH:
        return key
    return key[: KEY_LENGTH - 33] + "~" + hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()

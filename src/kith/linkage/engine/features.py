"""From a delivered record to what is compared: folded names, sounds, spelling groups, checked identifiers, keys.

Everything here is a function of one record alone (and the model's name frequencies), so the same SQL serves a
million records, one new record, and a partition of a Spark table.
"""

from __future__ import annotations

import duckdb

from kith.linkage.engine.blocking import block_columns
from kith.linkage.engine.model import Model, install_frequencies
from kith.linkage.engine.name_groups import install_name_groups

COMPARED = (
    "first",
    "givens",
    "spellings",
    "middle",
    "last",
    "lasts",
    "first_sound",
    "last_sound",
    "dob",
    "birth_year",
    "month_day",
    "sex",
    "nhs",
    "upn",
    "postcode",
    "district",
    "home",
    "phone",
    "email",
)
FREQUENCIES = ("tf_first", "tf_last")
FEATURE_COLUMNS = ("n", "record_id", "source", *COMPARED, *FREQUENCIES)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
RAREST = 1e-5
"""Share taken for a name that the model has not counted."""
FAR_RARER = 20
"""A name this many times rarer than one it is a slip away from is taken for a slip."""


def prepare(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Put what features need of the model into the connection: name frequencies, forms of names, slips of names."""
    install_frequencies(con, model)
    install_name_groups(con, model.learned)
    con.execute(f"""create or replace temp table listed_cut as
        select name as listed, groups, share, unnest({_cuts_sql("name")}) as rest
        from name_group join frequencies using (name) where field = 'first' and length(name) >= 4""")


def build_names(con: duckdb.DuckDBPyConnection, records: str, into: str) -> None:
    """Create table `into`: every distinct name in `records`, folded once, with how many records bear it."""
    con.execute(f"create or replace temp table {into} as {_distinct_names_sql(records)}")


def build_spellings(con: duckdb.DuckDBPyConnection, names: str) -> None:
    """Create table spelled (raw, spellings): the groups of forms of one name that each name belongs to.

    A rare name that no list holds but that is one slip away from a listed and far more frequent one is taken for
    that name, slip and all ("Dniel" has the forms of Daniel).
    """
    con.execute(f"""create or replace temp table spelled as
        with name_parts as (select distinct unnest(parts) as part from {names}),
        odd as (
            select part, coalesce(share, {RAREST}) as share from name_parts anti join name_group on name = part
            left join frequencies on field = 'first' and frequencies.name = part where length(part) >= 4),
        odd_cut as (select part, share, unnest({_cuts_sql("part")}) as rest from odd),
        part_groups as (
            select part, groups from name_parts join name_group on name = part
            union all
            select part, groups from odd_cut join listed_cut using (rest)
            where odd_cut.share * {FAR_RARER} < listed_cut.share and damerau_levenshtein(part, listed) <= 1)
        select raw, list_distinct(flatten(list(groups))) as spellings
        from (select raw, unnest(parts) as part from {names}) join part_groups using (part) group by raw""")


def _cuts_sql(name: str) -> str:
    """The name and every name left by dropping one of its letters: names one slip apart share one of these."""
    return (
        f"list_append(list_transform(range(1, length({name}) + 1),"
        f" lambda place: left({name}, place - 1) || {name}[place + 1:]), {name})"
    )


def build_features(con: duckdb.DuckDBPyConnection, records: str, names: str, into: str) -> None:
    """Create table `into`, one row per record in order of `n`. Needs tables names, spelled, frequencies."""
    keyed = ", ".join(f"{sql} as {name}" for name, sql in block_columns().items())
    con.execute(f"create or replace table {into} as select *, {keyed} from ({_features_sql(records, names)})")


def fold_sql(text: str) -> str:
    """Lower case, no accents, letters only: what is left of a name when writing habits are taken away."""
    plain = f"translate(lower({text}), 'łøđıßðþæœ', 'lodisdtao')"
    return f"regexp_replace(strip_accents({plain}), '[^a-z]', '', 'g')"


SOUND_PAIRS = (("ph", "f"), ("ck", "k"), ("gh", "g"), ("kn", "n"), ("wr", "r"), ("sch", "s"), ("sz", "s"), ("cz", "s"))
SOUND_FROM, SOUND_TO = "cqxzdbvjmeiouyhwa", "kkkstpfgn"
SOUND_DOUBLES = "kstpfgnlr"


def sound_sql(name: str) -> str:
    """A short code equal for spellings that sound alike: classes of consonants, no doubles, a vowel only in front."""
    text = name
    for old, new in SOUND_PAIRS:
        text = f"replace({text}, '{old}', '{new}')"
    code = f"translate({text}, '{SOUND_FROM}', '{SOUND_TO}')"
    for letter in SOUND_DOUBLES:
        code = f"replace({code}, '{letter}{letter}', '{letter}')"
    vowel = f"case when left({name}, 1) in ('a', 'e', 'i', 'o', 'u', 'y', 'h') then 'a'"
    return f"nullif(left({vowel} when left({name}, 1) = 'w' then 'w' else '' end || {code}, 5), '')"


def _distinct_names_sql(records: str) -> str:
    columns = ("first_name", "middle_names", "known_as", "last_name", "former_last_name")
    union = " union all ".join(
        f"select {column} as raw, {_counted(column, 'first_name')} as firsts, {_counted(column, 'last_name')} as lasts"
        f" from {records} where {column} is not null group by raw"
        for column in columns
    )
    return f"""
        with distinct_names as (select raw, sum(firsts) as firsts, sum(lasts) as lasts from ({union}) group by raw),
        folded as (select *, {fold_sql("raw")} as folded from distinct_names),
        split as (
            select *, case when regexp_matches(trim(raw), '[\\s\\-,./]') then list_distinct(list_append(
                list_filter(list_transform(regexp_split_to_array(raw, '[\\s\\-,./]+'),
                    lambda part: {fold_sql("part")}), lambda part: length(part) >= 3), folded))
                else [folded] end as parts
            from folded where folded <> '')
        select raw, folded, parts, {sound_sql("folded")} as sound, firsts, lasts from split
    """


def _counted(column: str, wanted: str) -> str:
    return "count(*)" if column == wanted else "0"


def count_frequencies(con: duckdb.DuckDBPyConnection, names: str) -> dict[str, dict[str, float]]:
    """The share of records that bear each first name and each surname; the rarest are left out."""
    shares = {}
    for field, counted in (("first", "firsts"), ("last", "lasts")):
        rows = con.execute(f"""
            with counted as (select folded, sum({counted}) as records from {names} group by folded)
            select folded, records / sum(records) over () as share from counted
            where records > 0 qualify share >= {RAREST} and (records >= 3 or share >= 0.0005)
            order by records desc, folded limit 30000""").fetchall()
        shares[field] = {name: float(f"{share:.4g}") for name, share in rows}
    return shares


def _features_sql(records: str, names: str) -> str:
    joins = "\n".join(
        f"left join {names} as {alias} on {alias}.raw = r.{column}"
        for alias, column in (
            ("f", "first_name"),
            ("m", "middle_names"),
            ("k", "known_as"),
            ("s", "last_name"),
            ("o", "former_last_name"),
        )
    )
    return f"""
        select r.n, r.record_id, r.source, f.folded as first,
            list_concat(list_concat(f.parts, m.parts), k.parts) as givens,
            list_concat(fs.spellings, ks.spellings) as spellings,
            m.folded as middle, s.folded as last, list_concat(s.parts, o.parts) as lasts,
            f.sound as first_sound, s.sound as last_sound,
            strftime(r.date_of_birth, '%Y%m%d') as dob, year(r.date_of_birth)::smallint as birth_year,
            (month(r.date_of_birth) * 100 + day(r.date_of_birth))::smallint as month_day,
            case upper(left(r.sex, 1)) when 'M' then 'M' when 'F' then 'F' end as sex,
            {nhs_sql("r.nhs_number")} as nhs, {upn_sql("r.upn")} as upn,
            r.tidy_postcode as postcode, left(r.tidy_postcode, length(r.tidy_postcode) - 3) as district,
            {home_sql("r.address")} as home, {phone_sql("r.phone")} as phone,
            case when contains(r.email, '@') then lower(trim(r.email)) end as email,
            case when f.folded is not null then coalesce(tf.share, {RAREST}) end as tf_first,
            case when s.folded is not null then coalesce(tl.share, {RAREST}) end as tf_last
        from (select *, {postcode_sql("postcode")} as tidy_postcode from {records}) as r
        {joins}
        left join spelled as fs on fs.raw = r.first_name left join spelled as ks on ks.raw = r.known_as
        left join frequencies as tf on tf.field = 'first' and tf.name = f.folded
        left join frequencies as tl on tl.field = 'last' and tl.name = s.folded
        order by n
    """


def postcode_sql(text: str) -> str:
    """Capitals without spaces, where it is written like a UK postcode or another country's (three characters up)."""
    squeezed = f"regexp_replace(upper({text}), '[^A-Z0-9]', '', 'g')"
    return f"case when length({squeezed}) >= 3 then {squeezed} end"


def home_sql(text: str) -> str:
    """House number and first word of the street: '46 grange' for 'Flat 2, 46 Grange Avenue'."""
    lowered = f"lower({text})"
    return f"nullif(regexp_extract({lowered}, '([0-9]+[a-z]?)[ ,]+([a-z]{{3,}})', 0), '')"


def phone_sql(text: str) -> str:
    """The last nine digits, so that +44 7… and 07… are one number."""
    digits = f"regexp_replace({text}, '[^0-9]', '', 'g')"
    return f"case when length({digits}) >= 9 then right({digits}, 9) end"


def nhs_sql(text: str) -> str:
    """Ten digits whose check digit fits, else null: `identifiers.nhs_number` for whole columns."""
    digits = f"translate({text}, ' -', '')"
    total = " + ".join(f"substr({digits}, {place}, 1)::int * {11 - place}" for place in range(1, 10))
    return f"""case when {text} is not null and regexp_full_match({digits}, '[0-9]{{10}}')
        and {digits} <> repeat(left({digits}, 1), 10)
        then case when (11 - ({total}) % 11) % 11 = substr({digits}, 10, 1)::int then {digits} end end"""


def upn_sql(text: str) -> str:
    """Thirteen characters whose check letter fits, else null: `identifiers.upn` for whole columns."""
    tidy = f"upper(translate({text}, ' ', ''))"
    values = [f"substr({tidy}, {place}, 1)::int * {place}" for place in range(2, 13)]
    last = (
        f"(case when substr({tidy}, 13, 1) between '0' and '9' then substr({tidy}, 13, 1)::int "
        f"else instr('{_UPN_LETTERS}', substr({tidy}, 13, 1)) - 1 end) * 13"
    )
    total = " + ".join([*values, last])
    return f"""case when {text} is not null and regexp_full_match({tidy}, '[A-HJ-NP-RT-Z][0-9]{{11}}[0-9A-HJ-NP-RT-Z]')
        then case when substr('{_UPN_LETTERS}', ({total}) % 23 + 1, 1) = left({tidy}, 1) then {tidy} end end"""

"""What is measured beside the search: PostgreSQL's trigram search, in its two usual forms, on the same people.

Neither keeps to anybody's scopes; both are given the date and the same idea of a date that is nearly right.
"""

from __future__ import annotations

from datetime import date

from django.db import connection

_DATE = """case when p.born = %(born)s then .4
    when (extract(day from p.born) = extract(day from %(born)s::date))::int
       + (extract(month from p.born) = extract(month from %(born)s::date))::int
       + (extract(year from p.born) = extract(year from %(born)s::date))::int = 2 then .25
    when extract(year from p.born) = extract(year from %(born)s::date)
     and extract(day from p.born) = extract(month from %(born)s::date)
     and extract(month from p.born) = extract(day from %(born)s::date) then .3 else 0 end"""
WHOLE = f"""
select p.id from bench_people p where p.name %% %(name)s
order by similarity(p.name, %(name)s) + {_DATE} desc limit 10
"""  # noqa: S608  (nothing in it comes from a user)
DISTINCT = f"""
with f as (select n.name, similarity(n.name, %(first)s) as s from bench_first n where n.name %% %(first)s order by
    s desc limit 60),
     l as (select n.name, similarity(n.name, %(last)s) as s from bench_last n where n.name %% %(last)s order by s
         desc limit 60)
select p.id from (
    select p.id, p.born, f.s + l.s as s from f cross join l join bench_people p on p.last = l.name and p.first =
        f.name
    union
    select p.id, p.born, coalesce(f.s, 0) + coalesce(l.s, 0) from bench_people p
    left join f on f.name = p.first left join l on l.name = p.last
    where p.born = %(born)s and (f.name is not null or l.name is not null)
) p order by p.s + {_DATE} desc limit 10
"""  # noqa: S608  (nothing in it comes from a user)


def prepare() -> None:
    """The tables and indexes of both forms, from bench_people (id, first, last, name, born)."""
    with connection.cursor() as cursor:
        cursor.execute("create extension if not exists pg_trgm")
        cursor.execute("create index on bench_people using gin (name gin_trgm_ops)")
        cursor.execute("create index on bench_people (last, first)")
        cursor.execute("create index on bench_people (born)")
        for column in ("first", "last"):
            cursor.execute(f"create table bench_{column} as select distinct {column} as name from bench_people")  # noqa: S608
            cursor.execute(f"create index on bench_{column} using gin (name gin_trgm_ops)")
            cursor.execute(f"analyze bench_{column}")
        cursor.execute("analyze bench_people")


def ask(statement: str, first: str, last: str, born: date | None) -> list[int]:
    """The ids of the first ten."""
    values = {"name": f"{first} {last}".lower(), "first": first.lower(), "last": last.lower(), "born": born}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]

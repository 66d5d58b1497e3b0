"""`kith bench network`: a million people and five million links, loaded and divided into communities, beside igraph and
NetworKit in the same run; and two steps from a child with every link's evidence, under row security, in PostgreSQL.

Communities are drawn as they are in towns: most links stay among some fifty, the rest go anywhere. The database is one
of its own, and is dropped.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import igraph
import networkit
import numpy as np
import numpy.typing as npt
from django.db import connection

from kith.foundations.access.models import Scope, Viewer
from kith.foundations.access.viewing import viewing_as
from kith.insight.engine.network import communities
from kith.insight.engine.network.graph import Graph, build
from kith.insight.engine.network.measures import modularity
from kith.insight.queries.networks import around

Figures = dict[str, Any]
Column = npt.NDArray[np.int64]
Made = TypeVar("Made")
LINKS_A_PERSON, IN_A_GROUP, INSIDE, SEED = 5, 50, 0.7, 20261122
ASKED, WARM_UP = 300, 30
FIRST_SCOPE = 1_000_000_000
FILL = f"""
insert into access_scope (id, kind, title) select {FIRST_SCOPE} + n, 'circle', '' from generate_series(0, %(last)s) n;
insert into subjects_subject (id, kind, name, scope_id, created_at, what_matters_now)
  select n, 'person', 'Person ' || n, {FIRST_SCOPE} + n, now(), '' from generate_series(0, %(last)s) n;
insert into subjects_person (subject_id, scope_id, is_child, first_name, middle_names, last_name, known_as,
    date_of_birth, sex, pronouns, language, interpreter, communication_needs, ethnicity, postcode, address, nhs_number,
    upn)
  select id, scope_id, true, 'Person', '', id::text, '', date '2010-05-01' + (id %% 2000)::int, '', '', '', '', '', '',
    '', '', '', '' from subjects_subject;
insert into access_viewerscope (viewer_id, scope_id)
  select %(viewer)s, {FIRST_SCOPE} + n from generate_series(0, %(last)s) n;
insert into subjects_linkevidence (subject_id, other_id, scope_id, kind, outward, other_name, text, grade, feed,
    feed_key, recorded_at, last_seen)
  select a, b, {FIRST_SCOPE} + a, 'seen-with', true, '', 'Seen together', 'seen', 'bench', '', now(), current_date
  from (select a, b from bench_links union all select b, a from bench_links) sides order by a;
"""
INDEXES = """
select indexdef from pg_indexes where tablename = 'subjects_linkevidence' and indexdef not like 'CREATE UNIQUE%%'
"""


def run(*, size: int) -> Figures:
    """`rows` is the table, `notes` say what was done."""
    first, second = make_links(size)
    busy = os.getloadavg()[0]
    rows = [*_engines(first, second, size), *_steps(first, second, size)]
    ours, theirs = (rows[at]["load s"] + rows[at]["communities s"] for at in (0, 1))
    notes = [
        f"Load and communities together take {ours / theirs:.2f} of NetworKit's time. The machine's load was "
        f"{busy:.0f} when it began and {os.getloadavg()[0]:.0f} when it ended, on {os.cpu_count()} cores: "
        "read times as ratios.",
        f"{size:,} people, {len(first):,} links between two different people, from seed {SEED}; columns of numbers in "
        "memory, the same for each. Two threads for each that can use them.",
        "Ours finds communities with NetworKit's Louvain method on our own arrays; igraph's is Leiden, one iteration.",
        "Two steps: everything within two links of a person, each link's evidence with its source and the name of "
        f"everybody, as the page reads it; {ASKED} people drawn by lot; every circle open to whoever looks.",
    ]
    return {"rows": rows, "notes": notes}


def make_links(size: int) -> tuple[Column, Column]:
    """Pairs of different people, each once."""
    chance, count = np.random.default_rng(SEED), size * LINKS_A_PERSON
    group = chance.integers(0, max(1, size // IN_A_GROUP), count * 11 // 10)
    left = group * IN_A_GROUP + chance.integers(0, IN_A_GROUP, len(group))
    near = group * IN_A_GROUP + chance.integers(0, IN_A_GROUP, len(group))
    right = np.where(chance.random(len(group)) < INSIDE, near, chance.integers(0, size, len(group)))
    low, high = np.minimum(left, right) % size, np.maximum(left, right) % size
    key = np.sort((np.minimum(low, high) * size + np.maximum(low, high))[low != high])
    key = key[np.r_[True, key[1:] != key[:-1]]]
    key = chance.permutation(key)[:count]
    first, other = np.divmod(key, size)
    return first, other


def _engines(first: Column, second: Column, size: int) -> Iterator[Figures]:
    graph, load = _timed(lambda: build(first, second, size))
    labels, took = _timed(lambda: communities.find(graph, threads=2))
    yield _row("Kith", load, took, graph, labels)
    network, load = _timed(lambda: networkit.GraphFromCoo((first, second), n=size, directed=False))
    labels, took = _timed(lambda: _networkit_communities(network))
    yield _row("NetworKit", load, took, graph, labels)
    other, load = _timed(lambda: igraph.Graph(n=size, edges=np.c_[first, second]))
    found, took = _timed(lambda: other.community_leiden(objective_function="modularity", n_iterations=1))
    yield _row("igraph", load, took, graph, np.asarray(found.membership, dtype=np.int64))


def _networkit_communities(network: Any) -> Column:
    networkit.setNumberOfThreads(2)
    networkit.setSeed(SEED, False)
    method = networkit.community.PLM(network)
    method.run()
    return np.asarray(method.getPartition().getVector(), dtype=np.int64)


def _row(title: str, load: float, took: float, graph: Graph, labels: Column) -> Figures:
    quality = modularity(graph, communities.by_size(labels))
    return {"what": title, "load s": round(load, 2), "communities s": round(took, 2), "modularity": round(quality, 3)}


def _timed(work: Callable[[], Made]) -> tuple[Made, float]:
    started = time.perf_counter()
    made = work()
    return made, time.perf_counter() - started


def _steps(first: Column, second: Column, size: int) -> Iterator[Figures]:
    with _database_of_its_own():
        viewer = _fill(first, second, size)
        drawn = random.Random(SEED)  # noqa: S311  (a bench must repeat itself)
        people = [drawn.randrange(size) for _ in range(ASKED + WARM_UP)]
        taken, links = [], []
        with viewing_as(viewer):
            for person in people:
                started = time.perf_counter()
                found = around([person])
                taken.append((time.perf_counter() - started) * 1000)
                links.append(len(found.links))
        times = sorted(taken[WARM_UP:])
        yield {
            "what": "Two steps in PostgreSQL, with evidence and names, under row security",
            "p50 ms": round(times[len(times) // 2], 1),
            "p95 ms": round(times[int(len(times) * 0.95)], 1),
            "links read": round(sum(links) / len(links)),
        }


def _fill(first: Column, second: Column, size: int) -> Viewer:
    """Everybody with a circle, every link on both sides; indexes are made again after. Superuser only."""
    Scope.objects.get_or_create(kind="partnership", defaults={"title": "Partnership"})
    viewer = Viewer.objects.create(email="bench@bench.example", name="Bench", role="practitioner", is_active=False)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("create unlogged table bench_links (a bigint, b bigint)")
        with cursor.copy("copy bench_links from stdin") as copy:
            for a, b in zip(first.tolist(), second.tolist(), strict=True):
                copy.write_row((a, b))
        cursor.execute(INDEXES)
        indexes = [row[0] for row in cursor.fetchall()]
        for index in indexes:
            cursor.execute(f'drop index "{index.split(" ")[2]}"')
        for statement in filter(str.strip, FILL.split(";")):
            cursor.execute(statement, {"last": size - 1, "viewer": viewer.pk})
        for index in indexes:
            cursor.execute(index)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze")
    return viewer


@contextmanager
def _database_of_its_own() -> Iterator[None]:
    settings = connection.settings_dict
    was, settings["TEST"] = settings["TEST"], {**settings["TEST"], "NAME": "kith_bench_network"}
    name = settings["NAME"]
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=False)
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        settings["TEST"] = was

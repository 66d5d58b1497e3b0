"""The trained model: how much each level of agreement weighs, how common each name is, and where the lines are."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kith.linkage.engine.comparisons import COMPARISONS

VERSION = 1
DEFAULT_PATH = Path(__file__).parent / "default_model.json"


class ModelUnreadableError(ValueError):
    """The file is not a model that this version can use, with the reason in words."""


@dataclass(frozen=True)
class Thresholds:
    """Probability at or above which two records are the same person, and at or above which a person should look."""

    same: float = 0.95
    unsure: float = 0.4


@dataclass(frozen=True)
class Model:
    """`chances[comparison]` is one (m, u) for each level: how often it holds for one person and for two people.

    `prior` is the chance that two records taken at random are one person; `frequencies[field][name]` the share of
    records that bear a name; `learned` pairs of first names that the records themselves show to be one;
    `trained_on` says in words what it was trained on.
    """

    prior: float
    chances: dict[str, list[tuple[float, float]]]
    frequencies: dict[str, dict[str, float]]
    thresholds: Thresholds = field(default_factory=Thresholds)
    learned: tuple[tuple[str, str], ...] = ()
    trained_on: str = ""
    version: int = VERSION

    def weights(self, comparison: str) -> list[float]:
        """Match weight (log2 of m over u) of each level."""
        return [math.log2(m / u) for m, u in self.chances[comparison]]

    @property
    def prior_weight(self) -> float:
        return math.log2(self.prior / (1 - self.prior))

    def save(self, path: Path | str) -> None:
        """Write as JSON."""
        Path(path).write_text(json.dumps(asdict(self), separators=(",", ":"), sort_keys=True), encoding="utf-8")

    @classmethod
    def load(cls, path: Path | str) -> Model:
        """Read what `save` wrote. Raises ModelUnreadableError."""
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8"))
            return cls._from_json(data)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnreadableError(f"{path} is not a linkage model: {error}") from error

    @classmethod
    def _from_json(cls, data: dict[str, Any]) -> Model:
        if data["version"] != VERSION:
            raise ModelUnreadableError(f"the model is version {data['version']}; this is version {VERSION}")
        chances = {name: [(m, u) for m, u in pairs] for name, pairs in data["chances"].items()}
        _check_shape(chances)
        return cls(
            prior=float(data["prior"]),
            chances=chances,
            frequencies=data["frequencies"],
            thresholds=Thresholds(**data["thresholds"]),
            trained_on=str(data["trained_on"]),
            learned=tuple((a, b) for a, b in data["learned"]),
        )

    def with_thresholds(self, *, same: float, unsure: float) -> Model:
        """The same model with other lines."""
        return replace(self, thresholds=Thresholds(same=same, unsure=unsure))


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The model that comes with the package, trained on made-up records, for deliveries too small to learn from."""
    return Model.load(DEFAULT_PATH)


def starting_model() -> Model:
    """Before training: sensible chances from experience, no name frequencies."""
    chances = {comparison.name: [level.start for level in comparison.levels] for comparison in COMPARISONS}
    return Model(1e-4, chances, {"first": {}, "last": {}})


def install_frequencies(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make the model's name frequencies available to SQL as table frequencies (field, name, share)."""
    rows = [(kind, name, share) for kind, shares in model.frequencies.items() for name, share in shares.items()]
    con.register(
        "frequencies_given",
        pa.table(
            {
                "field": pa.array([row[0] for row in rows], pa.string()),
                "name": pa.array([row[1] for row in rows], pa.string()),
                "share": pa.array([row[2] for row in rows], pa.float64()),
            }
        ),
    )
    con.execute("create or replace temp table frequencies as select * from frequencies_given")
    con.unregister("frequencies_given")


def _check_shape(chances: dict[str, list[tuple[float, float]]]) -> None:
    for comparison in COMPARISONS:
        if len(chances[comparison.name]) != len(comparison.levels):
            raise ModelUnreadableError(f"{comparison.name} has other levels than this version compares")

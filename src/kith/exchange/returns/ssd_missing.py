"""The missing table of the Standard Safeguarding Dataset: seven fields, one row for an absence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kith.exchange.queries.absences import Absent

COLUMNS = (
    "miss_table_id",
    "miss_person_id",
    "miss_missing_episode_start_date",
    "miss_missing_episode_type",
    "miss_missing_episode_end_date",
    "miss_missing_rhi_offered",
    "miss_missing_rhi_accepted",
)
NO_NUMBER = "The council’s system has no number for this child."


def ssd_missing(
    absences: Mapping[int, Sequence[Absent]], numbers: Mapping[int, Sequence[str]]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Rows, and remarks on what is left out. Y, N, or NA where the child is not back or nothing says so."""
    rows, remarks = [], []
    for child, told in absences.items():
        if not numbers.get(child):
            remarks += [
                {"Child": f"record {child}", "What": one.reference, "Left out": "yes", "Why": NO_NUMBER} for one in told
            ]
            continue
        rows += list(_rows(numbers[child][0], told))
    rows.sort(key=lambda row: (row["miss_person_id"], row["miss_missing_episode_start_date"], row["miss_table_id"]))
    return rows, remarks


def _rows(number: str, told: Sequence[Absent]) -> Iterator[dict[str, str]]:
    for one in told:
        back = one.back.isoformat() if one.back else ""
        values = (
            one.reference,
            number,
            one.gone.isoformat(),
            one.letter,
            back,
            _said(one.offered),
            _said(one.accepted),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def _said(answer: bool | None) -> str:
    return {True: "Y", False: "N", None: "NA"}[answer]

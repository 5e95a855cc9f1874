"""What a claims file is made of: its fields, and a row of a table with where it stood."""

from __future__ import annotations

from typing import Any

#: One claim or source as the file has it.
Row = dict[str, Any]

CLAIM_FIELDS = (
    "id",
    "language",
    "statement",
    "criteria",
    "beat",
    "deadline",
    "deadline_text",
    "deadline_precision",
    "deadline_basis",
    "assignee",
    "public",
    "outcome",
    "outcome_date",
    "rationale",
    "evidence",
)
REPORT_FIELDS = (
    "source",
    "author",
    "url",
    "published",
    "headline",
    "stance",
    "certainty",
    "hedge",
    "via",
)
EVIDENCE_FIELDS = ("title", "url", "published")
SOURCE_FIELDS = ("name", "kind", "homepage", "language", "aliases", "domains")
COLUMNS = frozenset((*CLAIM_FIELDS, *REPORT_FIELDS, *SOURCE_FIELDS))
#: The columns of a table that hold a day.
DAYS = frozenset(("deadline", "outcome_date", "published"))

#: What the services call a field, and how the file does.
FILE_NAMES = {"slug": "id", "published_on": "published", "became_known_on": "outcome_date"}

#: How a claims file ends.
KINDS = (".csv", ".xlsx", ".jsonl", ".json")


class TableRow(Row):
    """A claim of a table, gathered from its rows; or a source, which has one.

    A column of the claim in which a later row says something else than an earlier one stands among
    the fields of that row's report: so nothing is lost where the rows are written again.
    """

    __slots__ = ("first", "rows", "said_in")

    def __init__(self, content: Row, first: int) -> None:
        super().__init__(content)
        self.first = first
        #: The number of each report's row.
        self.rows: list[int] = []
        #: For columns that the first row left empty: the number of the row that filled them.
        self.said_in: dict[str, int] = {}


def file_name(name: str) -> str:
    """A field as the file calls it: `reports.0.published_on` is `reports.0.published` there."""
    return ".".join(FILE_NAMES.get(part, part) for part in name.split("."))

"""Lists for programs that read line by line, and for spreadsheets: JSON Lines and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer

from verification.services.cells import csv_line

CSV, JSON_LINES = "csv", "jsonl"
#: The values of `?format=`.
FORMATS = [("json", "JSON"), (CSV, "CSV"), (JSON_LINES, "JSON Lines")]

#: For each column the way to its value within an object of the list.
Columns = Mapping[str, tuple[str | int, ...]]


class CsvRenderer(BaseRenderer):
    """Lines that were made already."""

    media_type = "text/csv"
    format = CSV

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        """The lines as one text."""
        return "".join(data).encode()


class JsonLinesRenderer(BaseRenderer):
    """The objects of a list, each on a line of its own."""

    media_type = "application/jsonl"
    format = JSON_LINES
    charset = None

    def render(
        self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None
    ) -> bytes:
        """The objects of one page."""
        as_json = JSONRenderer()
        return b"".join(as_json.render(row) + b"\n" for row in data["results"])


class NdjsonRenderer(JsonLinesRenderer):
    """The same by its other name."""

    media_type = "application/x-ndjson"


RENDERERS = [JSONRenderer, CsvRenderer, JsonLinesRenderer, NdjsonRenderer]


def columns_of(serializer: type[serializers.Serializer[Any]]) -> Columns:
    """One column for each name of an object without objects in it."""
    return {str(name): (str(name),) for name in serializer().fields}


def table(columns: Columns, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The rows as lines of CSV, the names of the columns first."""
    yield csv_line(columns)
    for row in rows:
        yield csv_line(_cell(row, way) for way in columns.values())


def _cell(row: Any, way: tuple[str | int, ...]) -> Any:
    for step in way:
        row = row[step]
    return "; ".join(row) if isinstance(row, list) else row

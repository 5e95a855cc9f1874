"""Claims files in each format, written as a newsroom's own programs would."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl

from verification.services import claimfile

Row = dict[str, Any]
FORMATS = ("json", "jsonl", "csv", "xlsx")


def row(**fields: Any) -> Row:
    """A claim of the seed story with one report, unless told otherwise."""
    fine: Row = {
        "id": "amazon-openai",
        "language": "en",
        "statement": "Amazon will put at least $50bn into OpenAI.",
        "criteria": "Confirmed if either says so on the record.",
        "beat": "AI & tech business",
        "deadline": "2026-03-31",
        "deadline_text": "end of Q1 2026",
        "deadline_precision": "quarter",
        "deadline_basis": "source",
        "reports": [report()],
        "outcome": None,
        "outcome_date": None,
        "rationale": "",
        "evidence": [],
    }
    return fine | fields


def report(**fields: Any) -> Row:
    """The Wall Street Journal's of 29 January."""
    fine: Row = {
        "source": "The Wall Street Journal",
        "author": "Berber Jin",
        "url": "https://www.wsj.com/1",
        "published": "2026-01-29",
        "headline": None,
        "stance": "asserts",
        "certainty": "roughly even chance",
        "hedge": "could",
        "via": None,
    }
    return fine | fields


def confirmed(**fields: Any) -> Row:
    """The same, with its verdict."""
    return row(
        **{
            "outcome": "confirmed",
            "outcome_date": "2026-02-27",
            "rationale": "Announced by both.",
            "evidence": [
                {
                    "title": "OpenAI, Amazon",
                    "url": "https://openai.com/1",
                    "published": "2026-02-27",
                }
            ],
        }
        | fields
    )


def write(path: Path, rows: list[Row]) -> Path:
    """The rows in the format that the file's name says."""
    if path.suffix == ".json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("".join(claimfile.as_jsonl(rows)), encoding="utf-8")
    elif path.suffix == ".csv":
        path.write_text("".join(claimfile.as_csv(rows)), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for cells in csv.reader(io.StringIO("".join(claimfile.as_csv(rows)))):
            book.worksheets[0].append([cell or None for cell in cells])
        book.save(path)
    return path

"""A fault is found in the file by its row and column, or by its path."""

from __future__ import annotations

import pytest

from verification.domain.fileplaces import Place, place


@pytest.mark.parametrize(
    ("name", "in_table", "in_json"),
    [
        ("", Place(7), Place(7)),
        ("deadline", Place(7, "deadline"), Place(7, path="$.deadline")),
        ("reports.1.stance", Place(9, "stance"), Place(7, path="$.reports[1].stance")),
        ("reports", Place(7, "reports"), Place(7, path="$.reports")),
        (
            "evidence.0.url",
            Place(7, "evidence", "$[0].url"),
            Place(7, path="$.evidence[0].url"),
        ),
        ("two words", Place(7, "two words"), Place(7, path="$['two words']")),
    ],
)
def test_a_field_stands_in_a_row_and_column_or_at_a_path(
    name: str, in_table: Place, in_json: Place
) -> None:
    assert place(name, 7, [7, 9]) == in_table
    assert place(name, 7, None) == in_json

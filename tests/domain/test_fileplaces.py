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


@pytest.mark.parametrize(
    ("name", "found"),
    [
        # A report that the file has no row for is looked for where its claim begins.
        ("reports.2.stance", Place(7, "stance")),
        ("evidence", Place(7, "evidence")),
        ("evidence.0", Place(7, "evidence", "$[0]")),
        ("other.part", Place(7, "other.part")),
    ],
)
def test_what_stands_in_no_cell_of_its_own_is_looked_for_in_the_nearest(
    name: str, found: Place
) -> None:
    assert place(name, 7, [7, 9]) == found

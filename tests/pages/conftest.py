"""What the tests of the pages share."""

import pytest

from verification.services import figures


@pytest.fixture(autouse=True)
def _no_kept_boards():
    # Boards are kept by the tallies' revision, which begins anew with each test's database.
    figures._kept.boards.clear()


@pytest.fixture(autouse=True)
def _database(db):
    """Every page reads the database."""

"""What the tests of the pages share."""

import pytest


@pytest.fixture(autouse=True)
def _database(db):
    """Every page reads the database."""

"""Reads a page as a reader does: its words without the tags."""

import re
from html import unescape

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from verification.services import publication


def words(response) -> str:
    """The page's text on one line."""
    text = re.sub(r"(?s)<(script|style|head)\b.*?</\1>", " ", response.content.decode())
    text = unescape(re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"\s+([,.;)])", r"\1", " ".join(text.split()))


def section(response, name: str) -> str:
    """The words of the section that the heading with the id `name` labels."""
    html = response.content.decode()
    start = html.index(f'aria-labelledby="{name}"')
    part = html[start : html.index("</section>", start)]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", part)).split())


def queries(client: Client, path: str) -> int:
    """How many queries it takes to render the page, besides asking for the version.

    Within a test no board is kept from one to the next.
    """
    publication.bodies.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return sum(query["sql"] != publication.VERSION for query in captured.captured_queries)

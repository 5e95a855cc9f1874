"""A page of claims at any depth, beside the first one."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping

from benchmarks.frame import Figures, Line, Place, side_by_side

PLACES = (Place("sqlite"), Place("postgresql"))
DEPTHS = (0.1, 0.5, 0.99)


def measure(place: Place) -> dict[str, float]:
    """Milliseconds of a page after so much of the list."""
    from django.test import Client

    from verification.models import Claim

    newest = Claim.objects.latest("id").pk
    client = Client()

    def address(depth: float) -> str:
        cursor = json.dumps([str(int(newest * (1 - depth)))], separators=(",", ":")).encode()
        return f"/claims/?after={urlsafe_b64encode(cursor).decode().rstrip('=')}"

    pages = {"0": "/claims/"} | {str(depth): address(depth) for depth in DEPTHS}
    return side_by_side(
        {depth: lambda path=path: client.get(path) for depth, path in pages.items()}, rounds=15
    )


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """Pages in a second."""
    return [
        Line(
            f"page of claims after {float(depth):.0%} of them, {kind}", "first page",
            1000 / found["0"], 1000 / found[depth], "pages/s", ">= 0.8",
        )
        for (kind, _claims), found in figures.items()
        for depth in map(str, DEPTHS)
    ]  # fmt: skip

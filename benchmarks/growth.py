"""Every list and page, at a hundredth, a tenth and the whole of the claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks.frame import Figures, Line, Place, side_by_side

SHARES = (0.01, 0.1, 1.0)
PLACES = tuple(Place(kind, share) for kind in ("sqlite", "postgresql") for share in SHARES)

API = "/api/v1"
DESK = "/admin/verification"
PAGES = {
    "front page": "/",
    "claims": "/claims/",
    "claims, open": "/claims/?status=open",
    "claims, awaiting": "/claims/?status=awaiting",
    "claims, void on one beat": "/claims/?status=void&beat=beat-11",
    "claims, awaiting on one beat": "/claims/?status=awaiting&beat=beat-3",
    "claims of a frequent source": "/claims/?source=source-0",
    "claims of a rare source": "/claims/?source=source-19",
    "claims of a year long ago": "/claims/?since={year}-01-01&until={year}-12-31",
    "claims with a frequent word": "/claims/?q=company",
    "claims with two words, confirmed": "/claims/?q=company+deal&status=confirmed",
    "one claim": "/claims/claim-500/",
    "sources": "/sources/",
    "one source": "/sources/source-3/",
    "leaderboard": "/leaderboard/",
    "corrections": "/corrections/",
    "API claims": f"{API}/claims/",
    "API claims by deadline": f"{API}/claims/?ordering=deadline",
    "API claims logged since yesterday": f"{API}/claims/?logged_after={{yesterday}}",
    "API claims, two statuses": f"{API}/claims/?status=void,denied",
    "API positions": f"{API}/sources/source-3/positions/",
    "API leaderboard": f"{API}/leaderboard/",
    "desk": "/admin/",
    "desk claims": f"{DESK}/claim/",
    "desk claims, awaiting": f"{DESK}/claim/?status=awaiting",
    "desk claims searched": f"{DESK}/claim/?q=company",
    "desk claims of a source": f"{DESK}/claim/?source=source-3",
    "desk verdicts": f"{DESK}/verdict/",
    "desk verdicts searched": f"{DESK}/verdict/?q=company",
    "desk positions": f"{DESK}/position/",
    "desk records": f"{DESK}/record/",
    "desk sources": f"{DESK}/source/",
}


def measure(place: Place) -> dict[str, float]:
    """Milliseconds of each page, through the whole of Django."""
    from django.test import Client

    from verification.models import User

    client, desk = Client(), Client()
    desk.force_login(User.objects.get(username="boss"))
    today = datetime.now(UTC).date()
    words = {"year": today.year - 6, "yesterday": today - timedelta(days=1)}

    def asked(path: str) -> object:
        response = (desk if "/admin" in path else client).get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
        return response

    return side_by_side(
        {name: partial(asked, path.format(**words)) for name, path in PAGES.items()}
    )


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """How each page grows from the smallest to the largest database."""
    found = []
    for kind in dict.fromkeys(kind for kind, _claims in figures):
        sizes = sorted(claims for other, claims in figures if other == kind)
        few, many = figures[kind, sizes[0]], figures[kind, sizes[-1]]
        between = figures[kind, sizes[len(sizes) // 2]]
        found += [
            Line(
                f"{name}, {kind}, {sizes[-1]:,} claims",
                f"at {sizes[0]:,} (at {sizes[len(sizes) // 2]:,}: {between[name]:.3g} ms)",
                few[name], many[name], "ms", "<= 1.11",
            )
            for name in PAGES
        ]  # fmt: skip
    return found

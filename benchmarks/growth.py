"""Every list and page, at a hundredth, a tenth and the whole of the claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from benchmarks.frame import Figures, Line, Place

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
    "one source, its oldest positions": "/sources/source-3/?before=WyIxOTAwLTAxLTAxIiwiMCJd",
    "whom to compare a source with": "/sources/source-3/against/",
    "two sources compared": "/sources/source-3/against/source-4/",
    "leaderboard": "/leaderboard/",
    "leaderboard of a beat": "/leaderboard/?beat=beat-3",
    "leaderboard of a year": "/leaderboard/?period={year}",
    "leaderboard, matured claims": "/leaderboard/?matured=1",
    "corrections": "/corrections/",
    "ledger": "/ledger/",
    "methodology": "/methodology/",
    "deadlines as a calendar": "/feeds/deadlines.ics",
    "feed of verdicts": "/feeds/verdicts.atom",
    "feed of a source": "/feeds/verdicts/source-3.atom",
    "sitemap": "/sitemap.xml",
    "a part of the sitemap": "/sitemap-claims-0.xml",
    "widget of a claim": "/embed/claim/claim-500/",
    "widget of a source": "/embed/source/source-3/",
    "widget of the latest": "/embed/latest/",
    "widget of the leaderboard": "/embed/leaderboard/",
    "badge of a source": "/badge/source/source-3.svg",
    "API claims": f"{API}/claims/",
    "API claims by deadline": f"{API}/claims/?ordering=deadline",
    "API claims logged since yesterday": f"{API}/claims/?logged_after={{yesterday}}",
    "API claims, two statuses": f"{API}/claims/?status=void,denied",
    "API positions": f"{API}/sources/source-3/positions/",
    "API record of a source": f"{API}/sources/source-3/record/",
    "API sources": f"{API}/sources/",
    "API beats": f"{API}/beats/",
    "API reports of a claim": f"{API}/claims/claim-500/reports/",
    "API leaderboard": f"{API}/leaderboard/",
    "API leaderboard as of a day": f"{API}/leaderboard/?as_of={{year}}-06-30",
    "desk": "/admin/",
    "desk, a claim": f"{DESK}/claim/500/change/",
    "desk, ledger": f"{DESK}/ledgerentry/",
    "desk, outbox": f"{DESK}/message/",
    "desk, story updates": f"{DESK}/storyupdate/",
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
#: Those that are asked for when all figures have just changed; the others find them computed.
AFTER_A_CHANGE = {name for name in PAGES if name.startswith(("leaderboard", "API leaderboard"))}


def works(place: Place) -> dict[str, Callable[[], object]]:
    """Each page through the whole of Django, and each step of a sweep."""
    from django.test import Client

    from verification.models import User
    from verification.services import figures, publication

    client, desk = Client(), Client()
    desk.force_login(User.objects.get(username="boss"))
    today = datetime.now(UTC).date()
    words = {"year": today.year - 6, "yesterday": today - timedelta(days=1)}

    def asked(path: str, *, after_a_change: bool = False) -> object:
        # What a reader finds who comes first: no body is kept, and after a change no figures.
        publication.bodies.clear()
        if after_a_change:
            figures._kept.boards.clear()
        response = (desk if "/admin" in path else client).get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answers {response.status_code}")
        # What is streamed is made when it is read.
        return response.content if not response.streaming else next(iter(response), b"")

    pages = {
        name: partial(asked, path.format(**words), after_a_change=name in AFTER_A_CHANGE)
        for name, path in PAGES.items()
    }
    return pages | _sweeps()


def _sweeps() -> dict[str, Callable[[], object]]:
    """What a worker does once a minute, where nothing is due."""
    from verification.services import (
        account_notices,
        alarms,
        asking,
        attempts,
        deliveries,
        desk_sessions,
        digests,
        notices,
        outbox,
        reminders,
        stuck,
        week,
    )
    from verification.services.importing import uploads

    now = datetime.now(UTC)
    monday = now.date() - timedelta(days=now.weekday())
    return {
        "sweep: what is due": lambda: reminders.sweep(now=now),
        "sweep: story notices": lambda: notices.bundle(now=now),
        "sweep: second editors": lambda: asking.bundle(now=now),
        "sweep: digests owed": lambda: digests.make(now=now),
        "sweep: a digest's facts": lambda: week._read(monday, now),
        "sweep: account notices": lambda: account_notices.bundle(now=now),
        "sweep: sessions, attempts": lambda: (
            desk_sessions.sweep(now=now), attempts.sweep(now=now), account_notices.sweep(now=now),
        ),
        "sweep: outbox": lambda: (outbox.senders_wanted(now), outbox.due(now, most=1)),
        "sweep: webhooks": lambda: deliveries.wanted(now),
        "sweep: uploads": lambda: uploads.due(now),
        "sweep: stuck mail": lambda: list(stuck.wanted(now)[:50]),
        "sweep: alarms": lambda: alarms.state(now),
    }  # fmt: skip


#: A page is flat where the most claims cost it no more than this times what the fewest do.
FLAT = 1 / 0.9


def lines(figures: Mapping[tuple[str, int], Figures]) -> list[Line]:
    """How many of the pages are flat; `table` says what each costs."""
    found = []
    for kind, sizes in _sizes(figures).items():
        few, many = figures[kind, sizes[0]], figures[kind, sizes[-1]]
        flat = sum(many[name] <= FLAT * few[name] for name in few)
        found.append(
            Line(
                f"as quick at {sizes[-1]:,} claims as at {sizes[0]:,}, {kind}",
                "all pages, lists and steps of a sweep", len(few), flat, "", ">= 1",
            )
        )  # fmt: skip
    return found


def table(figures: Mapping[tuple[str, int], Figures]) -> str:
    """Milliseconds of each page at each size; in bold what is not flat."""
    sizes = [(kind, size) for kind, found in _sizes(figures).items() for size in found]
    rows = [
        "| page | " + " | ".join(f"{kind}, {size:,}" for kind, size in sizes) + " |",
        "|---" * (len(sizes) + 1) + "|",
    ]
    for name in next(iter(figures.values()), {}):
        cells = []
        for kind, size in sizes:
            taken = figures[kind, size][name]
            least = figures[kind, _sizes(figures)[kind][0]][name]
            said = f"{taken:,.0f}" if taken >= 100 else f"{taken:.3g}"
            cells.append(said if taken <= FLAT * least else f"**{said}**")
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _sizes(figures: Mapping[tuple[str, int], Figures]) -> dict[str, list[int]]:
    return {
        kind: sorted(claims for other, claims in figures if other == kind)
        for kind in dict.fromkeys(kind for kind, _claims in figures)
    }

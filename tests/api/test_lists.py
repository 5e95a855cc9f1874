"""Lists: filtered, searched, paged without counting, and read in a fixed number of queries."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.payloads import CLAIMS, SOURCES, wrong
from verification.services import figures, publication

pytestmark = pytest.mark.django_db


def slugs(client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return [row["slug"] for row in response.json()["results"]]


def everything(client, address: str, name: str = "slug") -> list[str]:
    """What one finds who follows `next` to the end; and the way back gives the same."""
    found, here, last = [], address, None
    while here:
        page = client.get(here).json()
        found.append([row[name] for row in page["results"]])
        last, here = here, page["next"]
    back = []
    here = last
    while here:
        page = client.get(here).json()
        back.insert(0, [row[name] for row in page["results"]])
        here = page["previous"]
    assert [row for rows in back for row in rows] == [row for rows in found for row in rows]
    return [row for rows in found for row in rows]


@pytest.fixture
def claims() -> dict[str, object]:
    ai = factories.BeatFactory.create(slug="ai")
    sport = factories.BeatFactory.create(slug="sport")
    wsj = factories.SourceFactory.create(slug="wsj")
    draft = factories.report_draft(wsj)
    return {
        "open": factories.claim(slug="open", beat=ai, deadline=date(2026, 4, 1), reports=[draft]),
        "awaiting": factories.claim(
            slug="awaiting", beat=ai, assignee=factories.editor(username="emil"), language="fr"
        ),
        "confirmed": _decided("confirmed", sport),
        "denied": _decided("denied", sport, now=datetime(2026, 3, 1, 12, 0, tzinfo=UTC)),
        "lapsed": _decided("lapsed", sport, criteria="Confirmed if Zidane signs."),
        "void": _decided("void", sport, statement="Twice logged."),
    }


def _decided(outcome: str, beat, **fields):
    claim = factories.claim(slug=outcome, beat=beat, **fields)
    factories.decide(claim, outcome, known_on=None if outcome == "void" else date(2026, 2, 27))
    return claim


FOUND = {
    "": ["void", "lapsed", "denied", "confirmed", "awaiting", "open"],
    "status=open": ["open"],
    "status=awaiting": ["awaiting"],
    "status=confirmed": ["confirmed"],
    "status=void": ["void"],
    "status=open,awaiting": ["awaiting", "open"],
    "status=open&status=denied": ["denied", "open"],
    "beat=ai": ["awaiting", "open"],
    "beat=sport&status=lapsed,open": ["lapsed"],
    "source=wsj": ["open"],
    "assignee=emil": ["awaiting"],
    "assignee=nobody": [],
    "language=fr": ["awaiting"],
    "deadline_after=2026-04-01": ["open"],
    "deadline_before=2026-03-31&beat=ai": ["awaiting"],
    "logged_after=2026-02-01": ["denied"],
    "logged_after=2026-03-01T12:00:00Z": ["denied"],
    "logged_after=2026-03-01T12:00:01Z": [],
    "search=zidane": ["lapsed"],
    "search=twice": ["void"],
    "search=%25": ["void", "lapsed", "denied", "confirmed", "awaiting", "open"],
    "search=ZIDANE+signs&status=lapsed": ["lapsed"],
    "search=zidane+amazon&beat=ai": [],
    "public=true&status=open": ["open"],
    "public=false": [],
    "status=&beat=&search=": ["void", "lapsed", "denied", "confirmed", "awaiting", "open"],
    "ordering=deadline": ["awaiting", "confirmed", "denied", "lapsed", "void", "open"],
    "ordering=-deadline": ["open", "void", "lapsed", "denied", "confirmed", "awaiting"],
    "ordering=oldest": ["open", "awaiting", "confirmed", "denied", "lapsed", "void"],
    "ordering=decided": ["void", "lapsed", "denied", "confirmed"],
    "ordering=newest&limit=1": ["void"],
}


@pytest.mark.usefixtures("claims")
def test_claims_are_found(public, subtests):
    for asked, found in FOUND.items():
        with subtests.test(asked=asked):
            assert slugs(public, f"{CLAIMS}?{asked}") == found


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"{CLAIMS}?status=nope", "status"),
        (f"{CLAIMS}?status=open,nope", "status"),
        (f"{CLAIMS}?status=,", "status"),
        (f"{CLAIMS}?beat=nope", "beat"),
        (f"{CLAIMS}?source=nope", "source"),
        (f"{CLAIMS}?language=de", "language"),
        (f"{CLAIMS}?deadline_before=2026-02-30", "deadline_before"),
        (f"{CLAIMS}?logged_after=yesterday", "logged_after"),
        (f"{CLAIMS}?ordering=random", "ordering"),
        (f"{CLAIMS}?limit=0", "limit"),
        (f"{CLAIMS}?limit=1001", "limit"),
        (f"{CLAIMS}?limit=1&limit=2", "limit"),
        (f"{CLAIMS}?cursor=nonsense", "cursor"),
        (f"{CLAIMS}?public=perhaps", "public"),
        (f"{CLAIMS}?statsu=open", "statsu"),
        (f"{CLAIMS}?page=2", "page"),
        (f"{CLAIMS}?format=xml", "format"),
        ("/api/v1/beats/?format=json", "format"),
        (f"{CLAIMS}?empty_and_unknown=", "empty_and_unknown"),
        (f"{CLAIMS}?search=%00", "search"),
        (f"{SOURCES}?kind=blog", "kind"),
        (f"{SOURCES}?status=open", "status"),
        ("/api/v1/leaderboard/?beat=nope", "beat"),
        ("/api/v1/leaderboard/?as_of=2026-04-02", "as_of"),
        ("/api/v1/leaderboard/?limit=1001", "limit"),
        ("/api/v1/leaderboard/?offset=-1", "offset"),
        ("/api/v1/beats/?beat=x", "beat"),
        ("/api/v1/?x=1", "x"),
        ("/api/v1/schema/?format=yaml&x=1", "x"),
    ],
)
def test_a_parameter_that_is_wrong_or_unknown_is_refused_by_name(public, address, field):
    response = public.get(address)
    assert response.status_code == 400, response.content
    assert set(wrong(response)) == {field}


def test_following_the_pages_shows_every_claim_once(public, subtests):
    # Deadlines cluster at the ends of periods: most are equal.
    made = [
        factories.claim(slug=f"claim-{n}", deadline=date(2026, 3, 31) + timedelta(days=n // 5))
        for n in range(7)
    ]
    by_deadline = [claim.slug for claim in made]
    expected = {"deadline": by_deadline, "newest": by_deadline[::-1]}
    for ordering, limit in itertools.product(expected, (1, 2, 3, 7, 100)):
        with subtests.test(ordering=ordering, limit=limit):
            found = everything(public, f"{CLAIMS}?ordering={ordering}&limit={limit}")
            assert found == expected[ordering]


def test_a_claim_that_is_logged_meanwhile_repeats_none_on_the_next_page(public):
    first, second, third = (factories.claim(slug=f"claim-{n}") for n in range(3))
    page = public.get(f"{CLAIMS}?limit=2").json()
    assert [row["slug"] for row in page["results"]] == [third.slug, second.slug]
    factories.claim(slug="newer")
    assert slugs(public, page["next"]) == [first.slug]


def test_a_cursor_keeps_the_filters_and_serves_no_other_ordering(public):
    for n in range(3):
        factories.claim(slug=f"claim-{n}", language="fr")
        factories.claim(slug=f"other-{n}")
    page = public.get(f"{CLAIMS}?language=fr&limit=2").json()
    assert slugs(public, page["next"]) == ["claim-0"]
    response = public.get(page["next"] + "&ordering=deadline")
    assert set(wrong(response)) == {"cursor"}


def test_lists_neither_count_nor_skip(public):
    for n in range(4):
        factories.claim(slug=f"claim-{n}")
    address = public.get(f"{CLAIMS}?limit=2").json()["next"]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        public.get(address)
    asked = " ".join(query["sql"].upper() for query in queries)
    assert "COUNT(" not in asked
    assert "OFFSET" not in asked


@pytest.mark.parametrize("limit", [1, 2, 25])
def test_sources_positions_reports_verdicts_and_beats_are_paged(public, limit):
    source = factories.SourceFactory.create(slug="aaa", name="Aaa")
    for n in range(3):
        factories.SourceFactory.create(slug=f"s-{n}", name=f"Été {n % 2} {n}")
        factories.claim(
            slug=f"claim-{n}",
            reports=[
                factories.report_draft(source, published_on=date(2026, 1, 20 + n // 2)),
                factories.report_draft(published_on=date(2026, 1, 22)),
            ],
        )
    names = everything(public, f"{SOURCES}?limit={limit}", "name")
    assert len(names) == 7
    assert names[0] == "Aaa"
    assert everything(public, f"{SOURCES}aaa/positions/?limit={limit}", "claim") == [
        "claim-2",
        "claim-1",
        "claim-0",
    ]
    assert len(everything(public, f"{CLAIMS}claim-0/reports/?limit={limit}", "url")) == 2
    assert len(everything(public, f"/api/v1/beats/?limit={limit}")) == 3
    assert everything(public, f"{CLAIMS}claim-0/verdicts/?limit={limit}", "outcome") == []


def test_sources_are_filtered_and_searched(public):
    factories.SourceFactory.create(slug="wsj", name="The Wall Street Journal", language="en")
    factories.SourceFactory.create(slug="afp", name="AFP", kind="agency", language="fr")
    assert slugs(public, f"{SOURCES}?kind=agency") == ["afp"]
    assert slugs(public, f"{SOURCES}?language=en") == ["wsj"]
    assert slugs(public, f"{SOURCES}?search=street") == ["wsj"]


# --- Queries --------------------------------------------------------------------------------------


def queries(client, address: str) -> int:
    """How many it takes to render the answer, besides asking for the version."""
    figures._kept.boards.clear()
    publication.bodies.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, response.content
    return sum(query["sql"] != publication.VERSION for query in captured.captured_queries)


#: Each address, and the most queries that it may take.
MOST = {
    CLAIMS: 5,
    f"{CLAIMS}claim-0/": 5,
    f"{CLAIMS}claim-0/reports/": 2,
    f"{CLAIMS}claim-0/verdicts/": 3,
    f"{CLAIMS}?status=confirmed,open&beat=ai&source=s-1&search=amazon&ordering=deadline": 10,
    SOURCES: 3,
    f"{SOURCES}s-1/": 3,
    f"{SOURCES}s-1/positions/": 2,
    f"{SOURCES}s-1/record/": 6,
    f"{SOURCES}s-1/record/?matured=1&as_of=2026-03-31": 12,
    "/api/v1/leaderboard/": 4,
    "/api/v1/leaderboard/?beat=ai": 8,
    "/api/v1/beats/": 1,
}


def test_more_rows_take_no_more_queries(public, managing):
    beat = factories.BeatFactory.create(slug="ai")
    sources = [factories.SourceFactory.create(slug=f"s-{n}") for n in range(21)]

    def more(first: int, claims: int, reports: int) -> None:
        for n in range(first, first + claims):
            claim = factories.claim(
                slug=f"claim-{n}",
                beat=beat,
                reports=[
                    factories.report_draft(source, via=sources[0] if index > 2 else None)
                    for index, source in enumerate(sources[1 : reports + 1])
                ],
            )
            if n % 2 == 0:
                factories.decide(claim, evidence=[factories.evidence() for _ in range(3)])
            factories.BeatFactory.create(editor=claim.logged_by)

    more(0, 2, 20)
    few = {address: queries(public, address) for address in MOST}
    more(2, 6, 20)
    many = {address: queries(public, address) for address in MOST}
    assert many == few
    assert {address: number for address, number in many.items() if number > MOST[address]} == {}
    # The token, its user, and what the user may do.
    signed = {address: queries(managing, address) - many[address] for address in MOST}
    assert {address: more for address, more in signed.items() if more > 5} == {}

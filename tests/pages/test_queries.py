"""A page takes the same number of queries however much there is to read."""

import re

import pytest

from tests import factories
from tests.pages.reading import queries
from tests.pages.records import decided
from verification.services import claims, reports, verdicts
from verification.services.drafts import DeadlineDraft


@pytest.fixture
def grow():
    """Adds a few of everything: reports, relays, verdicts, corrections, deadlines, sources."""
    boss = factories.managing_editor()
    beat = factories.BeatFactory.create(slug="space")
    main = factories.SourceFactory.create(name="Main", slug="main")
    first = factories.claim(
        actor=boss, beat=beat, statement="The first.", reports=[factories.report_draft(main)]
    )

    def more(number: int) -> None:
        for _ in range(number):
            other = factories.SourceFactory.create(outlet=main)
            decided(main, hits=1, misses=1, beat=beat, actor=boss)
            decided(other, hits=1, beat=beat, actor=boss, via=main)
            factories.claim(actor=boss, beat=beat, reports=[factories.report_draft(other)])
            reports.add_report(
                actor=boss,
                claim=first,
                draft=factories.report_draft(other, via=main),
                now=factories.NOW,
            )
            [wrong] = decided(other, hits=1, beat=beat, actor=boss)
            verdicts.void(
                actor=boss,
                claim=wrong,
                version=wrong.version,
                rationale="Logged twice.",
                now=factories.NOW,
            )
            first.refresh_from_db()
            for outcome in ("confirmed", "reopened"):
                evidence = [factories.evidence(), factories.evidence(url="https://b.example/")]
                if outcome == "confirmed":
                    factories.decide(first, actor=boss, evidence=evidence)
                else:
                    verdicts.reopen(
                        actor=boss,
                        claim=first,
                        version=first.version,
                        rationale="Too early.",
                        now=factories.NOW,
                    )
                    first.refresh_from_db()
            day = first.deadline.replace(year=first.deadline.year + 1)
            claims.extend(
                actor=boss,
                claim=first,
                version=first.version,
                deadline=DeadlineDraft(day=day),
                reason="Put off.",
                now=factories.NOW,
            )

    return more


#: Each page, and the most queries that it may take.
MOST = {
    "/": 9,
    "/claims/": 3,
    "/claims/?status=open&beat=space&source=main&q=claim": 7,
    "/claims/the-first/": 10,
    "/sources/": 3,
    "/sources/main/": 18,
    "/sources/main/against/": 3,
    "/leaderboard/": 6,
    "/leaderboard/?beat=space": 8,
    "/leaderboard/?matured=1": 8,
    "/leaderboard/?period=2026&beat=space&matured=1": 8,
    "/methodology/": 3,
    "/ledger/": 2,
    "/corrections/": 3,
}


def test_queries_do_not_grow_with_the_rows(client, grow):
    grow(1)
    few = {path: queries(client, path) for path in MOST}
    grow(4)
    assert {path: queries(client, path) for path in MOST} == few
    assert {path: number for path, number in few.items() if number > MOST[path]} == {}


def test_no_list_counts_everything_or_skips_over_rows(client, grow, django_assert_num_queries):
    grow(8)
    path = "/claims/"
    later = re.search(r'href="(\?after=[^"]+)" rel="next"', client.get(path).content.decode())[1]
    # The version, and once more within the snapshot; then the page.
    with django_assert_num_queries(2 + 3) as captured:
        client.get(f"{path}{later}")
    for query in captured.captured_queries:
        assert "COUNT(" not in query["sql"]
        assert "OFFSET" not in query["sql"]

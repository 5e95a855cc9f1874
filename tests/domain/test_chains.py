"""Reports hang under the source that they had it from."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from verification.domain.chains import Link, chains
from verification.domain.credit import ReportFacts, Stance

JOURNAL, TIMES, SITE, BLOG = 1, 2, 3, 4
START = date(2026, 1, 29)


def report(order: int, source: int, via: int | None = None, day: int = 0) -> ReportFacts:
    return ReportFacts(order, source, START + timedelta(days=day), Stance.ASSERTS, via=via)


def drawn(links: list[Link]) -> list[object]:
    """(source, report, what hangs under it) for each link."""
    return [(link.source, link.report, drawn(link.under)) for link in links]


def test_a_relay_hangs_under_the_origin_that_it_credits() -> None:
    found = chains([report(1, JOURNAL), report(2, SITE, via=JOURNAL, day=1)])
    assert drawn(found) == [(JOURNAL, 1, [(SITE, 2, [])])]


def test_a_relay_of_a_relay_hangs_under_that_relay() -> None:
    found = chains(
        [report(1, JOURNAL), report(2, SITE, via=JOURNAL, day=1), report(3, BLOG, via=SITE, day=2)]
    )
    assert drawn(found) == [(JOURNAL, 1, [(SITE, 2, [(BLOG, 3, [])])])]


def test_a_credited_source_without_a_report_of_its_own_has_a_place_kept_for_it() -> None:
    found = chains([report(1, SITE, via=TIMES), report(2, BLOG, via=TIMES, day=1)])
    assert drawn(found) == [(TIMES, None, [(SITE, 1, []), (BLOG, 2, [])])]


def test_an_origin_that_is_dated_after_its_relay_is_its_origin_all_the_same() -> None:
    found = chains([report(1, SITE, via=JOURNAL), report(2, JOURNAL, day=3)])
    assert drawn(found) == [(JOURNAL, 2, [(SITE, 1, [])])]


def test_what_a_source_reports_again_begins_no_second_chain() -> None:
    found = chains([report(1, JOURNAL), report(2, JOURNAL, day=5)])
    assert drawn(found) == [(JOURNAL, 1, [(JOURNAL, 2, [])])]


def test_sources_that_credit_each_other_make_no_circle() -> None:
    found = chains([report(1, SITE, via=BLOG), report(2, BLOG, via=SITE, day=1)])
    assert drawn(found) == [(BLOG, None, [(SITE, 1, [(BLOG, 2, [])])])]


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.none() | st.integers(1, 5), st.integers(0, 9)), max_size=12
    )
)
def test_every_report_stands_in_exactly_one_place(rows: list[tuple[int, int | None, int]]) -> None:
    reports = [
        report(order, source, via, day)
        for order, (source, via, day) in enumerate(rows)
        if via != source
    ]

    def standing(links: list[Link]) -> list[int]:
        return [
            number
            for link in links
            for number in ([] if link.report is None else [link.report]) + standing(link.under)
        ]

    assert sorted(standing(chains(reports))) == sorted(row.order for row in reports)

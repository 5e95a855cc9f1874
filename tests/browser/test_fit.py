"""Pages fit the screen, on a telephone and on a desk, and a screen reader can use them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from tests import factories
from tests.browser.conftest import sign_in
from verification import newsroom

NARROW, WIDE = 390, 1280


@pytest.fixture
def paths() -> list[str]:
    """Public pages first, then the desk's."""
    emma = factories.editor(username="emma")
    today = newsroom.day(timezone.now())
    source = factories.SourceFactory.create(
        name="The Süddeutsche Donaudampfschifffahrtsnachrichten", slug="long"
    )
    relay = factories.report_draft(via=source, headline="A" * 120, hedge="could, some say, perhaps")
    drafts = [factories.report_draft(source, certainty="likely", hedge="could"), relay]
    decided = factories.claim(actor=emma, reports=drafts)
    factories.decide(decided, evidence=[factories.evidence(url=f"https://example.org/{'x' * 150}")])
    claim = factories.claim(
        actor=emma, assignee=emma, reports=drafts, deadline=today + timedelta(days=3)
    )
    return [
        "/",
        "/claims/",
        f"/claims/{decided.slug}/",
        f"/sources/{source.slug}/",
        "/leaderboard/",
        "/admin/",
        f"/admin/verification/claim/{claim.pk}/change/",
        f"/admin/verification/claim/{claim.pk}/decide/",
    ]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_is_wider_than_the_screen_or_hard_to_use(
    width: int, paths: list[str], open_page: Callable[..., Page], subtests: pytest.Subtests
) -> None:
    page = open_page(width)
    page.goto("/admin/")
    sign_in(page, "emma")
    for path in paths:
        with subtests.test(path):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert over <= 0, f"{over} px too wide"
            if width == WIDE:
                found = Axe().run(page)
                assert found.violations_count == 0, found.generate_report()

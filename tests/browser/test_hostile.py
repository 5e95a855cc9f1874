"""Nothing that somebody wrote runs anywhere, and nothing of it gets into the markup.

The pages' own policy would stop most scripts. It is switched off here, so that what is proven is
that every text is escaped for the place in which it lands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests import factories
from tests.browser.conftest import PATIENCE, sign_in
from tests.hostile import newsroom
from tests.hostile.payloads import PAYLOADS
from verification.models import Message, Proposal, Source

#: What a payload would have left in a page that it got into.
GOT_IN = """() => [
    ...document.querySelectorAll("[data-hostile]"),
    ...document.querySelectorAll("a[href^='javascript:' i], a[href^='data:' i]"),
    ...document.querySelectorAll("[onerror], [onload], [onfocus], [onmouseover], [ontoggle]"),
].map(one => one.outerHTML)"""


@pytest.fixture
def hostile(browser: Browser, site: str) -> Iterator[tuple[Page, list[str]]]:
    """A page with the policy off, and what ran in it or was fetched from elsewhere."""
    ran: list[str] = []
    context = browser.new_context(base_url=site, bypass_csp=True, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    context.expose_function("ran", lambda what=None: ran.append(f"ran: {what}"))
    page = context.new_page()
    page.on("dialog", lambda dialog: (ran.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on(
        "request",
        lambda request: (
            ran.append(request.url)
            if (urlsplit(request.url).hostname or "").endswith("evil.invalid")
            else None
        ),
    )
    yield page, ran
    context.close()


@pytest.fixture
def paths(site: str) -> Callable[[], list[str]]:
    """Every page that shows anything of a hostile newsroom."""
    boss = factories.managing_editor(username="boss")
    made = newsroom.fill(boss)

    def listed() -> list[str]:
        mails = list(Message.objects.values_list("pk", flat=True))
        proposed = list(Proposal.objects.values_list("pk", flat=True))
        named = list(Source.objects.filter(aliases__isnull=False).values_list("pk", flat=True)[:10])
        return [
            "/",
            "/claims/",
            "/sources/",
            "/leaderboard/",
            "/corrections/",
            *(f"/claims/{claim.slug}/" for claim in made),
            *(f"/sources/s1-{number}/" for number in range(len(made))),
            *(f"/claims/?q={payload[:60]}" for payload in PAYLOADS[:10]),
            "/sources/s1-1/against/s1-2/",
            "/embed/leaderboard/",
            "/embed/latest/",
            *(f"/embed/claim/{claim.slug}/?lang=fr" for claim in made),
            *(f"/embed/source/s1-{number}/" for number in range(len(made))),
            *(f"/badge/source/s1-{number}.svg" for number in range(len(made))),
            "/feeds/verdicts.atom",
            "/feeds/corrections.atom",
            "/sitemap.xml",
            "/api/v1/claims/?limit=100",
            "/api/v1/sources/?limit=100",
            "/admin/",
            "/admin/verification/claim/",
            "/admin/verification/source/",
            "/admin/verification/beat/",
            "/admin/verification/verdict/",
            "/admin/verification/ledgerentry/",
            "/admin/verification/message/",
            "/admin/verification/reminder/",
            "/admin/verification/user/",
            "/admin/verification/apitoken/",
            "/admin/verification/proposal/",
            "/ledger/",
            "/admin/verification/storyupdate/",
            "/admin/diary/",
            "/admin/my-mail/",
            *(f"/admin/verification/claim/{claim.pk}/change/" for claim in made),
            *(
                f"/admin/verification/claim/{claim.pk}/reports/{claim.reports.earliest('pk').pk}/changes/"
                for claim in made
            ),
            *(f"/admin/verification/proposal/{pk}/change/" for pk in proposed),
            *(f"/admin/verification/source/{pk}/redact/" for pk in named),
            *(f"/admin/suggest/similar/?statement={quote(payload)}" for payload in PAYLOADS),
            *(f"/admin/verification/message/{pk}/html/" for pk in mails),
            *(f"/admin/verification/message/{pk}/change/" for pk in mails),
        ]

    return listed


def test_nothing_that_was_written_runs_or_gets_into_the_markup(
    paths: Callable[[], list[str]], hostile: tuple[Page, list[str]], subtests: pytest.Subtests
) -> None:
    page, ran = hostile
    page.goto("/admin/")
    sign_in(page, "boss")
    for path in paths():
        with subtests.test(path):
            ran.clear()
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200
            assert page.evaluate(GOT_IN) == []
            assert ran == []


def test_the_sentinel_notices_what_runs(hostile: tuple[Page, list[str]]) -> None:
    page, ran = hostile
    page.goto("/claims/")
    page.evaluate("document.body.innerHTML += '<img src=x onerror=\"ran(1)\" data-hostile>'")
    page.wait_for_function("document.images[document.images.length - 1].complete")
    page.evaluate("0")
    assert page.evaluate(GOT_IN) != []
    assert ran == ["ran: 1"]

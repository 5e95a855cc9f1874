"""Every public page in a real browser: both widths, languages and themes, by keyboard, and without
JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.conftest import PATIENCE
from verification import newsroom
from verification.services import claims, verdicts
from verification.services.drafts import DeadlineDraft

NARROW, WIDE = 390, 1280
LANGUAGES = ("en", "fr")
THEMES = ("light", "dark")


@pytest.fixture
def paths() -> list[str]:
    """Every kind of public page, with something of everything on it."""
    today = newsroom.day(timezone.now())
    boss = factories.managing_editor(username="boss", first_name="Emma", last_name="Laurent")
    beat = factories.BeatFactory.create(name="Télécoms, médias & réseaux", slug="telecoms")
    wire = factories.SourceFactory.create(
        name="The Süddeutsche Donaudampfschifffahrtsnachrichten", slug="wire", language="de"
    )
    copyist = factories.SourceFactory.create(name="Le Copiste", slug="copyist", language="fr")
    reporter = factories.SourceFactory.create(
        name="A. Reporter", slug="reporter", outlet=wire, kind="reporter"
    )
    drafts = [
        factories.report_draft(wire, certainty="likely", hedge="could", headline="W" * 120),
        factories.report_draft(copyist, via=wire, published_on=date(2026, 1, 30)),
        factories.report_draft(reporter, stance="disputes", published_on=date(2026, 1, 30)),
    ]
    decided = [
        factories.claim(
            actor=boss, beat=beat, slug=f"decided-{number}", language="fr", reports=drafts
        )
        for number in range(3)
    ]
    link = f"https://example.org/{'x' * 150}"
    for claim in decided:
        factories.decide(claim, actor=boss, evidence=[factories.evidence(url=link)])
    verdicts.revise(
        actor=boss,
        claim=decided[0],
        version=decided[0].version,
        outcome="denied",
        rationale="The filing said otherwise.",
        became_known_on=date(2026, 3, 3),
        evidence=[factories.evidence()],
        now=timezone.now(),
    )
    moved = factories.claim(actor=boss, beat=beat, slug="moved", reports=drafts)
    claims.extend(
        actor=boss,
        claim=moved,
        version=moved.version,
        deadline=DeadlineDraft(day=today + timedelta(days=9), text="soon"),
        reason="The company named a new date.",
        now=timezone.now(),
    )
    factories.claim(actor=boss, slug="awaiting", reports=[], deadline=today - timedelta(days=2))
    return [
        "/",
        "/claims/",
        "/claims/?q=nothing-like-it",
        "/claims/decided-0/",
        "/claims/decided-1/",
        "/claims/moved/",
        "/claims/awaiting/",
        "/sources/",
        "/sources/wire/",
        "/sources/copyist/",
        "/sources/wire/against/reporter/",
        "/leaderboard/",
        "/leaderboard/?period=2026",
        "/methodology/",
        "/corrections/",
        "/no-such-page/",
    ]


@pytest.fixture
def look(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page as a visitor with this screen, language and theme sees it."""
    contexts = []

    def looked(
        width: int = WIDE, language: str = "en", theme: str = "light", *, javascript: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield looked
    for context in contexts:
        context.close()


def test_every_page_fits_and_can_be_used_by_everybody(
    paths: list[str], look: Callable[..., Page], subtests: pytest.Subtests
) -> None:
    asked: list[str] = []
    for width, language, theme in product((NARROW, WIDE), LANGUAGES, THEMES):
        page = look(width, language, theme)
        page.on("request", lambda request: asked.append(request.url))
        for path in paths:
            with subtests.test(path, width=width, language=language, theme=theme):
                page.goto(path)
                expect(page.locator("html")).to_have_attribute("lang", language)
                over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                assert over <= 0, f"{over} px too wide"
                # Contrast goes by theme, structure by page: neither by language.
                if (language, width) == ("en", WIDE):
                    found = Axe().run(page)
                    assert found.violations_count == 0, found.generate_report()
    own = page.url.split("/", 3)[2]
    assert {url for url in asked if url.split("/", 3)[2] != own} == set()


TABBABLE = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']"


def test_every_page_can_be_walked_with_the_tabulator_alone(
    paths: list[str], look: Callable[..., Page], subtests: pytest.Subtests
) -> None:
    page = look()
    for path in paths:
        with subtests.test(path):
            page.goto(path)
            expected = page.evaluate(
                """wanted => [...document.querySelectorAll(wanted)]
                    .filter(one => one.checkVisibility()).length""",
                TABBABLE,
            )
            reached = 0
            for _ in range(expected * 4):
                page.keyboard.press("Tab")
                if page.evaluate("document.activeElement === document.body"):
                    break
                fresh = page.evaluate(
                    """() => {
                        const one = document.activeElement;
                        const fresh = !one.dataset.reached;
                        one.dataset.reached = "yes";
                        return fresh;
                    }"""
                )
                seen = page.evaluate(
                    "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
                )
                assert seen, "the focus cannot be seen"
                reached += fresh
            assert reached == expected


def test_the_skip_link_leads_past_the_masthead(paths: list[str], look: Callable[..., Page]) -> None:
    page = look()
    page.goto("/claims/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # Past a link of the page's own, into its form.
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_be_visible()
    page.get_by_label("Words").focus()
    page.keyboard.type("OpenAI")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=OpenAI"))


def test_without_javascript_every_page_reads_and_the_language_can_be_changed(
    paths: list[str], look: Callable[..., Page], subtests: pytest.Subtests
) -> None:
    page = look(NARROW, javascript=False)
    for path in paths:
        with subtests.test(path):
            page.goto(path)
            expect(page.locator("main h1")).to_be_visible()
    page.goto("/claims/decided-1/")
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("heading", name="Qui l’a publiée")).to_be_visible()

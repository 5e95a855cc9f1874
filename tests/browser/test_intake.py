"""From the demo article to logged claims in a browser: by mouse, by keyboard, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.conftest import PATIENCE, sign_in
from tests.browser.test_hostile import GOT_IN
from tests.hostile.payloads import PAYLOADS
from verification.models import Beat, Claim
from verification.services import intake

ARTICLE = (Path(intake.__file__).parent.parent / "demo" / "article.fr.html").read_text("utf-8")
BEAT = "AI & tech business"
INVESTS = "Amazon pourrait engager à lui seul au moins 50 milliards"
TALKS = "Nvidia, Microsoft et SoftBank discutent avec OpenAI"


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Page:
    """The page of an editor who has logged in that beat before."""
    emma = factories.editor(username="emma")
    factories.claim(actor=emma, beat=factories.BeatFactory.create(name=BEAT), statement="A start.")
    page = open_page()
    page.goto("/admin/")
    sign_in(page, "emma")
    return page


def read_article(page: Page, text: str) -> None:
    """Pastes an article and has it read by keyboard, until the sheet's own script is at work.

    A key that is pressed between the page's arrival and its script's is nobody's.
    """
    page.goto("/admin/intake/")
    page.get_by_label("The article").fill(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".card.current")).to_have_attribute("data-card", "1")


def test_two_claims_of_an_article_are_logged_and_found(desk: Page) -> None:
    desk.get_by_role("link", name="Read an article").first.click()
    desk.get_by_label("The article").fill(ARTICLE)
    desk.get_by_role("button", name="Read the article").click()

    marks = desk.locator("[data-article] mark")
    expect(marks).to_have_count(6)
    for words in (INVESTS, TALKS):
        marks.filter(has_text=words[:20]).click()
        desk.locator(".card.current").get_by_role("checkbox", name="Claim").check()
    expect(desk.get_by_role("button", name="Log the ticked claims (2)")).to_be_visible()
    found = Axe().run(desk)
    assert found.violations_count == 0, found.generate_report()
    desk.get_by_role("button", name="Log the ticked claims").first.click()

    expect(desk.get_by_text("2 claims are logged.")).to_be_visible()
    desk.get_by_role("link", name="All claims").click()
    for words in (INVESTS, TALKS):
        expect(desk.get_by_role("link", name=words)).to_be_visible()
    answer = desk.request.get("/api/v1/claims/").json()
    of_the_article = [one for one in answer["results"] if one["statement"] != "A start."]
    assert {one["statement"].split()[0] for one in of_the_article} == {"Amazon", "Nvidia,"}
    assert {one["deadline"] for one in of_the_article} == {"2026-03-31"}


def test_a_note_goes_with_the_words_that_it_is_about(desk: Page) -> None:
    read_article(desk, "Nordica could buy Calix next month, the Financial Times reported.")
    note = desk.locator(".unclear")
    expect(note).to_contain_text("“next month” is told from")

    desk.locator("[name=c0-statement]").fill("Nordica could buy Calix in May 2027.")
    expect(note).to_be_hidden()
    desk.locator("[name=c0-statement]").fill("Nordica could buy Calix next month.")
    expect(note).to_be_visible()


def test_the_keyboard_is_enough(desk: Page) -> None:
    desk.goto("/admin/intake/")
    expect(desk.get_by_label("The article")).to_be_focused()
    desk.keyboard.insert_text(ARTICLE)
    desk.keyboard.press("Control+Enter")
    expect(desk.locator(".card.current")).to_have_attribute("data-card", "1")

    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("x")
    desk.keyboard.press("j")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("k")
    expect(desk.locator(".card.current")).to_have_attribute("data-card", "2")
    desk.keyboard.press(" ")
    desk.keyboard.press("e")
    desk.keyboard.press("Control+a")
    desk.keyboard.type("Jex mended in a field: no key does anything here?")
    desk.keyboard.press("Escape")
    desk.keyboard.press("o")
    expect(desk.locator("#c1 details[open]")).to_have_count(2)
    desk.keyboard.press("Control+Enter")

    expect(desk.get_by_text("2 claims are logged.")).to_be_visible()
    assert Claim.objects.filter(statement__startswith="Jex mended in a field").exists()


DATED = (
    "Nordica could buy Calix for $4bn by 30 June 2029, the Financial Times reported.\n\n"
    "Vega is in talks to sell its Lyon plant by the end of May 2029, Bloomberg reported.\n"
)


def test_a_day_of_ones_own_lets_go_of_the_sources_words_and_gives_them_back(desk: Page) -> None:
    read_article(desk, DATED)
    card = desk.locator("#c0")
    desk.keyboard.press("d")
    deadline = card.locator("[name$='-deadline']")
    expect(deadline).to_be_focused()

    deadline.fill("2029-07-31")

    expect(card.get_by_label("As worded")).to_have_value("")
    expect(card.locator("[name$=deadline_basis]")).to_have_value("newsroom")
    expect(card.locator("[name$=criteria]")).to_have_value(re.compile("by 31 July 2029 inclusive,"))
    card.get_by_role("button", name="Only misread: keep the source’s words").click()
    expect(card.get_by_label("As worded")).to_have_value("by 30 June 2029")
    expect(card.locator("[name$=criteria]")).to_have_value(
        re.compile("by 31 July 2029 inclusive \\(“by 30 June 2029”\\),")
    )
    card.get_by_role("checkbox", name="Claim 1").check()
    desk.keyboard.press("Control+Enter")

    expect(desk.get_by_text("1 claim is logged.")).to_be_visible()
    claim = Claim.objects.get(statement__startswith="Nordica")
    assert (claim.deadline_text, claim.deadline_basis) == ("by 30 June 2029", "source")
    assert claim.deadline.isoformat() == "2029-07-31"


def test_the_beat_of_one_claim_is_offered_for_all(desk: Page) -> None:
    factories.BeatFactory.create(name="Deals")
    read_article(
        desk,
        "Zorro could visit Calix by 30 June 2029, the Financial Times reported.\n\n"
        "Vega may open a garden by the end of May 2029, Bloomberg reported.\n",
    )
    first, second = (desk.locator(f"[name=c{place}-beat]") for place in (0, 1))
    expect(first).to_have_value(BEAT)
    unsure = desk.get_by_text("the one you used last: check")
    expect(unsure).to_have_count(2)

    second.fill("Deals")
    second.press("Tab")

    expect(first).to_have_value(BEAT)
    expect(unsure).to_have_count(1)
    desk.locator("#c1").get_by_role("button", name="This beat for all claims").click()
    expect(first).to_have_value("Deals")
    expect(unsure).to_have_count(0)


def test_words_that_are_selected_make_a_claim(desk: Page) -> None:
    read_article(desk, ARTICLE)
    desk.get_by_text("Aucun nom n’a été confirmé.").evaluate(
        """one => {
            const last = one.lastChild;
            getSelection().setBaseAndExtent(last, 0, last, last.length);
        }"""
    )
    desk.keyboard.press("n")

    made = desk.locator("#c6").get_by_label("Statement")
    expect(made).to_have_value("Aucun nom n’a été confirmé.")
    expect(made).to_be_focused()
    expect(desk.locator("mark[data-span='7']")).to_contain_text("Aucun nom")


def test_what_is_logged_already_is_told_while_one_types(desk: Page) -> None:
    logged = factories.claim(statement="Nordica will buy Calix for four billion dollars.")
    desk.goto("/admin/verification/claim/add/")

    desk.get_by_label("Statement").type("Nordica will buy Calix for four billion dollars")

    expect(desk.get_by_role("link", name=logged.statement)).to_be_visible()
    expect(desk.get_by_text("100% of the words alike")).to_be_visible()

    read_article(desk, ARTICLE)
    card = desk.locator("#c0")
    card.get_by_label("Statement").fill(logged.statement)
    card.get_by_label(f"Add the reports to claim {logged.pk}:").check()
    expect(card.get_by_label("Deadline")).to_be_hidden()
    card.get_by_role("checkbox", name="Claim 1", exact=True).check()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("1 report added to this claim")).to_be_visible()
    assert logged.reports.filter(source__name="Press GPT").exists()


def test_a_bookmark_brings_what_its_reader_sees(desk: Page, site: str) -> None:
    desk.goto("/admin/intake/")
    link = desk.get_by_role("link", name="Log with Borne Out")
    link.click()
    expect(desk.get_by_text("drag it to the bookmarks bar.").last).to_be_visible()
    code = link.get_attribute("href") or ""
    assert code.startswith("javascript:")

    desk.goto("/admin/verification/claim/")
    desk.evaluate(
        """() => {
            document.body.innerHTML = "<article>Behind a wall, “é&#'+%”.</article><p>Not this.</p>";
            document.title = "A title";
            document.head.insertAdjacentHTML("beforeend",
                '<meta property="article:published_time" content="2026-03-02T10:00:00Z">');
        }"""
    )
    with desk.expect_popup() as opened:
        desk.evaluate(code.removeprefix("javascript:"))
    page = opened.value

    expect(page.get_by_label("The article")).to_have_value("Behind a wall, “é&#'+%”.")
    expect(page.get_by_label("Headline")).to_have_value("A title")
    expect(page.get_by_label("Address of the page")).to_have_value(re.compile("/claim/$"))
    assert page.url == f"{site}/admin/intake/"
    assert page.evaluate("history.length") == 1
    page.get_by_role("button", name="Read the article").click()
    expect(page.get_by_text("Published 2 March 2026 (from the page)")).to_be_visible()


def test_what_a_bookmark_brings_outlives_the_door(open_page: Callable[..., Page]) -> None:
    factories.editor(username="emma")
    page = open_page()
    page.goto("/admin/intake/#" + urlencode({"text": "An article.", "url": "https://x.example/1"}))

    sign_in(page, "emma")

    expect(page.get_by_label("The article")).to_have_value("An article.")


@pytest.fixture
def plain(browser: Browser, site: str) -> Iterator[Page]:
    """The page of an editor whose browser runs no script."""
    factories.editor(username="emma")
    Beat.objects.create(name=BEAT, slug="ai")
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/admin/intake/")
    sign_in(page, "emma")
    yield page
    context.close()


def test_it_needs_no_script(plain: Page) -> None:
    plain.get_by_label("The article").fill(ARTICLE)
    plain.get_by_role("button", name="Read the article").click()
    expect(plain.get_by_text("6 claims are proposed.")).to_be_visible()
    for place in (4, 5):
        card = plain.locator(f"#c{place}")
        card.get_by_role("checkbox", name=f"Claim {place + 1}").check()
        card.get_by_label("Beat").fill(BEAT)
    plain.get_by_role("button", name="Add a claim by hand").click()
    made = plain.locator("#c6")
    made.get_by_label("Statement").fill("A claim by hand.")
    made.get_by_label("Deadline", exact=False).first.fill("")
    plain.get_by_role("button", name="Log the ticked claims").last.click()

    expect(plain.get_by_role("link", name="7. Deadline")).to_be_visible()
    plain.locator("#c6").get_by_role("checkbox", name="Claim 7").uncheck()
    plain.get_by_role("button", name="Log the ticked claims").last.click()
    expect(plain.get_by_text("2 claims are logged.")).to_be_visible()
    expect(plain.get_by_role("link", name=INVESTS)).to_be_visible()
    expect(plain.get_by_role("link", name=TALKS)).to_be_visible()


def test_a_hostile_article_stays_text(browser: Browser, site: str) -> None:
    factories.editor(username="emma")
    ran: list[str] = []
    context = browser.new_context(base_url=site, bypass_csp=True, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    context.expose_function("ran", lambda what=None: ran.append(f"ran: {what}"))
    page = context.new_page()
    page.goto("/admin/intake/")
    sign_in(page, "emma")
    page.get_by_label("The article").fill(
        "The news.\n\n"
        + "\n\n".join(
            f"Nordica number {number} could buy {payload} by 30 June 2027, the WSJ reported."
            for number, payload in enumerate(PAYLOADS)
        )
    )
    page.get_by_role("button", name="Read the article").click()
    page.locator("#c0").get_by_label("Statement").fill(PAYLOADS[0])
    assert page.evaluate(GOT_IN) == []
    assert ran == []
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_step_is_wider_than_the_screen(width: int, open_page: Callable[..., Page]) -> None:
    factories.editor(username="emma")
    page = open_page(width)
    page.goto("/admin/intake/")
    sign_in(page, "emma")
    for step in ("start", "sheet"):
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{step}: {over} px too wide"
        if step == "start":
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            read_article(page, ARTICLE + "W" * 200)
            page.keyboard.press("o")
            expect(page.locator("#c0 details[open]")).to_have_count(2)

"""Widgets on a page of somebody else's: another origin, in a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect

from tests import factories
from tests.browser.conftest import PATIENCE
from tests.pages.records import decided
from verification.models import Claim
from verification.services import claims


@pytest.fixture
def article() -> Iterator[Callable[[str], str]]:
    """Puts HTML on a second local port, as an article of another site, and gives its address."""
    shown = {"body": ""}

    class Article(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path != "/":
                self.send_error(404)
                return
            body = f'<!doctype html><html lang="en"><title>Article</title>{shown["body"]}'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Article)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def put(body: str) -> str:
        # An icon of its own, so that the browser asks for none and has nothing to complain of.
        shown["body"] = f'<link rel="icon" href="data:,">{body}'
        return f"http://127.0.0.1:{server.server_port}/"

    yield put
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def claim(site: str) -> Claim:
    source = factories.SourceFactory.create(name="The Morning Wire", slug="wire")
    decided(source, hits=10, misses=1)
    return factories.claim(statement="It will fly.", reports=[factories.report_draft(source)])


def widgets(site: str, claim: Claim, attributes: str = "") -> str:
    marks = (f"claim:{claim.slug}", "source:wire", "leaderboard")
    return (
        "".join(
            f'<div data-borneout="{mark}"{attributes}><a href="{site}/">A link</a></div>'
            for mark in marks
        )
        + f'<script async src="{site}/embed.js"></script>'
    )


def frames(page: Page) -> list[FrameLocator]:
    expect(page.locator("iframe")).to_have_count(3)
    return [page.frame_locator("iframe").nth(index) for index in range(3)]


def fits(page: Page, index: int) -> bool:
    """Whether the frame is as high as what is in it, to the pixel."""
    outer = page.locator("iframe").nth(index).bounding_box()
    inner = page.frame_locator("iframe").nth(index).locator("main").bounding_box()
    assert outer is not None
    assert inner is not None
    return 0 <= outer["height"] - inner["height"] < 1


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits for the browser, a few milliseconds at a time."""
    for _ in range(PATIENCE // 25):
        if holds():
            return
        page.wait_for_timeout(25)
    raise AssertionError("it never came true")


def test_three_widgets_show_and_size_themselves_and_one_hears_of_the_verdict(
    open_page: Callable[..., Page], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page = open_page(700)
    page.clock.install()
    address = article(widgets(site, claim))
    page.goto(address)
    assert not address.startswith(site)
    flight, source, board = frames(page)
    expect(flight.get_by_role("heading", name="It will fly.")).to_be_visible()
    expect(source.get_by_role("heading", name="The Morning Wire")).to_be_visible()
    expect(board.get_by_role("link", name="The Morning Wire")).to_be_visible()
    for index in range(3):
        until(page, lambda index=index: fits(page, index))  # type: ignore[misc]

    # The page in the frame is marked, so that a reload would be found out.
    main = flight.locator("main")
    main.evaluate("element => { element.marked = true; }")
    factories.decide(claim, rationale="The company said so. " * 6)
    page.clock.fast_forward("01:05")
    expect(flight.get_by_text("confirmed", exact=True)).to_be_visible()
    expect(flight.get_by_text("The company said so.")).to_be_visible()
    expect(flight.get_by_role("status")).to_have_text("This has just been updated.")
    assert main.evaluate("element => element.marked")
    until(page, lambda: fits(page, 0))
    assert page.context.cookies() == []


def test_a_telephone_has_room_for_them(
    open_page: Callable[..., Page], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page = open_page(320)
    page.goto(article(widgets(site, claim)))
    for index, frame in enumerate(frames(page)):
        expect(frame.locator("h1")).to_be_visible()
        until(page, lambda index=index: fits(page, index))  # type: ignore[misc]
        wide = frame.locator("main").evaluate(
            "element => document.documentElement.scrollWidth - innerWidth"
        )
        assert wide <= 0


def test_the_attributes_choose_theme_accent_and_language(
    open_page: Callable[..., Page], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page = open_page()
    chosen = ' data-theme="dark" data-accent="#cc0000" data-lang="fr"'
    page.goto(article(widgets(site, claim, chosen)))
    flight = frames(page)[0]
    expect(flight.get_by_text("en attente de verdict", exact=True)).to_be_visible()
    main = flight.locator("main")
    assert main.evaluate("e => getComputedStyle(e).backgroundColor") == ("rgb(31, 30, 27)")
    assert main.evaluate("e => getComputedStyle(e).borderTopColor") == "rgb(204, 0, 0)"


@pytest.mark.parametrize(
    "attributes",
    [
        'data-borneout="javascript:alert(1)"',
        'data-borneout="claim:../../admin"',
        'data-borneout="constructor:x"',
        'data-borneout="claim:a:b"',
        'data-borneout="//evil.example"',
        'data-borneout="claim"',
    ],
)
def test_what_the_script_does_not_know_stays_as_it_was(
    open_page: Callable[..., Page], site: str, article: Callable[[str], str], attributes: str
) -> None:
    page = open_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(article(f'<p {attributes}>As it was</p><script src="{site}/embed.js"></script>'))
    expect(page.locator("p")).to_have_text("As it was")
    assert page.locator("iframe").count() == 0
    assert any("data-borneout takes" in words for words in said)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page that may complain, and what it warned of."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page, said = context.new_page(), []
    page.on("console", lambda one: said.append(one.text) if one.type == "warning" else None)
    yield page, said
    context.close()


def told(said: list[str], address: str, why: str) -> bool:
    return any(address in words and why in words for words in said)


@pytest.mark.parametrize("mark", ["claim:nope", "claim:internal", "source:nope", "latest:nope"])
def test_what_is_not_there_leaves_what_stood_in_the_element_and_says_why(
    visitor: tuple[Page, list[str]], site: str, article: Callable[[str], str], mark: str
) -> None:
    factories.claim(slug="internal", public=False)
    page, said = visitor
    stood = '<a href="/own">A link <em>that</em> stays</a> and more'
    page.goto(
        article(f'<div data-borneout="{mark}">{stood}</div><script src="{site}/embed.js"></script>')
    )
    kind, slug = mark.split(":")
    address = f"{site}/embed/{kind}/" + (f"?beat={slug}" if kind == "latest" else f"{slug}/")
    until(page, lambda: told(said, address, "There is nothing at this address."))
    assert page.locator("[data-borneout]").inner_html() == stood
    expect(page.get_by_role("link", name="A link that stays")).to_be_visible()


@pytest.mark.parametrize("fault", ["500", "no answer"])
def test_a_server_that_fails_leaves_what_stood_in_the_element_and_that_is_said(
    visitor: tuple[Page, list[str]],
    site: str,
    claim: Claim,
    article: Callable[[str], str],
    fault: str,
) -> None:
    page, said = visitor
    page.clock.install()
    page.route(
        "**/embed/**",
        lambda route: (
            route.fulfill(status=500, body="<h1>Fault</h1>") if fault == "500" else route.abort()
        ),
    )
    page.goto(article(widgets(site, claim)))

    def all_told() -> bool:
        page.clock.fast_forward("00:06")
        return sum("no widget was answered, or nothing at all" in words for words in said) == 3

    until(page, all_told)
    expect(page.get_by_role("link", name="A link")).to_have_count(3)
    expect(page.locator("iframe")).to_have_count(0)


def test_what_stands_in_the_element_is_seen_until_the_widget_is_there(
    visitor: tuple[Page, list[str]], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page, said = visitor
    held: list[Route] = []
    page.route("**/embed/claim/**", lambda route: held.append(route))
    page.goto(article(widgets(site, claim)), wait_until="commit")
    until(page, lambda: len(held) == 1)
    frame = page.locator("iframe").first
    expect(page.get_by_role("link", name="A link").first).to_be_visible()
    expect(frame).not_to_be_visible()
    held[0].continue_()
    expect(frame).to_be_visible()
    expect(page.get_by_role("link", name="A link")).to_have_count(0)
    until(page, lambda: fits(page, 0))
    assert said == []


def test_a_widget_far_down_is_fetched_when_a_reader_comes_near(
    visitor: tuple[Page, list[str]], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page, said = visitor
    page.goto(article(f'<div style="height:30000px">Words</div>{widgets(site, claim)}'))
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name="A link")).to_have_count(3)
    page.evaluate("scrollTo(0, 30000)")
    expect(frames(page)[0].get_by_role("heading", name="It will fly.")).to_be_visible()
    expect(page.locator("iframe").first).to_be_visible()
    assert said == []


def test_a_claim_that_is_taken_from_readers_leaves_open_pages_too(
    visitor: tuple[Page, list[str]], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page, said = visitor
    page.clock.install()
    page.goto(article(widgets(site, claim)))
    flight = frames(page)[0]
    expect(flight.get_by_role("heading", name="It will fly.")).to_be_visible()
    claims.edit(
        actor=factories.managing_editor(),
        claim=claim,
        version=claim.version,
        changes={"public": False},
        now=factories.NOW,
    )
    page.clock.fast_forward("01:05")
    expect(page.locator("[data-borneout]").first.get_by_role("link", name="A link")).to_be_visible()
    assert told(said, f"/embed/claim/{claim.slug}/", "There is nothing at this address.")


def test_only_the_frame_itself_may_say_how_high_it_is(
    open_page: Callable[..., Page], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page = open_page()
    page.goto(article(widgets(site, claim)))
    frames(page)
    until(page, lambda: fits(page, 0))
    page.evaluate("postMessage({ borneoutHeight: 9000 }, '*')")
    page.evaluate(
        "origin => dispatchEvent(new MessageEvent('message',"
        " { data: { borneoutHeight: 9000 }, origin, source: window }))",
        site,
    )
    assert fits(page, 0)


def test_a_plain_frame_works_too_and_reads_without_a_script(
    browser: Browser, site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    factories.decide(claim)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(article(f'<iframe src="{site}/embed/claim/{claim.slug}/" title="A claim"></iframe>'))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("confirmed", exact=True)).to_be_visible()
    expect(frame.get_by_role("link", name="It will fly.")).to_be_visible()
    # And the marked element keeps its link.
    page.goto(article(widgets(site, claim)))
    expect(page.get_by_role("link", name="A link")).to_have_count(3)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_in_a_widget_is_hard_to_use(
    open_page: Callable[..., Page], site: str, claim: Claim, scheme: str
) -> None:
    factories.decide(claim)
    page = open_page(600)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in (
        f"/embed/claim/{claim.slug}/",
        "/embed/source/wire/",
        "/embed/leaderboard/",
        "/embed/latest/?accent=ffee00",
    ):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_a_page_shows_its_codes_and_a_preview_under_the_strict_policy(
    open_page: Callable[..., Page], site: str, claim: Claim
) -> None:
    """Structured data is no script to the policy: the page complains of nothing (`open_page`)."""
    factories.decide(claim)
    page = open_page()
    for path in (f"/claims/{claim.slug}/", "/sources/wire/", "/leaderboard/"):
        page.goto(path)
        page.locator("summary", has_text="Embed").click()
        code = page.get_by_label("For an article").input_value()
        assert f'<script async src="{site}/embed.js"></script>' in code
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
        if path.startswith("/claims/"):
            kind = page.locator('script[type="application/ld+json"]').text_content() or ""
            assert '"@type": "ClaimReview"' in kind
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_the_codes_work_as_they_are_copied(
    open_page: Callable[..., Page], site: str, claim: Claim, article: Callable[[str], str]
) -> None:
    page = open_page()
    page.goto("/sources/wire/")
    page.locator("summary", has_text="Embed").click()
    codes = page.locator("textarea").evaluate_all("all => all.map(one => one.value)")
    page.goto(article("".join(codes)))
    expect(page.locator("iframe")).to_have_count(2)
    for index in range(2):
        frame = page.frame_locator("iframe").nth(index)
        expect(frame.get_by_role("heading", name="The Morning Wire")).to_be_visible()
    badge = page.get_by_role("img", name="The Morning Wire")
    until(page, lambda: bool(badge.evaluate("image => image.naturalWidth > 100")))

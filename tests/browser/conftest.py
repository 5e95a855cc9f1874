"""Debian's Chromium, and pages that keep what they complain of."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from verification.services import figures

CHROMIUM = shutil.which("chromium")
#: Milliseconds. A test that passes never waits so long; a machine that others keep busy may.
PATIENCE = 30_000

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which Django would refuse its database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def site(live_server: LiveServer, real_transactions: None, settings: Any) -> str:
    """The address of a running site."""
    settings.SITE_URL = live_server.url
    # An emptied database reaches revision numbers again for which boards are kept.
    figures._kept.boards.clear()
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens pages of visitors who have not been here; none of them may complain."""
    complaints: list[str] = []
    contexts = []

    def opened(width: int = 1280) -> Page:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": 900}, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{page.url}: {said.text}") if said.type == "error" else None
            ),
        )
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, username: str) -> None:
    """Signs somebody of the factories in, from the page that asks for it; the next one is there."""
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(f"secret-of-{username}")
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in").click()

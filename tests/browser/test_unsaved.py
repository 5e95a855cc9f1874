"""Nobody leaves what they typed without being asked, and nobody is asked for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests import factories
from tests.browser.conftest import sign_in
from verification.models import Claim

ARTICLE = "Nordica could buy Calix for $4bn by 30 June 2029, the Financial Times reported.\n"


@pytest.fixture
def asked(open_page: Callable[..., Page]) -> tuple[Page, list[str]]:
    """The page of an editor who stays whenever the browser asks, and what it asked."""
    emma = factories.editor(username="emma")
    factories.claim(actor=emma, statement="A start.")
    questions: list[str] = []

    def stay(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.dismiss()

    page = open_page()
    page.on("dialog", stay)
    page.goto("/admin/intake/")
    sign_in(page, "emma")
    return page, questions


def leave(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Sources").click()


def read_article(page: Page) -> None:
    page.get_by_label("The article").fill(ARTICLE)
    page.get_by_role("button", name="Read the article").click()
    expect(page.locator("#c0")).to_be_visible()


def test_a_sheet_with_a_mended_claim_is_not_left_without_a_question(
    asked: tuple[Page, list[str]],
) -> None:
    page, questions = asked
    read_article(page)
    page.locator("#c0").get_by_label("Statement").fill("Nordica will own Calix.")

    leave(page)

    expect(page.locator("#c0").get_by_label("Statement")).to_have_value("Nordica will own Calix.")
    assert questions == ["beforeunload"]
    # It is still unsaved once the page came back with it.
    page.get_by_role("button", name="Count from this day").click()
    expect(page.locator("#c0").get_by_label("Statement")).to_have_value("Nordica will own Calix.")
    assert questions == ["beforeunload"], "sending it is not leaving it"
    page.locator("#c0").click()
    leave(page)
    expect(page.locator("#c0")).to_be_visible()
    assert questions == ["beforeunload"] * 2


def test_a_tick_is_work_too_and_logging_it_asks_nothing(asked: tuple[Page, list[str]]) -> None:
    page, questions = asked
    read_article(page)
    page.locator("#c0").get_by_role("checkbox", name="Claim 1").check()

    page.get_by_role("button", name="Log the ticked claims").click()

    expect(page.get_by_text("1 claim is logged.")).to_be_visible()
    leave(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    assert questions == []


def test_what_nobody_touched_is_left_at_once(asked: tuple[Page, list[str]]) -> None:
    page, questions = asked
    read_article(page)
    claims = "/admin/verification/claim/"
    for address in (None, f"{claims}add/", f"{claims}{Claim.objects.get().pk}/decide/"):
        if address:
            page.goto(address)
        page.locator("main").click()
        leave(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    assert questions == []


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/admin/verification/claim/add/", "Statement"),
        ("/admin/verification/claim/{pk}/decide/", "Rationale"),
    ],
)
def test_a_claim_and_a_verdict_are_not_left_either(
    asked: tuple[Page, list[str]], address: str, field: str
) -> None:
    page, questions = asked
    page.goto(address.format(pk=Claim.objects.get().pk))
    page.get_by_label(field).first.fill("Typed for a while.")

    leave(page)

    expect(page.get_by_label(field).first).to_have_value("Typed for a while.")
    assert questions == ["beforeunload"]

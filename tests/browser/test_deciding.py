"""The decide page while a day is typed, and the filter of claims at every width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import sign_in


def test_the_effects_follow_the_day_and_a_day_before_every_report_is_asked_about(
    open_page: Callable[..., Page],
) -> None:
    emma = factories.editor(username="emma")
    claim = factories.claim(actor=emma)
    page = open_page()
    page.goto(f"/admin/verification/claim/{claim.pk}/decide/")
    sign_in(page, "emma")
    expect(page.get_by_role("button", name="Reckon for this day")).to_be_hidden()
    expect(page.locator(".credit-hit")).to_have_count(1)

    page.locator("[name=became_known_on]").fill("2026-01-20")

    expect(page.get_by_text("known on 20 January 2026, no report counts")).to_be_visible()
    expect(page.locator(".credit-hit")).to_have_count(0)
    page.get_by_label("Denied").check()
    page.get_by_label("Title").fill("The statement")
    page.get_by_label("Address").fill("https://example.org/statement")
    page.get_by_role("button", name="Record the verdict").last.click()
    expect(page.get_by_text("No report would count")).to_be_visible()
    page.get_by_role("button", name="Record it all the same").click()
    expect(page.get_by_text("The verdict is recorded: denied.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 768, 1024, 1280, 1600])
def test_the_two_days_of_the_filter_stand_side_by_side_and_can_be_read(
    width: int, open_page: Callable[..., Page], site: str
) -> None:
    page = open_page(width)
    for language, words in (("en", "Due until"), ("fr", "Échéance jusqu’au")):
        page.context.add_cookies([{"name": "django_language", "value": language, "url": site}])
        page.goto("/claims/")
        expect(page.get_by_label(words)).to_be_visible()
        first, last = (page.locator(name).bounding_box() for name in ("#from", "#to"))
        assert first is not None
        assert last is not None
        assert first["y"] == last["y"]
        assert first["width"] == pytest.approx(last["width"], abs=1)
        assert first["x"] + first["width"] < last["x"]
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{over} px too wide"
        # A day and the button beside it take 9 rem.
        assert first["width"] > 144

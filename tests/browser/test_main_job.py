"""The main job by hand: what an editor and a reader do in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.conftest import sign_in
from verification import newsroom
from verification.services import messages, reminders


def test_a_claim_is_logged_mailed_decided_and_read_by_the_public(
    open_page: Callable[..., Page], settings: Any
) -> None:
    settings.REMINDER_HOUR = 0
    factories.editor(username="emma", first_name="Emma")
    factories.BeatFactory.create(name="AI & tech business", slug="ai")
    today = newsroom.day(timezone.now()).isoformat()
    statement = "The owner of the Evening Wire will sell it today."

    # Log it.
    desk = open_page()
    desk.goto("/admin/")
    sign_in(desk, "emma")
    desk.get_by_role("link", name="Log a claim").first.click()
    desk.get_by_label("Statement").fill(statement)
    desk.get_by_role("combobox", name="Beat").fill("AI & tech business")
    desk.locator("[name=deadline]").fill(today)
    desk.locator("[name=deadline_basis]").select_option("source")
    desk.locator("[name=reports-0-source]").fill("The Morning Wire")
    desk.locator("[name=reports-0-published_on]").fill(today)
    desk.get_by_role("button", name="Log the claim").first.click()
    expect(desk.get_by_text("The claim is logged")).to_be_visible()

    # The mail that comes is read on the desk, and its link leads to the decide page.
    reminders.sweep(now=timezone.now())
    messages.drain(clock=timezone.now)
    desk.goto("/admin/verification/message/")
    desk.get_by_role("link", name=f"Due today: {statement[:30]}").click()
    mail = desk.frame_locator("iframe").get_by_role("link", name="Decide")
    with desk.context.expect_page() as opened:
        mail.click()
    decide = opened.value

    # Decide it: first without evidence, then with.
    decide.get_by_label("Confirmed").check()
    decide.get_by_label("Rationale").fill("The owner said so.")
    decide.locator("[name=became_known_on]").fill(today)
    decide.get_by_role("button", name="Record the verdict").first.click()
    expect(decide.get_by_text("takes at least one piece of evidence").first).to_be_visible()
    decide.get_by_label("Title").fill("The announcement")
    decide.get_by_label("Address").fill("https://example.org/announcement")
    decide.get_by_role("button", name="Record the verdict").first.click()
    expect(decide.get_by_text("The verdict is recorded: confirmed.")).to_be_visible()

    # Anyone can read it, and from there the source's record.
    reader = open_page()
    reader.goto("/")
    reader.get_by_role("link", name=statement).first.click()
    expect(reader.get_by_role("heading", name=statement)).to_be_visible()
    expect(reader.get_by_role("link", name="The announcement")).to_be_visible()
    reader.get_by_role("link", name="The Morning Wire").first.click()
    expect(reader.get_by_text("the claim was confirmed. It had it first.")).to_be_visible()

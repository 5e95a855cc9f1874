"""The links of a mail in a browser that runs scripts, as a mail scanner's may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.services.rows import everything, nothing_changes
from verification import newsroom
from verification.emails import links
from verification.models import Claim, User

NARROW = 390


@pytest.fixture
def emma() -> User:
    return factories.editor(username="emma", first_name="Emma", last_name="Roux")


@pytest.fixture
def claim(emma: User) -> Claim:
    """Due today; internal, so that a public page would show nothing of it."""
    factories.reporter(username="louis", first_name="Louis", last_name="Petit")
    today = newsroom.day(timezone.now())
    return factories.claim(actor=emma, deadline=today, public=False)


def address(action: str, claim: Claim, user: User) -> str:
    return links.action_url(action, claim, user, deadline=claim.deadline)  # type: ignore[arg-type]


@pytest.mark.parametrize("action", links.ACTIONS)
def test_whoever_only_opens_a_link_changes_nothing_and_can_read_it(
    action: str, open_page: Callable[..., Page], claim: Claim, emma: User
) -> None:
    page = open_page(NARROW)
    with nothing_changes():
        answer = page.goto(address(action, claim, emma))
        page.wait_for_load_state("networkidle")

    assert answer is not None
    assert answer.status == 200
    assert claim.statement in page.content()
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{over} px too wide"
    assert Axe().run(page).violations_count == 0


def test_one_press_puts_a_claim_off(
    open_page: Callable[..., Page], claim: Claim, emma: User
) -> None:
    page = open_page(NARROW)
    page.goto(address("snooze", claim, emma))
    page.get_by_role("button", name="In three days").click()
    expect(page.get_by_role("heading", name="It is put off")).to_be_visible()

    assert claim.snoozes.get(user=emma).until == newsroom.day(timezone.now()) + timedelta(days=3)
    # Going back and pressing again does no harm.
    kept = everything()
    page.goto(address("snooze", claim, emma))
    page.get_by_role("button", name="In three days").click()
    expect(page.get_by_role("heading", name="It is put off")).to_be_visible()
    assert {name: rows for name, rows in everything().items() if name != "Claim"} == {
        name: rows for name, rows in kept.items() if name != "Claim"
    }


def test_a_claim_is_handed_over_by_whoever_holds_the_link(
    open_page: Callable[..., Page], claim: Claim, emma: User
) -> None:
    page = open_page(NARROW)
    page.goto(address("hand-over", claim, emma))
    page.get_by_label("Colleague").select_option(label="Louis Petit")
    page.get_by_label("Note").fill("You know the lawyers.")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("Louis Petit has the claim now")).to_be_visible()

    claim.refresh_from_db()
    assert claim.assignee == User.objects.get(username="louis")
    page.goto(address("hand-over", claim, claim.assignee))
    expect(page.get_by_role("heading", name="Hand this claim over?")).to_be_visible()


def test_a_deadline_is_moved_once(open_page: Callable[..., Page], claim: Claim, emma: User) -> None:
    link = address("extend", claim, emma)
    later = newsroom.day(timezone.now()) + timedelta(days=30)
    page = open_page(NARROW)
    page.goto(link)
    page.get_by_role("button", name="Move the deadline").click()
    expect(page.get_by_text("Say why the deadline moves.")).to_be_visible()
    page.get_by_label("New deadline").fill(later.isoformat())
    page.get_by_label("Reason").fill("The talks go on.")
    page.get_by_role("button", name="Move the deadline").click()
    expect(page.get_by_role("heading", name="The deadline is moved")).to_be_visible()

    claim.refresh_from_db()
    assert (claim.deadline, claim.deadline_basis) == (later, "newsroom")

"""A mail on the desk is seen whole, in a frame that nobody can look into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.conftest import sign_in
from tests.emails.conftest import Build, build, in_utc  # noqa: F401  (fixtures)
from tests.emails.test_notices import decided
from verification.admin.mail_pages import WIDTHS
from verification.domain.mailheight import height_of
from verification.models import Beat, Message, User

MONDAY = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
LONG = "The operator of the northern line will have replaced all of its signals. " * 3


@pytest.fixture
def reader(site: str) -> User:
    return factories.managing_editor(
        username="reader", language="fr", date_joined=datetime(2026, 1, 1, tzinfo=UTC)
    )


def mails(build: Build, reader: User) -> list[str]:  # noqa: F811
    """Mails of each shape: one line or many, lists, tables, buttons, words that are very long."""
    beat: Beat = factories.BeatFactory.create(editor=reader)
    found = []
    for number in (1, 14):
        for place in range(number):
            statement = LONG if place % 2 else f"Deal {number} {place}."
            factories.claim(statement=statement, beat=beat, assignee=reader)
        found.append(build("reminders", reader))
    decided(reader)
    found.append(build("notices", reader))
    found.append(build("digest", reader, MONDAY))
    return [str(mail.alternatives[0][0]) for mail in found]


def test_the_height_is_that_of_the_mail_or_a_little_more(
    browser: Browser,
    build: Build,  # noqa: F811
    reader: User,
) -> None:
    context = browser.new_context()
    page = context.new_page()
    for mail in mails(build, reader):
        for width in (320, 390, 480, 600, 800):
            page.set_viewport_size({"width": width, "height": 50})
            page.set_content(mail)
            high = page.evaluate("document.body.getBoundingClientRect().height")
            assert high <= height_of(mail, width) <= high * 1.2 + 60, (width, mail)
    context.close()


def test_the_frame_on_the_desk_is_as_high_as_the_mail_on_a_screen_and_a_telephone(
    open_page: Callable[..., Page],
    build: Build,  # noqa: F811
    reader: User,
) -> None:
    (short, long, *_others) = mails(build, reader)
    page, message = open_page(), Message.objects.filter(kind="reminders").earliest("id")
    for mail in (short, long):
        Message.objects.filter(pk=message.pk).update(html=mail)
        page.goto(f"/admin/verification/message/{message.pk}/change/")
        if mail == short:
            sign_in(page, "reader")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            frame = page.locator(".mail-frame")
            box = frame.bounding_box()
            assert box is not None
            expect(frame).to_have_attribute("height", str(known(mail, box["width"])))
            assert frame.get_attribute("sandbox") == "allow-popups allow-popups-to-escape-sandbox"


def known(mail: str, width: float) -> int:
    """The height that is told for the next narrower width."""
    return height_of(mail, max(one for one in WIDTHS if one <= width))

"""Mutants are broken in the way that they say: a run that spares them says something."""

from __future__ import annotations

import pytest

from tests.faults import mutants
from tests.services.waiting_mail import drain, several
from tests.sink import Sink
from verification.emails import smtp as mail_server
from verification.models import Message
from verification.models.choices import MessageState
from verification.services import messages

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What no code catches."""


@pytest.mark.parametrize("broken", [False, True], ids=["the delivery", "mark-first"])
def test_only_the_delivery_that_marks_first_loses_a_mail_to_a_kill(
    broken: bool, smtp: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages.Sending, "_hand_over", messages.Sending._hand_over)
    if broken:
        mutants.mark_before_sending()
    several(3)
    give = mail_server._InSteps.give

    def killed(steps: mail_server._InSteps) -> None:
        if smtp.mails:
            raise Killed
        give(steps)

    monkeypatch.setattr(mail_server._InSteps, "give", killed)
    with pytest.raises(Killed):
        drain()

    sent = Message.objects.filter(state=MessageState.SENT).count()
    assert sent - len(smtp.mails) == int(broken)

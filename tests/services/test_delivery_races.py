"""Two workers at the same deliveries."""

from __future__ import annotations

import pytest

from tests import factories, receiver
from tests.services.test_races import at_once
from verification.models import Delivery
from verification.services import deliveries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_transactions")]


def test_three_workers_tell_everything_once() -> None:
    factories.webhook()
    boss, beat, source = (
        factories.managing_editor(),
        factories.BeatFactory.create(),
        factories.SourceFactory.create(),
    )
    for _ in range(24):
        factories.claim(actor=boss, beat=beat, reports=[factories.report_draft(source)])

    with receiver.running() as cms:

        def work() -> None:
            while deliveries.deliver_batch(clock=lambda: factories.NOW, net=cms.net):
                pass

        assert at_once(work, work, work) == [None, None, None]
        told = [got.headers["webhook-id"] for got in cms.got]

    assert len(told) == len(set(told)) == 24
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}

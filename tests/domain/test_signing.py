"""Signatures and waits of webhooks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from verification.domain import signing

KEYS = st.binary(min_size=24, max_size=64)


@given(key=KEYS, old=KEYS, body=st.text().filter(bool))
def test_the_standards_own_library_says_the_same(key: bytes, old: bytes, body: str) -> None:
    now = datetime.now(UTC)
    secrets = [signing.written(key), signing.written(old)]

    found = signing.signatures(
        secrets, message_id="msg_1", timestamp=int(now.timestamp()), body=body.encode()
    )

    theirs = [Webhook(secret).sign("msg_1", now, body) for secret in secrets]
    assert found == " ".join(theirs)


def test_another_secret_another_id_or_another_byte_does_not_verify() -> None:
    now = datetime.now(UTC)
    secret, body = signing.written(b"k" * 32), b'{"a":1}'
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signing.signatures(
            [secret], message_id="msg_1", timestamp=int(now.timestamp()), body=body
        ),
    }
    assert Webhook(secret).verify(body, headers) == {"a": 1}
    for reader, said, sent in (
        (signing.written(b"j" * 32), headers, body),
        (secret, headers | {"webhook-id": "msg_2"}, body),
        (secret, headers, b'{"a":2}'),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(reader).verify(sent, said)


def test_ten_attempts_are_made_over_three_days() -> None:
    waits = [signing.wait(attempts, "msg_1") for attempts in range(1, signing.ATTEMPTS_MAX + 1)]

    assert waits[-1] is None
    made = [wait for wait in waits if wait is not None]
    assert len(made) == 9
    assert timedelta(days=3) < sum(made, timedelta()) < timedelta(days=4)
    assert made == sorted(made)


@given(attempts=st.integers(1, 9), message=st.text(max_size=40))
def test_a_wait_is_the_tables_and_up_to_a_tenth_longer(attempts: int, message: str) -> None:
    wait, least = signing.wait(attempts, message), signing.WAITS[attempts - 1]

    assert wait is not None
    assert least <= wait <= least * 1.1
    assert wait == signing.wait(attempts, message)


def test_what_failed_together_is_not_tried_together() -> None:
    assert len({signing.wait(4, f"msg_{number}") for number in range(50)}) > 45


def test_the_waits_are_spread_over_the_whole_tenth() -> None:
    longer = [signing.wait(4, f"msg_{number}") / signing.WAITS[3] for number in range(200)]  # type: ignore[operator]
    assert min(longer) < 1.01
    assert max(longer) > 1.09

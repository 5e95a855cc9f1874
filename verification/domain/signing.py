"""Signatures of webhooks and the waits between their attempts, as Standard Webhooks has them.

What is signed is the message's id, the time of the attempt and the body, joined by dots, with
HMAC-SHA256 under the secret's bytes (https://www.standardwebhooks.com, version 1).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import timedelta

#: How a secret begins as it is written; the rest is Base64.
PREFIX = "whsec_"
SECRET_BYTES = 32
#: The waits after the first attempt, the second, and so on: ten attempts over three days.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
ATTEMPTS_MAX = len(WAITS) + 1
#: A wait is longer by up to this part of itself, so that what failed together comes apart.
JITTER = 0.1


def written(key: bytes) -> str:
    """A secret as people copy it."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def signatures(secrets: Iterable[str], *, message_id: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: one signature for each secret, separated by spaces.

    `timestamp` is in seconds since 1970, UTC.
    """
    signed = b".".join([message_id.encode("ascii"), str(timestamp).encode("ascii"), body])
    found = []
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix(PREFIX))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        found.append(f"v1,{base64.b64encode(digest).decode('ascii')}")
    return " ".join(found)


def wait(attempts: int, message_id: str) -> timedelta | None:
    """How long to wait after so many attempts; none where that was the last.

    The jitter follows from the message and the attempt, so the same question has the same answer.
    """
    if attempts > len(WAITS):
        return None
    digest = hashlib.sha256(f"{message_id}/{attempts}".encode()).digest()
    share = int.from_bytes(digest[:4], "big") / 2**32
    return WAITS[max(attempts, 1) - 1] * (1 + JITTER * share)

"""One attempt to tell one webhook: a POST over a vetted connection, and what was answered."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from verification.domain import signing
from verification.models import Delivery, Webhook
from verification.models.choices import ReadFault
from verification.models.webhook import ANSWER_MAX
from verification.services.connecting import Answer, Deadline, Net, UnreadError, vetted

#: One attempt, the name's resolution and the answer included.
SECONDS = 15.0
#: So many bytes of an answer are read at most.
READ_MAX = 4 * 2**10
GONE = 410


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an attempt: the answer's status and its beginning, or why there is none."""

    status: int | None = None
    fault: str = ""
    text: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it. A redirect is not followed, and so takes nothing."""
        return self.status is not None and 200 <= self.status < 300


def post(webhook: Webhook, delivery: Delivery, now: datetime, net: Net | None = None) -> Reply:
    """Sends the delivery's body to the webhook's address, vetted anew, and reads the answer."""
    body = delivery.body.encode("utf-8")
    try:
        with vetted(webhook.url, deadline=Deadline(SECONDS), net=net) as line:
            answer = line.ask("POST", headers=headers(webhook, delivery, now), body=body)
            return Reply(status=answer.status, text=_beginning(answer))
    except UnreadError as error:
        return Reply(fault=error.fault.value)


def headers(webhook: Webhook, delivery: Delivery, now: datetime) -> dict[str, str]:
    """What a receiver reads before the body. A chat has no signature to verify."""
    # A name is not trusted to be fit for a header.
    who = re.sub(r"[^ -~]|[()\\]", "", f"{settings.SITE_NAME}; +{settings.SITE_URL}")
    found = {"User-Agent": f"BorneOut/1 ({who})", "Content-Type": "application/json"}
    if webhook.is_chat:
        return found
    secrets = [webhook.secret]
    if webhook.old_secret_until is not None and now < webhook.old_secret_until:
        secrets.append(webhook.old_secret)
    timestamp = int(now.timestamp())
    return found | {
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signing.signatures(
            secrets,
            message_id=delivery.message_id,
            timestamp=timestamp,
            body=delivery.body.encode("utf-8"),
        ),
    }


def _beginning(answer: Answer) -> str:
    """The beginning of an answer's body as text. What breaks off was answered all the same."""
    read = bytearray()
    try:
        for piece in answer.chunks(1024):
            read += piece
            if len(read) >= READ_MAX:
                break
    except UnreadError as error:
        read += f" [{ReadFault(error.fault).value}]".encode()
    text = bytes(read[:READ_MAX]).decode("utf-8", errors="replace")
    shown = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return " ".join(shown.split())[:ANSWER_MAX]

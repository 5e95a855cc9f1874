"""Telling programs and chats of changes: what is to be told is kept in the change's transaction.

Only public claims are told of. What the payload says is what held when the change was made; whether
it may still be told is looked at again when it is sent (`services.deliveries`).
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from verification.domain import chat
from verification.models import Claim, Delivery, Webhook
from verification.models.choices import VerdictOutcome, WebhookEvent
from verification.services import payloads

Data = Mapping[str, object]


def tell(event: WebhookEvent, claim: Claim, now: datetime) -> None:
    """Leaves a delivery for every webhook that wants this event. Call it last in the change.

    Where none does, all it costs is one look at a small table.
    """
    tell_all([(event, claim)], now)


def tell_all(events: Iterable[tuple[WebhookEvent, Claim]], now: datetime) -> None:
    """The same for many events, with one look at the webhooks."""
    public = [(event, claim) for event, claim in events if claim.public]
    if not public:
        return
    on = list(Webhook.objects.filter(switched_off_at__isnull=True).only("kind", "events"))
    rows = []
    for event, claim in public:
        webhooks = [webhook for webhook in on if event in webhook.events]
        if webhooks:
            data = payloads.read(claim.pk, now)
            rows += [make(webhook, event, data, now, claim=claim) for webhook in webhooks]
    if rows:
        Delivery.objects.bulk_create(rows, batch_size=100)


def make(
    webhook: Webhook, event: WebhookEvent, data: Data, now: datetime, *, claim: Claim | None
) -> Delivery:
    """A delivery that is to be sent at once, not saved."""
    return Delivery(
        webhook=webhook,
        event=event,
        claim=claim,
        message_id=f"msg_{uuid.uuid4().hex}",
        body=_body(webhook, event, data, now),
        created_at=now,
        next_attempt_at=now,
    )


def _body(webhook: Webhook, event: WebhookEvent, data: Data, now: datetime) -> str:
    content: Data
    if webhook.is_chat:
        with translation.override(settings.LANGUAGE_CODE):
            head, statement = _head(event, data), str(data.get("statement", settings.SITE_NAME))
        url = str(data.get("url", settings.SITE_URL))
        content = chat.WRITERS[webhook.kind](head, statement, url)
    else:
        content = {"type": event.value, "timestamp": payloads.instant(now), "data": data}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _head(event: WebhookEvent, data: Data) -> str:
    """What happened, in a few words, above the statement of the claim."""
    deadline = formats.date_format(_day(data), "DATE_FORMAT") if "deadline" in data else ""
    if event == WebhookEvent.LOGGED:
        return _("New claim, due on %(day)s:") % {"day": deadline}
    if event == WebhookEvent.DEADLINE_CHANGED:
        return _("The deadline is now %(day)s:") % {"day": deadline}
    if event == WebhookEvent.REOPENED:
        return _("The verdict is withdrawn, and the claim is open again:")
    verdict = data.get("verdict")
    if isinstance(verdict, Mapping):
        outcome = VerdictOutcome(verdict["outcome"]).label
        return _("Verdict: %(outcome)s") % {"outcome": outcome}
    return _("A test. What becomes of claims is told here by:")


def _day(data: Data) -> datetime:
    return datetime.fromisoformat(str(data["deadline"]))

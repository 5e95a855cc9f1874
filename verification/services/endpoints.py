"""Webhooks as they are kept: made, changed, given a new secret, switched off and on, removed.

Who may do so sees a secret once, when it is made. The ledger tells of the host alone, since an
address may hold a secret of its own.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification.domain import chat, signing
from verification.models import Message, User, Webhook
from verification.models.choices import MessageKind, SwitchedOff, WebhookEvent, WebhookKind
from verification.services import ledger, outbox
from verification.services.connecting import Deadline, Net, UnreadError, vet
from verification.services.drafts import Checks, one_line
from verification.services.errors import allow
from verification.services.routing import Routing, holding

#: For so long an old secret signs beside the new one.
OVERLAP = timedelta(hours=24)
#: Seconds for the resolution of an address that is entered.
VETTING_SECONDS = 5.0
#: What a webhook may be told of.
EVENTS = tuple(event.value for event in WebhookEvent if event != WebhookEvent.TEST)
#: What nobody enters, and so nobody is told of.
SET_BY_US = ("created_by", "events", "old_secret_until", "switched_off_at", "switched_off_why")


def new_secret() -> str:
    """A secret that nobody can guess."""
    return signing.written(secrets.token_bytes(signing.SECRET_BYTES))


def add(
    *,
    actor: User,
    name: str,
    kind: str,
    url: str,
    events: Sequence[str],
    now: datetime,
    net: Net | None = None,
) -> Webhook:
    """Makes a webhook; its `secret` is to be shown this once. Never call it in a transaction.

    Raises ValidationError for `name`, `kind`, `url` and `events`; PermissionDenied.
    """
    allow(actor, "add_webhook")
    webhook = Webhook(kind=kind, secret=new_secret(), created_by=actor, created_at=now)
    _fill(webhook, name, url, events, net, vetted=False)
    with transaction.atomic():
        ledger.hold()
        webhook.save(force_insert=True)
        _write_down(actor, "webhook added", webhook, now)
    return webhook


def edit(
    *,
    actor: User,
    webhook: Webhook,
    name: str,
    url: str,
    events: Sequence[str],
    now: datetime,
    net: Net | None = None,
) -> Webhook:
    """Changes what is told, and where; an empty `url` leaves the address as it is.

    Raises as `add` does. Never call it in a transaction.
    """
    allow(actor, "change_webhook")
    webhook = Webhook.objects.get(pk=webhook.pk)
    before, moved = _content(webhook), bool(url.strip()) and url.strip() != webhook.url
    # An address that stays is not looked up: a name that cannot be found just now is no reason to
    # refuse another name for the webhook.
    _fill(webhook, name, url.strip() or webhook.url, events, net, vetted=not moved)
    with transaction.atomic():
        ledger.hold()
        webhook.save(update_fields=["name", "url", "events"])
        _write_down(actor, "webhook changed", webhook, now, before=before, address_changed=moved)
    return webhook


@transaction.atomic
def rotate(*, actor: User, webhook: Webhook, now: datetime) -> Webhook:
    """Gives a webhook a new secret, to be shown this once; the old one signs for `OVERLAP` more.

    Raises PermissionDenied, and ValidationError for a chat, which has none to verify.
    """
    allow(actor, "change_webhook")
    ledger.hold()
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.is_chat:
        raise ValidationError(_("A chat verifies no signature: there is no secret to change."))
    webhook.old_secret, webhook.old_secret_until = webhook.secret, now + OVERLAP
    webhook.secret = new_secret()
    webhook.save(update_fields=["secret", "old_secret", "old_secret_until"])
    _write_down(actor, "webhook secret changed", webhook, now)
    return webhook


@transaction.atomic
def switch(*, actor: User, webhook: Webhook, on: bool, now: datetime) -> bool:
    """Switches a webhook on or off. False where it is so already. Raises PermissionDenied.

    What happens while it is off is not told later; what was waiting is dropped, and can be sent
    again from the log.
    """
    allow(actor, "change_webhook")
    ledger.hold()
    rows = Webhook.objects.filter(pk=webhook.pk, switched_off_at__isnull=not on)
    changed = rows.update(
        switched_off_at=None if on else now, switched_off_why="" if on else SwitchedOff.HAND
    )
    if changed:
        action = "webhook switched on" if on else "webhook switched off"
        _write_down(actor, action, webhook, now)
    return bool(changed)


@transaction.atomic
def remove(*, actor: User, webhook: Webhook, now: datetime) -> None:
    """Removes a webhook that is switched off, with the log of what it was told.

    Raises ValidationError where it is on, since somebody may count on it; PermissionDenied.
    """
    allow(actor, "delete_webhook")
    ledger.hold()
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.switched_off_at is None:
        raise ValidationError(_("Switch the webhook off first: it is still told of changes."))
    _write_down(actor, "webhook removed", webhook, now)
    webhook.notices.update(webhook=None)
    webhook.deliveries.all().delete()
    webhook.delete()


def give_up(webhook: Webhook, why: SwitchedOff, now: datetime) -> None:
    """Switches off what takes nothing more, and leaves a message for those who can mend it.

    In the caller's transaction; does nothing where it is off already.
    """
    rows = Webhook.objects.filter(pk=webhook.pk, switched_off_at__isnull=True)
    if not rows.update(switched_off_at=now, switched_off_why=why):
        return
    _write_down(None, "webhook switched off", webhook, now, why=why.value)
    routing = Routing()
    Message.objects.bulk_create(
        outbox.pending(MessageKind.WEBHOOK, user.pk, now, webhook=webhook)
        for user in holding("change_webhook").order_by("pk")
        if routing.reaches(user)
    )


def current(message: Message) -> list[Webhook]:
    """The webhook of the message, if it is still off and not by hand."""
    off = Webhook.objects.filter(notices=message, switched_off_at__isnull=False)
    return list(off.exclude(switched_off_why=SwitchedOff.HAND))


def _fill(
    webhook: Webhook,
    name: str,
    url: str,
    events: Sequence[str],
    net: Net | None,
    *,
    vetted: bool,
) -> None:
    webhook.name, webhook.url = one_line(name), url.strip()
    webhook.events = [event for event in EVENTS if event in events]
    checks = Checks()
    checks.model(webhook, skip=SET_BY_US)
    for event in events:
        if event not in EVENTS:
            checks.add("events", _("“%(event)s” is not an event.") % {"event": event})
    if not webhook.events:
        checks.add("events", _("Choose at least one event."))
    if not vetted and checks.fine("url") and checks.fine("kind"):
        _check_address(checks, webhook, net)
    checks.done()


def _check_address(checks: Checks, webhook: Webhook, net: Net | None) -> None:
    """Vets the address as it will be vetted again before each delivery."""
    if not webhook.url.startswith("https://"):
        checks.add("url", _("Enter an address that begins with https://."))
        return
    try:
        target = vet(webhook.url, deadline=Deadline(VETTING_SECONDS), net=net)
    except UnreadError as error:
        checks.add("url", error.messages[0])
        return
    if webhook.is_chat and not chat.is_host_of(webhook.kind, target.host):
        checks.add(
            "url",
            _("This is no address of %(service)s: copy it from there.")
            % {"service": WebhookKind(webhook.kind).label},
        )


def _content(webhook: Webhook) -> dict[str, object]:
    return {
        "name": webhook.name,
        "kind": webhook.kind,
        "host": webhook.host,
        "events": list(webhook.events),
    }


def _write_down(
    actor: User | None, action: str, webhook: Webhook, now: datetime, **more: object
) -> None:
    ledger.append(actor=actor, action=action, now=now, content=_content(webhook) | more)

"""The mail that tells that a webhook is told nothing any more."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext

from verification.emails.base import build, language_of, page
from verification.models import Message, Webhook


def switched_off(message: Message, webhook: Webhook) -> EmailMultiAlternatives:
    """The mail to `message.recipient`, text and HTML."""
    with translation.override(language_of(message.recipient)):
        return build(
            "webhook",
            message,
            subject=gettext("Webhook switched off: %(name)s") % {"name": webhook.name},
            context={
                "webhook": webhook,
                "why": webhook.get_switched_off_why_display(),
                "webhook_url": page("admin:verification_webhook_change", webhook.pk),
            },
            headers={},
        )

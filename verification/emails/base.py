"""What every kind of mail has in common: its Message-ID, its headers, its addresses."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from verification.models import Message, User


def new_message_id() -> str:
    """A Message-ID that stays with the message through every attempt."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


def language_of(user: User) -> str:
    """The language in which the user is written to."""
    return user.language or settings.LANGUAGE_CODE


def absolute(path: str) -> str:
    """The address of a page as a mail needs it."""
    return f"{settings.SITE_URL}{path}"


def build(
    name: str, message: Message, context: Mapping[str, object], headers: Mapping[str, str]
) -> EmailMultiAlternatives:
    """The mail of `templates/emails/<name>.*`, text and HTML, in the language that is active."""
    email = EmailMultiAlternatives(
        subject=one_line(render_to_string(f"emails/{name}.subject.txt", dict(context))),
        body=render_to_string(f"emails/{name}.txt", dict(context)),
        to=[message.recipient.email],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": language_of(message.recipient),
            **headers,
        },
    )
    html = render_to_string(f"emails/{name}.html", dict(context))
    email.attach_alternative(_inlined(html), "text/html")
    return email


def one_line(text: str) -> str:
    """A header on one line, so that no statement can begin another header."""
    return " ".join(text.split())[:250]


def _inlined(html: str) -> str:
    """Styles moved to the elements themselves, since many mail programs drop style sheets."""
    return css_inline.inline(html, keep_style_tags=True, load_remote_stylesheets=False)

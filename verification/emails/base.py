"""What every kind of mail has in common: its Message-ID, its headers, its addresses."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import get_template
from django.urls import reverse

from verification.emails import moulds
from verification.emails.mime import Mail
from verification.emails.moulds import Text
from verification.models import Message, User

Kind = TypeVar("Kind", bound=Mail)

#: A subject is cut here: what follows no list of mails shows, and long headers get folded badly.
SUBJECT_MAX = 250


def new_message_id() -> str:
    """A Message-ID that stays with the message through every attempt."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


def language_of(user: User) -> str:
    """The language in which the user is written to."""
    return user.language or settings.LANGUAGE_CODE


def absolute(path: str) -> str:
    """The address of a page as a mail needs it."""
    return f"{settings.SITE_URL}{path}"


def page(name: str, *arguments: object) -> str:
    """The address of the page of that name, as a mail needs it.

    `arguments` are keys, slugs or tokens: what stands in an address as it is. The path is looked up
    once, since that takes as long as to cast the mail.
    """
    first, *others = _pieces(name, len(arguments))
    return absolute(
        first + "".join(f"{one}{piece}" for one, piece in zip(arguments, others, strict=True))
    )


@cache
def _pieces(name: str, number: int) -> list[str]:
    """The path before, between and after its arguments."""
    places = [str(10**15 + place) for place in range(number)]
    path = reverse(name, args=places)
    return re.split("|".join(places), path) if places else [path]


def build(
    name: str,
    message: Message,
    *,
    subject: str,
    context: Mapping[str, object],
    headers: Mapping[str, str],
    kind: type[Kind] = Mail,  # type: ignore[assignment]
    moulded: bool = False,
) -> Kind:
    """The mail of `templates/emails/<name>.txt` and `.html`, in the language that is active.

    `moulded`: its context is made for a mould, as that of a mail is which goes to thousands.
    """
    language = language_of(message.recipient)
    subject = one_line(subject)[:SUBJECT_MAX]
    about: dict[str, object] = {
        "subject": Text(subject),
        "recipient": Text(message.recipient),
        "language": language,
        "site_name": settings.SITE_NAME,
        **context,
    }
    render = moulds.render if moulded else _render
    text, html = render((f"emails/{name}.txt", f"emails/{name}.html"), about)
    email = kind(
        subject=subject,
        body=text,
        to=[message.recipient.email],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": language,
            **{header: one_line(value) for header, value in headers.items()},
        },
    )
    email.attach_alternative(html, "text/html")
    return email


def _render(templates: Sequence[str], context: dict[str, object]) -> list[str]:
    return [get_template(template).render(context) for template in templates]


class SecretMail(Mail):
    """A mail with a word in it that is for its reader alone: a link that lets one in.

    Editors read on the desk what was sent, so what is kept of it has other words there.
    """

    secret = ""


#: What stands for the secret in what is kept.
STRUCK_OUT = "…"


def without_secrets(email: EmailMultiAlternatives, text: str) -> str:
    """`text`, a part of the mail, as it may be kept."""
    secret = email.secret if isinstance(email, SecretMail) else ""
    return text.replace(secret, STRUCK_OUT) if secret else text


def one_line(text: str) -> str:
    """A header on one line, so that no statement can begin another header."""
    # A space that does not break, as French sets one before a colon, is left as it is.
    return re.sub("[ \t]+", " ", " ".join(text.splitlines())).strip()


def unsubscribing(url: str) -> dict[str, str]:
    """The headers by which a mail program stops such mails with one click (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }

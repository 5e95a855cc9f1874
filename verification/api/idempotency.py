"""Each change in one transaction, and at most once for each Idempotency-Key."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from verification.api.problems import KeyUsed, invalid
from verification.models import IdempotentRequest
from verification.services import once

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replay"
LONGEST = 255
#: Headers of the first answer that a replay repeats.
KEPT_HEADERS = ("Location",)

Handler = Callable[..., Response]


def one_change(handler: Handler) -> Handler:
    """A view's method that changes something: all of it in one transaction, or nothing.

    With an Idempotency-Key (POST only), a repetition gets the first answer. Only changes that were
    made are remembered: a refused request changed nothing, and may be mended and sent again under
    its key. A duplicate that arrives meanwhile waits for the first one, on the key's unique row.
    """

    @wraps(handler)
    def change(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER) if request.method == "POST" else None
        if key is not None:
            _check(key)
            # Read before the framework's parser takes the stream.
            fingerprint = _fingerprint(request)

        def attempt() -> Response:
            with transaction.atomic():
                if key is None:
                    return handler(view, request, *args, **kwargs)
                row = once.remember(
                    actor=view.actor, key=key, fingerprint=fingerprint, now=view.now
                )
                if row.status is not None:
                    return _replay(row, fingerprint)
                response = handler(view, request, *args, **kwargs)
                _keep(row, response)
                return response

        try:
            return attempt()
        except IntegrityError:
            # Somebody made the same source, claim or report between our look and our write. The
            # second time that is seen, and found or refused in words.
            return attempt()

    return change


def answered(view: Any, request: Request) -> bool:
    """Whether this key has its first answer already, so that nothing need be prepared for it."""
    # Kept by the request from here on, for the fingerprint that is taken later.
    request._request.body  # noqa: B018
    key = request.headers.get(HEADER)
    if key is None:
        return False
    _check(key)
    return IdempotentRequest.objects.filter(
        user=view.actor, key=key, status__isnull=False, received_at__gte=view.now - once.LIFETIME
    ).exists()


def _check(key: str) -> None:
    if not 0 < len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        raise invalid(
            HEADER, _("Send 1 to %(longest)s printable ASCII characters.") % {"longest": LONGEST}
        )


def _fingerprint(request: Request) -> str:
    return sha256(
        b"\0".join((str(request.method).encode(), request.path.encode(), request._request.body))
    ).hexdigest()


def _keep(row: IdempotentRequest, response: Response) -> None:
    row.status = response.status_code
    row.body = JSONRenderer().render(response.data).decode()
    row.headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    row.save(update_fields=["status", "body", "headers"])


def _replay(row: IdempotentRequest, fingerprint: str) -> Response:
    if row.fingerprint != fingerprint:
        raise KeyUsed(
            _("This Idempotency-Key came with another address or body before. Nothing was changed.")
        )
    return Response(
        json.loads(row.body), status=row.status, headers={**row.headers, REPLAYED: "true"}
    )

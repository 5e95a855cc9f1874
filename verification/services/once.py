"""What was asked for under a key is done once: whoever sends it again finds that out.

The API remembers whole answers under the keys of its callers, the desk what became of each claim
of a form that it gave out.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from verification.models import IdempotentRequest, User

#: How long a key is remembered.
LIFETIME = timedelta(hours=24)


def remember(*, actor: User, key: str, fingerprint: str, now: datetime) -> IdempotentRequest:
    """The row of this key: a new one without a status, or that of the first request.

    Call it inside the transaction of the change. Keys of the actor that are too old are forgotten.
    """
    mine = IdempotentRequest.objects.filter(user=actor)
    mine.filter(received_at__lt=now - LIFETIME).delete()
    try:
        # The insert waits for a transaction that holds the same key, whichever way that one ends.
        with transaction.atomic():
            return IdempotentRequest.objects.create(
                user=actor, key=key, fingerprint=fingerprint, received_at=now
            )
    except IntegrityError:
        return mine.get(key=key)

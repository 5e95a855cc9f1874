"""What was answered to a request that carried a key of its own."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class IdempotentRequest(models.Model):
    """A change that was made once: whoever sends it again gets the first answer.

    The row is written in the transaction of the change, so that there is never the one without the
    other. `fingerprint` is the SHA-256 of method, path and body; `body` is the answer's JSON as it
    was sent; `headers` are those of the answer that name something (`Location`). The desk keeps
    here what became of each claim of an article; its `body` names the claim.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]
        indexes = [models.Index(fields=["user", "received_at"], name="idempotency_oldest")]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.key}"

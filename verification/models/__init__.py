"""What is kept: every model of the app, importable from here."""

from verification.models.attention import Rung, Snooze, Watch
from verification.models.claim import Claim, Report, Story
from verification.models.idempotency import IdempotentRequest
from verification.models.ledger import LedgerEntry
from verification.models.notice import Digest, StoryUpdate, Suppression
from verification.models.pulse import Heartbeat
from verification.models.record import ClaimCount, Position, Record, RecordsRevision
from verification.models.reminder import Message, Reminder
from verification.models.snapshot import Rereading, Snapshot
from verification.models.source import Beat, Source, SourceAlias, SourceDomain
from verification.models.user import ApiToken, User
from verification.models.verdict import Evidence, Verdict
from verification.models.webhook import Delivery, Webhook

__all__ = [
    "ApiToken",
    "Beat",
    "Claim",
    "ClaimCount",
    "Delivery",
    "Digest",
    "Evidence",
    "Heartbeat",
    "IdempotentRequest",
    "LedgerEntry",
    "Message",
    "Position",
    "Record",
    "RecordsRevision",
    "Reminder",
    "Report",
    "Rereading",
    "Rung",
    "Snapshot",
    "Snooze",
    "Source",
    "SourceAlias",
    "SourceDomain",
    "Story",
    "StoryUpdate",
    "Suppression",
    "User",
    "Verdict",
    "Watch",
    "Webhook",
]

"""What is kept: every model of the app, importable from here."""

from verification.models.account import (
    AccountNotice,
    Attempts,
    DeskSession,
    RecoveryCode,
    SecondFactor,
)
from verification.models.attention import Rung, Snooze, Watch
from verification.models.claim import Claim
from verification.models.idempotency import IdempotentRequest
from verification.models.importrun import (
    ImportDifference,
    ImportedName,
    ImportNote,
    ImportPart,
    ImportRefusal,
    ImportRun,
)
from verification.models.ledger import LedgerEntry
from verification.models.notice import Digest, StoryUpdate, Suppression
from verification.models.past import Course, PastBreakdown, PastDay, PastRecord
from verification.models.proposal import Proposal, ProposalNotice
from verification.models.pulse import Heartbeat
from verification.models.record import Breakdown, ClaimCount, Position, Record, RecordsRevision
from verification.models.reminder import Message, Reminder
from verification.models.reply import Reply
from verification.models.report import Excerpt, Report, Story
from verification.models.snapshot import Rereading, Snapshot
from verification.models.source import Beat, Source, SourceAlias, SourceDomain
from verification.models.user import ApiToken, User
from verification.models.verdict import Evidence, Verdict
from verification.models.webhook import Delivery, Webhook

__all__ = [
    "AccountNotice",
    "ApiToken",
    "Attempts",
    "Beat",
    "Breakdown",
    "Claim",
    "ClaimCount",
    "Course",
    "Delivery",
    "DeskSession",
    "Digest",
    "Evidence",
    "Excerpt",
    "Heartbeat",
    "IdempotentRequest",
    "ImportDifference",
    "ImportNote",
    "ImportPart",
    "ImportRefusal",
    "ImportRun",
    "ImportedName",
    "LedgerEntry",
    "Message",
    "PastBreakdown",
    "PastDay",
    "PastRecord",
    "Position",
    "Proposal",
    "ProposalNotice",
    "Record",
    "RecordsRevision",
    "RecoveryCode",
    "Reminder",
    "Reply",
    "Report",
    "Rereading",
    "Rung",
    "SecondFactor",
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

"""What is on the desk: importing a module registers its pages."""

from verification.admin import (
    archive,
    beats,
    claims,
    outbox,
    proposals,
    sources,
    tokens,
    updates,
    users,
    webhooks,
)

__all__ = [
    "archive",
    "beats",
    "claims",
    "outbox",
    "proposals",
    "sources",
    "tokens",
    "updates",
    "users",
    "webhooks",
]

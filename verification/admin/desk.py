"""What is on the desk: importing a module registers its pages."""

from verification.admin import archive, claims, outbox, proposals, sources, tokens, updates, users

__all__ = [
    "archive",
    "claims",
    "outbox",
    "proposals",
    "sources",
    "tokens",
    "updates",
    "users",
]

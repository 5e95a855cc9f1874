"""What is on the desk: importing a module registers its pages."""

from verification.admin import archive, claims, outbox, sources, users

__all__ = ["archive", "claims", "outbox", "sources", "users"]

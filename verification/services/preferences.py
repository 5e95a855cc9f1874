"""What a user of the desk wants to be told."""

from __future__ import annotations

from verification.models import User


def stop_optional_mails(*, user: User) -> None:
    """No more mails before a deadline. Those on and after a deadline cannot be stopped."""
    muted = sorted({*user.muted_stages, "heads-up"})
    User.objects.filter(pk=user.pk).update(muted_stages=muted)

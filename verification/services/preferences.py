"""What a user of the desk wants to be told, when, and in which language.

What somebody has to act on cannot be declined: the mails on the day of a deadline, a week after it,
and those to the editor in charge.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification.domain.deadlines import OPTIONAL_STAGES
from verification.models import User
from verification.services import ledger, looks
from verification.services.drafts import Checks
from verification.services.errors import allow
from verification.services.people import within_reach

#: What may be set.
PREFERENCES = ("language", "mail_hour", "muted_stages", "weekly_digest")
#: What moves a reminder to another time, or makes it wanted.
TIMING = {"mail_hour", "muted_stages"}


@transaction.atomic
def set_preferences(
    *, actor: User, user: User, fields: Mapping[str, object], now: datetime
) -> User:
    """Sets what `fields` names of the `PREFERENCES`: one's own, or those of a user within reach.

    Raises ValidationError (by field) and PermissionDenied.
    """
    if actor != user:
        allow(actor, "change_user")
        if not within_reach(actor, user):
            raise PermissionDenied(_("This user holds permissions that you do not have."))
    ledger.hold()
    user = User.objects.get(pk=user.pk)
    checks = Checks()
    changed = []
    for name, value in fields.items():
        if name not in PREFERENCES:
            raise ValidationError({name: _("This cannot be changed.")})
        if name == "muted_stages":
            value = _in_order(checks, value)
        if getattr(user, name) != value:
            setattr(user, name, value)
            changed.append(name)
    checks.model(user, skip={field.name for field in User._meta.fields} - set(fields))
    checks.done()
    if changed:
        user.save(update_fields=changed)
        ledger.append(
            actor=actor,
            action="preferences set",
            now=now,
            content={"user": user.username, "fields": changed},
        )
    if TIMING & set(changed):
        looks.at_user(user, now)
    return user


@transaction.atomic
def stop(*, user: User, what: str, now: datetime) -> User:
    """Ends a kind of mail that the user may do without: "heads-up" or "digest".

    For the one-click link of a mail, whose signature is the permission. Raises ValidationError for
    any other kind.
    """
    if what == "digest":
        return set_preferences(actor=user, user=user, fields={"weekly_digest": False}, now=now)
    if what not in OPTIONAL_STAGES:
        raise ValidationError({"what": _("Mails of this kind are always sent.")})
    muted = [*user.muted_stages, what]
    return set_preferences(actor=user, user=user, fields={"muted_stages": muted}, now=now)


def _in_order(checks: Checks, value: object) -> list[str]:
    """The stages that are not wanted, each once, in the order of the ladder."""
    stages = list(value) if isinstance(value, list | tuple | set) else [value]
    if any(stage not in OPTIONAL_STAGES for stage in stages):
        checks.add(
            "muted_stages",
            _("Only these can be left out: %(stages)s. The others are always sent.")
            % {"stages": ", ".join(OPTIONAL_STAGES)},
        )
    return [stage for stage in OPTIONAL_STAGES if stage in stages]

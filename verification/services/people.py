"""The people of the desk: made, changed and given their role by somebody who may.

Nobody can give, or lay hands on, more than they have: whoever holds a permission that the actor
lacks (a superuser above all) is out of the actor's reach, and the only thing that is given is a
role.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth import password_validation
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from verification import roles
from verification.models import User
from verification.models.choices import AccountEvent
from verification.services import account_notices, ledger, looks, suppressions
from verification.services.drafts import Checks, one_line
from verification.services.errors import allow

#: What may be changed of a user, besides the role and the password.
USER_FIELDS = (
    "username", "first_name", "last_name", "email", "language", "weekly_digest", "is_active",
)  # fmt: skip
#: What decides whether a mail reaches a user.
REACHED = {"email", "is_active", "is_superuser"}
#: What only a superuser may change.
SUPERUSER_FIELDS = ("is_superuser",)


def role_of(user: User) -> str:
    """The highest role of a user; empty without one."""
    held = {group.name for group in user.groups.all()}
    return next((role for role in reversed(list(roles.ROLES)) if role in held), "")


def within_reach(actor: User, user: User) -> bool:
    """Whether the actor may change this user: who holds no permission that the actor lacks."""
    if actor.is_superuser:
        return True
    # An inactive user has no permissions as long as it is inactive: its groups are asked instead.
    held = {
        f"{app}.{codename}"
        for app, codename in user.groups.values_list(
            "permissions__content_type__app_label", "permissions__codename"
        )
        if codename
    } | {
        f"{app}.{codename}"
        for app, codename in user.user_permissions.values_list(
            "content_type__app_label", "codename"
        )
    }
    return not user.is_superuser and held <= actor.get_all_permissions()


@transaction.atomic
def create_user(
    *, actor: User, fields: Mapping[str, object], role: str, password: str, now: datetime
) -> User:
    """Makes a user of the desk. Raises ValidationError (by field), PermissionDenied."""
    allow(actor, "add_user")
    user = User(is_staff=True)
    _apply(actor, user, fields)
    checks = Checks()
    _check(checks, user, role)
    _check_password(checks, user, password)
    checks.done()
    user.set_password(password)
    user.save(force_insert=True)
    _give_role(user, role)
    looks.at_user(user, now)
    ledger.append(
        actor=actor,
        action="user created",
        now=now,
        content={"user": user.username, "role": role, "is_superuser": user.is_superuser},
    )
    return user


@transaction.atomic
def edit_user(
    *, actor: User, user: User, fields: Mapping[str, object], role: str, now: datetime
) -> User:
    """Changes a user and gives the role. Raises ValidationError (by field), PermissionDenied."""
    user = reach(actor, user)
    before, address = role_of(user), user.email
    changed = _apply(actor, user, fields)
    checks = Checks()
    _check(checks, user, role)
    if user == actor and not user.is_active:
        checks.add("is_active", _("You cannot sign yourself out for good."))
    checks.done()
    if changed:
        user.save(update_fields=changed)
    if not user.is_active:
        user.desk_sessions.all().delete()
    if role != before:
        _give_role(user, role)
    if role != before or REACHED & set(changed):
        looks.at_user(user, now)
    if changed or role != before:
        # The ledger is exported: it says which fields, not the private data in them.
        ledger.append(
            actor=actor,
            action="user edited",
            now=now,
            content={
                "user": user.username,
                "fields": changed,
                "role": role,
                "active": user.is_active,
                "is_superuser": user.is_superuser,
            },
        )
    if role != before or {"email", "is_active", "is_superuser"} & set(changed):
        suppressions.reach_changed(actor=actor, user=user, before=address, now=now)
    return user


@transaction.atomic
def set_password(*, actor: User, user: User, password: str, now: datetime) -> None:
    """Gives a user a new password. Raises ValidationError for `password`, PermissionDenied."""
    user = reach(actor, user)
    checks = Checks()
    _check_password(checks, user, password)
    checks.done()
    user.set_password(password)
    user.save(update_fields=["password"])
    user.desk_sessions.all().delete()
    account_notices.leave(user=user, event=AccountEvent.PASSWORD, address="", now=now)
    write_down(actor=actor, action="password set", user=user, now=now)


def reach(actor: User, user: User) -> User:
    """The user as it stands now. Raises PermissionDenied where the actor may not change it."""
    allow(actor, "change_user")
    user = User.objects.get(pk=user.pk)
    if not within_reach(actor, user):
        raise PermissionDenied(_("This user holds permissions that you do not have."))
    return user


def write_down(*, actor: User, action: str, user: User, now: datetime) -> None:
    """Enters what was done to an account into the ledger. Must be called inside a transaction."""
    ledger.append(actor=actor, action=action, now=now, content={"user": user.username})


def _apply(actor: User, user: User, fields: Mapping[str, object]) -> list[str]:
    """Sets what differs and returns the fields' names."""
    allowed = USER_FIELDS + (SUPERUSER_FIELDS if actor.is_superuser else ())
    changed = []
    for name, value in fields.items():
        if name not in allowed:
            raise ValidationError({name: _("This cannot be changed.")})
        value = one_line(value) if isinstance(value, str) else value
        if getattr(user, name) != value:
            setattr(user, name, value)
            changed.append(name)
    return changed


def _check(checks: Checks, user: User, role: str) -> None:
    checks.model(user, skip=["password"])
    if User.objects.filter(username__iexact=user.username).exclude(pk=user.pk).exists():
        checks.add("username", _("A user of this name exists already."))
    if role and role not in roles.ROLES:
        checks.add("role", _("The role is one of: %(roles)s.") % {"roles": ", ".join(roles.ROLES)})


def _check_password(checks: Checks, user: User, password: str) -> None:
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        for message in error.messages:
            checks.add("password", message)


def _give_role(user: User, role: str) -> None:
    """The role and no other one; groups that are no roles stay."""
    user.groups.remove(*Group.objects.filter(name__in=roles.ROLES))
    if role:
        user.groups.add(Group.objects.get(name=role))

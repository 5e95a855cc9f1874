"""Who asks: sessions of each role for the desk, tokens of each kind for the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client

from tests import factories
from tests.permissions.desk import RANKS
from tests.permissions.room import NOW
from verification import roles
from verification.models import User
from verification.services import tokens

SUPERUSER = "superuser"
#: Who is signed in and is nobody to the desk.
SHUT_OUT = ("anonymous", "left", "not of the desk")


def user_of(who: str) -> User | None:
    """Somebody of this kind, made anew."""
    if who == "anonymous":
        return None
    if who == SUPERUSER:
        return factories.UserFactory.create(is_superuser=True)
    if who == "left":
        return factories.managing_editor()
    if who == "not of the desk":
        return factories.managing_editor(is_staff=False)
    return factories.UserFactory.create() if who == "no role" else factories.with_role(who)


def client_of(who: str, *, csrf: bool = False) -> Client:
    """A session of such a person; a fault of the server is an answer like any other."""
    client = Client(enforce_csrf_checks=csrf, raise_request_exception=False)
    user = user_of(who)
    if user is not None:
        client.force_login(user)
    if user is not None and who == "left":
        user.is_active = False
        user.save(update_fields=["is_active"])
    return client


def rank_of(who: str) -> int:
    """The place among the ranks: a superuser is above all of them."""
    return len(RANKS) if who == SUPERUSER else RANKS.index(who)


# --- Programs -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Program:
    """Whose token a program has, and what limits it; a broken one is worth nothing."""

    who: str
    scopes: tuple[str, ...] | None = None
    broken: str = ""

    def __str__(self) -> str:
        limit = "" if self.scopes is None else f", {'+'.join(self.scopes) or 'no scope'}"
        return f"{self.who}{limit}{self.broken and ', ' + self.broken}"

    def holds(self, least: str, scopes: tuple[str, ...] = ()) -> bool:
        """Whether role and scopes are enough."""
        return rank_of(self.who) >= RANKS.index(least) and self.has(scopes)

    def has(self, scopes: tuple[str, ...]) -> bool:
        """Whether its scopes are enough, whatever the role."""
        return self.scopes is None or set(scopes) <= set(self.scopes)

    def client(self) -> Client:
        """A client that sends the token."""
        if self.who == "anonymous" and not self.broken:
            return Client(raise_request_exception=False)
        key = "made-up"
        if self.broken != "made up":
            user = user_of(self.who)
            assert user is not None
            made = NOW - timedelta(days=30)
            row, key = tokens.create(actor=None, user=user, scopes=self.scopes, days=60, now=made)
            if self.broken == "expired":
                row.expiry = NOW - timedelta(seconds=1)
                row.save(update_fields=["expiry"])
            elif self.broken == "revoked":
                tokens.revoke(
                    actor=factories.UserFactory.create(is_superuser=True), token=row, now=NOW
                )
            elif self.broken == "user left":
                user.is_active = False
                user.save(update_fields=["is_active"])
        return Client(HTTP_AUTHORIZATION=f"Bearer {key}", raise_request_exception=False)


LOG, DECIDE, READ = roles.LOG, roles.DECIDE, roles.READ_INTERNAL
MANAGING = roles.MANAGING_EDITOR
PROGRAMS = (
    Program("anonymous"),
    Program("no role"),
    *(Program(role) for role in roles.ROLES),
    Program(SUPERUSER),
    Program(roles.READER, (LOG, DECIDE, READ)),
    Program(roles.REPORTER, (LOG,)),
    Program(roles.REPORTER, (DECIDE,)),
    Program(roles.EDITOR, (LOG, READ)),
    Program(roles.EDITOR, (DECIDE,)),
    Program(MANAGING, ()),
    Program(MANAGING, (LOG,)),
    Program(MANAGING, (DECIDE,)),
    Program(MANAGING, (READ,)),
    Program(MANAGING, (LOG, DECIDE, READ)),
    Program(SUPERUSER, (LOG,)),
    Program(MANAGING, broken="expired"),
    Program(MANAGING, broken="revoked"),
    Program(MANAGING, broken="user left"),
    Program(MANAGING, broken="made up"),
)

"""The roles and scopes in the words of the desk. The groups' names are keys and stay so."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from verification import roles

ROLE_NAMES: dict[str, Any] = {
    roles.READER: _("reader"),
    roles.REPORTER: _("reporter"),
    roles.EDITOR: _("editor"),
    roles.MANAGING_EDITOR: _("managing editor"),
}
#: What each role may do, for who gives it.
ROLE_WORDS: dict[str, Any] = {
    "": _("no role: sees nothing"),
    roles.READER: _("reader: sees the desk, internal claims too, and changes nothing"),
    roles.REPORTER: _("reporter: logs claims and reports"),
    roles.EDITOR: _("editor: and decides, moves deadlines, assigns"),
    roles.MANAGING_EDITOR: _("managing editor: and voids, revises, keeps beats and users"),
}
#: What each scope lets a token do, for who makes one.
SCOPE_WORDS: dict[str, Any] = {
    roles.LOG: _("log: claims, reports and sources"),
    roles.DECIDE: _("decide: verdicts, deadlines, assignments"),
    roles.READ_INTERNAL: _("read internal claims"),
}

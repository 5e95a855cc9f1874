"""The roles of the desk, as groups: who may do what; and the scopes of tokens, which narrow it.

Each role has what the one before it has, and more. A migration makes the groups; changing this
table takes another migration that calls `make_roles`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

READER = "reader"
REPORTER = "reporter"
EDITOR = "editor"
MANAGING_EDITOR = "managing editor"

_READER = (
    "view_beat",
    "view_claim",
    "view_report",
    "view_reply",
    "view_story",
    "view_source",
    "view_verdict",
    "view_proposal",
    "view_evidence",
    "view_position",
    "view_record",
    "view_ledgerentry",
    "view_storyupdate",
)
_REPORTER = (
    *_READER,
    "add_claim",
    "change_claim",
    "add_report",
    "change_report",
    "add_story",
    "change_story",
    "add_reply",
    "change_reply",
    "add_source",
)
_EDITOR = (
    *_REPORTER,
    "decide_claim",
    "extend_claim",
    "assign_claim",
    "delete_report",
    "delete_story",
    "delete_reply",
    "change_source",
    "view_message",
    "view_reminder",
    "view_suppression",
    "change_storyupdate",
)
_MANAGING_EDITOR = (
    *_EDITOR,
    "revise_claim",
    "void_claim",
    "merge_source",
    "redact_source",
    "add_beat",
    "change_beat",
    "delete_beat",
    "change_message",
    "delete_suppression",
    "view_user",
    "add_user",
    "change_user",
    "view_apitoken",
    "add_apitoken",
    "delete_apitoken",
    *("view_webhook", "add_webhook", "change_webhook", "delete_webhook", "view_delivery"),
)
ROLES: dict[str, tuple[str, ...]] = {
    READER: _READER,
    REPORTER: _REPORTER,
    EDITOR: _EDITOR,
    MANAGING_EDITOR: _MANAGING_EDITOR,
}

#: What a token may be limited to, each with the permissions that it takes. Whatever is in none of
#: them, no limited token has: users, tokens, mail and the merging of sources are for people.
LOG, DECIDE, READ_INTERNAL = "log", "decide", "read-internal"
SCOPES: dict[str, tuple[str, ...]] = {
    LOG: (
        "add_claim",
        "change_claim",
        "add_report",
        "change_report",
        "add_source",
        "change_source",
        "add_beat",
    ),
    DECIDE: ("decide_claim", "extend_claim", "assign_claim", "revise_claim", "void_claim"),
    READ_INTERNAL: ("view_claim",),
}


def permissions_of(scopes: Iterable[str]) -> frozenset[str]:
    """What a token with these scopes may do at most; an unknown scope adds nothing."""
    return frozenset(codename for scope in scopes for codename in SCOPES.get(scope, ()))


def scope_of(codename: str) -> str:
    """The scope that takes a permission; empty where none does."""
    return next((scope for scope, codenames in SCOPES.items() if codename in codenames), "")


def make_roles(group_model: Any, permission_model: Any, *, known_only: bool = False) -> None:
    """Makes the groups, or gives those that stand exactly the permissions of the table.

    Takes the model classes, so that a migration can pass its historical ones; and `known_only`,
    since in the middle of history there are fewer models than this table knows. Without it an
    unknown permission raises LookupError.
    """
    for name, codenames in ROLES.items():
        group, _ = group_model.objects.get_or_create(name=name)
        permissions = permission_model.objects.filter(
            codename__in=codenames, content_type__app_label="verification"
        )
        missing = set(codenames) - set(permissions.values_list("codename", flat=True))
        if missing and not known_only:
            raise LookupError(f"The role {name} names unknown permissions: {sorted(missing)}")
        group.permissions.set(permissions)

"""From names to rows: what a body says of sources, beats and people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from verification.api.problems import invalid
from verification.models import Source, User
from verification.services.drafts import Checks, ReportDraft
from verification.services.pageoutlet import check_apart
from verification.services.sources import source_named


class Reports:
    """Makes drafts of reports. Unknown sources are made, so call it inside the transaction.

    What is wrong with several reports is told at once.
    """

    def __init__(self, actor: User, now: datetime) -> None:
        self.actor, self.now = actor, now
        self.known: dict[str, Source] = {}

    def drafts(self, rows: list[dict[str, Any]], prefix: str = "reports.") -> list[ReportDraft]:
        """One draft for each row. Raises ValidationError for `reports.0.source` and its like."""
        checks = Checks()
        for index, row in enumerate(rows):
            _check_apart(checks, row, f"{prefix}{index}.via")
        checks.done()
        named: list[tuple[Source | None, Source | None]] = [
            (
                self._source(checks, row["source"], f"{prefix}{index}.source"),
                self._source(checks, row.get("via", ""), f"{prefix}{index}.via"),
            )
            for index, row in enumerate(rows)
        ]
        checks.done()
        return [
            _draft(row, source, via)
            for row, (source, via) in zip(rows, named, strict=True)
            if source is not None
        ]

    def draft(self, row: dict[str, Any]) -> ReportDraft:
        """One draft. Raises ValidationError for `source` or `via`."""
        checks = Checks()
        _check_apart(checks, row, "via")
        checks.done()
        source = source_named(actor=self.actor, name=row["source"], now=self.now)
        via = None
        if row.get("via"):
            via = source_named(actor=self.actor, name=row["via"], now=self.now, field="via")
        return _draft(row, source, via)

    def _source(self, checks: Checks, name: str, field: str) -> Source | None:
        if not name:
            return None
        if name not in self.known:
            try:
                self.known[name] = source_named(
                    actor=self.actor, name=name, now=self.now, field=field
                )
            except ValidationError as error:
                for wrong, messages in error.message_dict.items():
                    for message in messages:
                        checks.add(wrong, message)
                return None
        return self.known[name]


def _check_apart(checks: Checks, row: Mapping[str, Any], field: str) -> None:
    check_apart(checks, source=row["source"], via=row.get("via") or "", field=field)


def _draft(row: Mapping[str, Any], source: Source, via: Source | None) -> ReportDraft:
    return ReportDraft(
        source=source,
        via=via,
        published_on=row["published_on"],
        stance=row["stance"],
        certainty=row.get("certainty") or "",
        **{name: row.get(name, "") for name in ("author", "url", "headline", "hedge")},
    )


def person(username: str) -> User | None:
    """Who has this username; nobody where it is empty. Raises ValidationError for `assignee`."""
    if not username:
        return None
    user = User.objects.filter(username=username).first()
    if user is None:
        raise invalid(
            "assignee", _("There is nobody called “%(name)s” on the desk.") % {"name": username}
        )
    return user

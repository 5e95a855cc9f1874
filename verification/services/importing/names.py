"""What the names of some rows stand for, asked once for all of them.

The words are matched as `naming.Names` matches them one by one, and what is not found here is
asked there: so a name means the same in a file of one claim and in one of a hundred thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from verification.models import Beat, Claim, Report, Source, User
from verification.services import sourcematch
from verification.services.claimfields import Row
from verification.services.drafts import Checks, one_line
from verification.services.importing.differing import Key, report_key
from verification.services.importing.naming import Made, Names
from verification.services.importing.plans import Plan

#: Claims with all that a file may say otherwise of them.
_CLAIMS = Claim.objects.select_related("beat", "assignee", "verdict").prefetch_related(
    "verdict__evidence"
)
#: So many values stand in one query.
ASKED = 500


class KnownNames(Names):
    """The names in some rows. What is made meanwhile is known from then on."""

    def __init__(self, actor: User, now: datetime, rows: Iterable[Row]) -> None:
        super().__init__(actor, now)
        texts: dict[str, set[str]] = defaultdict(set)
        for kind, value in {(kind, str(value)) for row in rows for kind, value in _named(row)}:
            text = one_line(value)
            if text and Checks().text("", text):
                texts[kind].add(text)
        self._sources = sourcematch.match(texts["source"])
        self._beats = _beats(texts["beat"])
        self._users = {
            user.username: user
            for part in parts(texts["user"])
            for user in User.objects.filter(username__in=part)
        }
        self._new: list[tuple[dict[str, Any], str]] = []
        self._claims = {
            claim.slug: claim
            for part in parts(texts["slug"])
            for claim in _CLAIMS.filter(slug__in=part)
        }
        self._worded: dict[str, list[Claim]] = defaultdict(list)
        for part in parts(texts["statement"]):
            for claim in _CLAIMS.filter(statement__in=part).order_by("id"):
                self._worded[claim.statement].append(claim)
        self._reports: dict[int, dict[Key, Report]] = defaultdict(dict)
        found = [claim.pk for claim in self._claims.values()]
        found += [claim.pk for claims in self._worded.values() for claim in claims]
        for part in parts(found):
            for report in Report.objects.filter(claim__in=part).select_related("source", "via"):
                self._reports[report.claim_id][report_key(report)] = report

    def source(self, name: str, field: str, within: str = "", address: str = "") -> Source:
        """The source; an unknown one is made, where the actor may."""
        # As it stands, as it does nearly always, or on one line.
        known: Source | None = self._sources.get(name) or self._sources.get(one_line(name))
        if known is not None:
            return known
        found = super().source(name, field, within, address)
        self._learn(self._sources, one_line(name), found)
        return found

    def beat(self, name: str) -> Beat:
        """The beat; an unknown one is made, where the actor may."""
        text = one_line(name)
        found: Beat | None = self._beats.get(text)
        if found is None:
            found = super().beat(name)
            self._learn(self._beats, text, found)
        return found

    def meant(self, name: str) -> list[Source]:
        """The sources that a name may stand for; nothing is made."""
        found = self._sources.get(one_line(name))
        return [found] if found else super().meant(name)

    def itself(self, source: str, via: str) -> str:
        """Where a source credits itself: the name to take for both; empty where they are two."""
        mine, theirs = self._sources.get(source), self._sources.get(via)
        if mine is not None and theirs is not None:
            return source if mine.pk == theirs.pk else ""
        return super().itself(source, via)

    def user(self, name: str) -> User | None:
        """The user of the desk."""
        return self._users.get(name) or super().user(name)

    def claim(self, plan: Plan) -> Claim | None:
        """The claim that is there already."""
        if plan.slug:
            return self._claims.get(plan.slug)
        worded = self._worded.get(one_line(plan.statement))
        # Told apart by their beat, which is seldom needed.
        known = plan.known() if worded else None
        return next((claim for claim in worded or () if claim == known), known)

    def reports(self, claim: Claim) -> dict[Key, Report]:
        """The reports that a known claim has, by what tells them apart."""
        return self._reports[claim.pk]

    def all_known(self, row: Row) -> bool:
        """Whether nothing has to be made before the row can come in."""
        for kind, value in _named(row):
            if kind in {"source", "beat"}:
                known = self._sources if kind == "source" else self._beats
                text = str(value)
                if text not in known and one_line(text) not in known:
                    return False
        return True

    def sources_changed(self) -> None:
        """Sources were made or renamed by themselves: what was found before may be another now."""
        self._sources.clear()

    def _learn(self, known: dict[str, Any], text: str, row: Any) -> None:
        known[text] = row
        self._new.append((known, text))

    def keep(self) -> list[Made]:
        """What was made since the last call, which is there to stay."""
        self._new.clear()
        return super().keep()

    def forget(self) -> None:
        """What was made since then was undone."""
        for known, text in self._new:
            known.pop(text, None)
        self._new.clear()
        super().forget()


def _named(row: Row) -> Iterator[tuple[str, Any]]:
    """The names in a row, each with its kind; whatever else stands there is not looked at."""
    if row.get("beat"):
        yield "beat", row["beat"]
    if row.get("assignee"):
        yield "user", row["assignee"]
    if row.get("id"):
        yield "slug", row["id"]
    elif row.get("statement"):
        yield "statement", row["statement"]
    reports = row.get("reports")
    for report in reports if isinstance(reports, list) else ():
        if isinstance(report, dict):
            for name in ("source", "via"):
                if report.get(name):
                    yield "source", report[name]


def _beats(texts: set[str]) -> dict[str, Beat]:
    """The beats by the texts that name them: by slug, else by name in whatever case."""
    beats = list(Beat.objects.order_by("-id"))
    by_slug = {beat.slug: beat for beat in beats}
    by_name = {_folded(beat.name): beat for beat in beats}
    found = {text: by_slug.get(text) or by_name.get(_folded(text)) for text in texts}
    return {text: beat for text, beat in found.items() if beat}


def _folded(text: str) -> str:
    """A name in small letters as the database has them: SQLite knows no case but ASCII's."""
    if connection.vendor == "postgresql" or text.isascii():
        return text.lower()
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, as many at a time as a query takes."""
    known = list(values)
    for start in range(0, len(known), ASKED):
        yield known[start : start + ASKED]

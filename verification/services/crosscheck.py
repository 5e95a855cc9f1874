"""Comparing claims and verdicts with what the ledger tells of them.

The chain proves that the ledger was not changed; this, that the rows are the ones it tells of. A
verdict that somebody changed by SQL, past the triggers, is found here. What is compared: that each
claim was logged once and has the wording, the deadline, the beat and the publicity of its last
entry that names them; and each of its verdicts, with the evidence. Reports are not compared: a
merge of sources moves them in one entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from verification.models import Claim, LedgerEntry, Verdict

#: Claims that are compared at once.
CHUNK = 500
#: What an entry may say of a claim, and the claim has.
WORDING = (
    "statement", "criteria", "language", "beat", "public",
    "deadline", "deadline_text", "deadline_precision", "deadline_basis",
)  # fmt: skip
VERDICTS = ("verdict", "verdict revised", "claim reopened")
TELLING = ("claim logged", "claim edited", "deadline moved", *VERDICTS)


def differences() -> Iterator[str]:
    """Each difference in words. The memory that it takes does not grow with the claims."""
    last = 0
    while True:
        claims = list(
            Claim.objects.filter(pk__gt=last).select_related("beat").order_by("pk")[:CHUNK]
        )
        if not claims:
            return
        yield from _of(claims)
        last = claims[-1].pk


def _of(claims: Sequence[Claim]) -> Iterator[str]:
    between = {"claim__gte": claims[0].pk, "claim__lte": claims[-1].pk}
    entries: dict[int, list[LedgerEntry]] = defaultdict(list)
    for entry in LedgerEntry.objects.filter(action__in=TELLING, **between).order_by("number"):
        entries[entry.claim_id or 0].append(entry)
    verdicts: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in (
        Verdict.objects.filter(**between).prefetch_related("evidence").order_by("claim", "id")
    ):
        verdicts[verdict.claim_id].append(verdict)
    for claim in claims:
        for what in _wrong(claim, entries[claim.pk], verdicts[claim.pk]):
            yield f"Claim {claim.slug}: {what}."


def _wrong(
    claim: Claim, entries: Sequence[LedgerEntry], verdicts: Sequence[Verdict]
) -> Iterator[str]:
    logged = sum(entry.action == "claim logged" for entry in entries)
    if logged != 1:
        yield f"{logged} entries say that it was logged, and there should be one"
    for entry in entries:
        if entry.claim_slug != claim.slug:
            yield f"entry {entry.number} calls it {entry.claim_slug}"
    kept = _plain({name: getattr(claim, name) for name in WORDING})
    for name, (value, number) in _told(entries).items():
        if kept[name] != value:
            yield f"{name} is {kept[name]!r}, and entry {number} says {value!r}"
    told = [entry for entry in entries if entry.action in VERDICTS]
    if len(told) != len(verdicts):
        yield f"it has {len(verdicts)} verdicts, and the ledger tells of {len(told)}"
    for verdict, entry in zip(verdicts, told, strict=False):
        yield from _verdict(verdict, entry)
    current = verdicts[-1].outcome if verdicts else ""
    if claim.outcome != ("" if current == "reopened" else current):
        yield f"its outcome is {claim.outcome or 'none'}, and its last verdict {current or 'none'}"


def _told(entries: Sequence[LedgerEntry]) -> dict[str, tuple[object, int]]:
    """What the ledger said last of each part of the wording, with the entry's number."""
    told: dict[str, tuple[object, int]] = {}
    for entry in entries:
        for name in WORDING:
            if entry.action not in VERDICTS and name in entry.content:
                told[name] = entry.content[name], entry.number
    return told


def _verdict(verdict: Verdict, entry: LedgerEntry) -> Iterator[str]:
    if entry.redacted_by is not None:
        return
    kept: dict[str, object] = {
        "outcome": verdict.outcome,
        "rationale": verdict.rationale,
        "became_known_on": verdict.became_known_on,
        "evidence": [
            _plain({"title": row.title, "url": row.url, "published_on": row.published_on})
            for row in verdict.evidence.all()
        ],
    }
    # An entry names a reason for the correction only where one was given.
    if verdict.correction or "correction" in entry.content:
        kept["correction"] = verdict.correction
    for name, value in _plain(kept).items():
        if value != entry.content.get(name):
            yield (
                f"the verdict of entry {entry.number} has {name} {value!r}, "
                f"and the entry says {entry.content.get(name)!r}"
            )
    if verdict.decided_at != entry.recorded_at:
        yield f"the verdict of entry {entry.number} has another time than the entry"
    if verdict.decided_by_id != entry.actor_id:
        yield f"the verdict of entry {entry.number} has another author than the entry"


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {
        name: value.isoformat() if isinstance(value, date) else getattr(value, "slug", value)
        for name, value in values.items()
    }

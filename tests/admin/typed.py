"""What an editor types into the forms of the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from verification.models import Claim


def url(name: str, *args: Any) -> str:
    return reverse(f"admin:verification_{name}", args=args)


def rows(name: str, *typed: dict[str, Any], blank: int = 0) -> dict[str, Any]:
    """The rows of one kind as a browser sends them, `blank` empty ones after them."""
    total = len(typed) + blank
    data: dict[str, Any] = {f"{name}-TOTAL_FORMS": str(total), f"{name}-INITIAL_FORMS": "0"}
    for index, row in enumerate(typed):
        data |= {f"{name}-{index}-{field}": value for field, value in row.items()}
    return data


def evidence(**changes: Any) -> dict[str, Any]:
    return {"title": "The announcement", "url": "https://example.org/news", **changes}


def verdict(claim: Claim, *pages: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "version": claim.version,
        "outcome": "confirmed",
        "became_known_on": "2026-02-27",
        "rationale": "Both companies said so.",
        **rows("evidence", *pages, blank=1),
        **changes,
    }


def report(**changes: Any) -> dict[str, Any]:
    return {
        "source": "The Wall Street Journal",
        "published_on": "2026-01-29",
        "url": "https://wsj.example/amazon",
        "via": "",
        "stance": "asserts",
        "certainty": "",
        "hedge": "could",
        "author": "",
        "headline": "",
        **changes,
    }


def claim(in_beat: str, *reports: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "statement": "Amazon will put at least $50bn into OpenAI.",
        "criteria": "Confirmed if either says so.",
        "beat": in_beat,
        "language": "en",
        "public": "on",
        "assignee": "",
        "deadline": "2026-06-30",
        "deadline_text": "by the end of June",
        "deadline_precision": "month",
        "deadline_basis": "source",
        **rows("reports", *reports),
        **rows("stories"),
        **changes,
    }

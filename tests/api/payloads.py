"""Bodies as a client would send them, and what to look at in the answers."""

from __future__ import annotations

from typing import Any

from django.apps import apps

CLAIMS = "/api/v1/claims/"
SOURCES = "/api/v1/sources/"
PROBLEM = "application/problem+json"


def report(**fields: Any) -> dict[str, Any]:
    return {
        "source": "The Wall Street Journal",
        "url": "https://wsj.example/amazon-openai",
        "published_on": "2026-01-29",
        "hedge": "up to",
        "certainty": "roughly even chance",
    } | fields


def claim(**fields: Any) -> dict[str, Any]:
    return {
        "statement": "Amazon will put at least $50bn into OpenAI.",
        "criteria": "Confirmed if either says so on the record.",
        "language": "en",
        "beat": "AI & tech business",
        "deadline": "2026-03-31",
        "deadline_text": "end of Q1 2026",
        "deadline_precision": "quarter",
        "deadline_basis": "source",
        "reports": [report()],
    } | fields


def verdict(outcome: str = "confirmed", **fields: Any) -> dict[str, Any]:
    return {
        "outcome": outcome,
        "rationale": "Announced by the company.",
        "became_known_on": "2026-02-27",
        "evidence": [
            {
                "title": "The announcement",
                "url": "https://openai.example/announcement",
                "published_on": "2026-02-27",
            }
        ],
    } | fields


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def wrong(response: Any) -> dict[str, str]:
    """The wrong fields that a problem names, each with what is said of it."""
    assert response["Content-Type"] == PROBLEM, response.content
    return {error["field"]: error["detail"] for error in response.json().get("errors", [])}

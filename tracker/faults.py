"""Tells a Sentry of the newsroom's choice of exceptions, if there is one.

Nothing is loaded and nothing leaves the machine without SENTRY_DSN. What is told is put together
from what is named here, and anything else an event may have is left out: requests with their
bodies, cookies and headers, users, the values of variables, what was logged before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings

from tracker.scrub import scrubbed
from tracker.tracing import REQUEST_ID, TASK_ID

if TYPE_CHECKING:
    from sentry_sdk.types import Event

#: What of an event is told as it is.
KEPT = (
    "environment", "event_id", "exception", "fingerprint", "level", "logentry", "logger",
    "platform", "release", "sdk", "timestamp", "transaction", "transaction_info",
)  # fmt: skip
#: What of a frame of a trace is told; not the values of its variables.
FRAME = (
    "abs_path", "context_line", "filename", "function", "in_app", "lineno", "module",
    "post_context", "pre_context",
)  # fmt: skip


def start() -> None:
    """Begins to tell, in this process and those that it forks."""
    if not settings.SENTRY_DSN:
        return
    import sentry_sdk
    from sentry_sdk.integrations.celery import CeleryIntegration
    from sentry_sdk.integrations.django import DjangoIntegration
    from sentry_sdk.integrations.logging import LoggingIntegration

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        environment=settings.SENTRY_ENVIRONMENT,
        release=settings.RELEASE,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        # Exceptions, and nothing else: neither times nor sessions, nor what the SDK is at.
        auto_session_tracking=False,
        send_client_reports=False,
        propagate_traces=False,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(
                transaction_style="function_name", signals_spans=False, middleware_spans=False
            ),
            CeleryIntegration(propagate_traces=False),
            LoggingIntegration(level=None),
        ],
        before_send=told,
    )


def told(event: Event, _hint: Mapping[str, Any]) -> Event:
    """What is told of an event."""
    found: Any = {name: event.get(name) for name in KEPT if name in event}
    if entry := found.get("logentry"):
        words = entry.get("formatted") or entry.get("message") or ""
        found["logentry"] = {"formatted": scrubbed(str(words))}
    if raised := found.get("exception"):
        found["exception"] = {"values": [_exception(one) for one in raised.get("values", ())]}
    found["tags"] = {
        name: value
        for name, value in (("request_id", REQUEST_ID.get()), ("task_id", TASK_ID.get()))
        if value
    }
    return cast("Event", found)


def _exception(one: Mapping[str, Any]) -> dict[str, Any]:
    """One exception of a chain: its kind, what it says, and the way it took through the code."""
    kept = {name: one[name] for name in ("type", "module", "mechanism") if name in one}
    kept["value"] = scrubbed(str(one.get("value") or ""))
    mechanism = kept.get("mechanism") or {}
    kept["mechanism"] = {
        name: mechanism[name]
        for name in ("type", "handled", "exception_id", "parent_id", "source")
        if name in mechanism
    }
    trace = one.get("stacktrace") or {}
    kept["stacktrace"] = {
        "frames": [
            {name: frame[name] for name in FRAME if name in frame}
            for frame in trace.get("frames", ())
        ]
    }
    return kept

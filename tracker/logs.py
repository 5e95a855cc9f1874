"""Where the processes' logs go, and in which form: to stderr, for whatever runs the process.

`json`: one object a line, for programs. `plain`: for people who look at a terminal. In either, a
value with a line break in it makes no second line, or one that nobody takes for a record; what
looks like a secret or a mail address is taken out.
"""

from __future__ import annotations

import json
import logging
import logging.config
import re
from datetime import UTC, datetime
from typing import Any

from celery.signals import setup_logging
from django.conf import settings

from tracker.scrub import scrubbed
from tracker.tracing import REQUEST_ID, TASK_ID

JSON: str = "json"
PLAIN: str = "plain"
FORMS: tuple[str, ...] = (JSON, PLAIN)
#: What a terminal or a reader of logs would take for a command or the end of a line.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def configuration(form: str) -> dict[str, Any]:
    """The configuration of Python's logging. Gunicorn and Celery keep to it as well."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            JSON: {"()": "tracker.logs.JsonLines"},
            PLAIN: {"()": "tracker.logs.PlainLines"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # By itself Django tells an error's trace to nobody but the administrators' mail.
            "django": {"handlers": [], "level": "WARNING"},
            # A page that is not there is the visitor's affair.
            "django.request": {"level": "ERROR"},
            # That it starts and stops, and why.
            "gunicorn.error": {"handlers": [], "level": "INFO", "propagate": True},
        },
    }


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, event, and what is known of who is at work."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, object] = {
            "time": moment(record.created),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": scrubbed(message(record)),
            **at_work(),
        }
        if trace := self.trace(record):
            said["trace"] = trace
        # Not as it is: a terminal would obey control signs, and JSON's own escapes hold them all.
        return json.dumps(said, ensure_ascii=True)

    def trace(self, record: logging.LogRecord) -> str:
        """Where an exception came from, without the values of variables."""
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        parts = [record.exc_text or ""]
        if record.stack_info:
            parts.append(self.formatStack(record.stack_info))
        return scrubbed("\n".join(part for part in parts if part))


class PlainLines(JsonLines):
    """A line that begins with the time; what belongs to it and takes further lines is indented."""

    def format(self, record: logging.LogRecord) -> str:
        event = on_one_line(scrubbed(message(record)))
        who = "".join(f" {name}={value}" for name, value in at_work().items())
        line = f"{moment(record.created)} {record.levelname} {record.name} {event}{who}"
        if trace := self.trace(record):
            rows = (_UNSEEN.sub(_escaped, row) for row in trace.split("\n"))
            line = "\n    ".join((line, *rows))
        return line


def moment(seconds: float) -> str:
    """An instant in UTC, to the millisecond."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def at_work() -> dict[str, str]:
    """The request and the task at work, if there is one."""
    found = {"request_id": REQUEST_ID.get(), "task_id": TASK_ID.get()}
    return {name: value for name, value in found.items() if value}


def message(record: logging.LogRecord) -> str:
    """What a record says. Django writes the path into some of them, which may hold a secret."""
    said = record.getMessage()
    request = getattr(record, "request", None)
    path = getattr(request, "path", "")
    if path:
        match = getattr(request, "resolver_match", None)
        said = said.replace(path, f"the view {match.view_name}" if match else "no view")
    return said


def on_one_line(text: str) -> str:
    """The text with its line breaks and control signs written out."""
    return _UNSEEN.sub(_escaped, text.replace("\n", "\\n"))


def _escaped(sign: re.Match[str]) -> str:
    return sign[0].encode("unicode_escape").decode("ascii")


@setup_logging.connect
def like_the_others(loglevel: int | str | None = None, **_kwargs: object) -> None:
    """Celery leaves logging to us. `--loglevel` says how much of it comes from Celery itself."""
    logging.config.dictConfig(settings.LOGGING)
    logging.captureWarnings(True)
    logging.getLogger("celery").setLevel(loglevel or logging.WARNING)

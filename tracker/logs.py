"""Where the processes' logs go, and in which form."""

from __future__ import annotations

from typing import Any

# To stderr, for whatever runs the process. By itself Django tells an error's trace to nobody but
# the administrators' mail, and there is none here.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        # A page that is not there is the visitor's affair.
        "django.request": {"level": "ERROR"},
    },
}

"""The product's own settings, and what the suite injects into the processes."""

from tracker.settings import *  # noqa: F403

INSTALLED_APPS += ["tests.faults.injected.InjectedConfig"]  # noqa: F405

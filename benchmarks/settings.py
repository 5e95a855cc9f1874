"""The product's own settings, with the addresses of the peers beside its own."""

from tracker.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]

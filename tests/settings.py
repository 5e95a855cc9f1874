"""The settings of the tests: the product's own, from an environment that holds no surprises.

Whatever the developer's shell sets (a mail server, a language, a zone) is left out. Only
`DATABASE_URL` and `CELERY_BROKER_URL` count, so that the same suite runs on the embedded defaults
and on PostgreSQL and Redis.
"""

import os
import tempfile

for name in (
    "ACCESS_LOG",
    "ALLOWED_HOSTS",
    "API_REQUESTS_PER_ADDRESS",
    "API_REQUESTS_PER_TOKEN",
    "API_WRONG_TOKENS_PER_ADDRESS",
    "CACHE_URL",
    "DATABASE_IDLE_SECONDS",
    "DATABASE_STATEMENT_SECONDS",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_HOST",
    "EMAIL_HOST_PASSWORD",
    "EMAIL_HOST_USER",
    "EMAIL_PORT",
    "EMAIL_TIMEOUT",
    "EMAIL_USE_SSL",
    "EMAIL_USE_TLS",
    "EMBED_ACCENT",
    "HSTS_PRELOAD",
    "HSTS_SECONDS",
    "HSTS_SUBDOMAINS",
    "IMPORT_MAX_MB",
    "LANGUAGE_CODE",
    "LOG_FORMAT",
    "METRICS_TOKEN",
    "METRICS_TOKEN_FILE",
    "MIGRATION_LOCK_SECONDS",
    "NEWSROOM_TIME_ZONE",
    "PAGES_PER_USER",
    "PORT",
    "RELEASE",
    "REMINDER_HOUR",
    "REMINDER_SWEEP_SECONDS",
    "REQUIRE_SECOND_FACTOR",
    "REREAD_PAGES",
    "SECRET_KEY_FALLBACKS",
    "SECRET_KEY_FALLBACKS_FILE",
    "SECRET_KEY_FILE",
    "SENTRY_DSN",
    "SENTRY_DSN_FILE",
    "SENTRY_ENVIRONMENT",
    "SESSION_IDLE_HOURS",
    "SESSION_MAX_HOURS",
    "SILENCE_SECONDS",
    "SITE_NAME",
    "SITE_URL",
    "TRUSTED_PROXIES",
):
    os.environ.pop(name, None)
os.environ["SECRET_KEY"] = "the-tests-own-key"
# A demo that runs beside the tests keeps its files to itself.
scratch = tempfile.TemporaryDirectory(prefix="borneout-tests-")  # removed when the run ends
os.environ["VAR_DIR"] = scratch.name

from tracker.settings import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # A file, as in production: SQLite's in-memory database locks in another way.
    DATABASES["default"]["TEST"] = {"NAME": f"{scratch.name}/tests.sqlite3"}  # noqa: F405
    # It goes with the run, so that nothing has to wait for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # noqa: F405

# The real hash takes a tenth of a second for each user and each login, on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each test that counts requests says how many it allows, and nothing is left for the next run.
CACHES["counts"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
API_REQUESTS_PER_ADDRESS = API_REQUESTS_PER_TOKEN = API_WRONG_TOKENS_PER_ADDRESS = 0
PAGES_PER_USER = 0

# Static files are found when they are asked for; listing them all takes 40 ms for each test client.
WHITENOISE_AUTOREFRESH = True

"""Settings of Borne Out. What differs between two newsrooms is read from the environment."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tracker import broker, connections, env, logs, security, version
from tracker.api import (  # noqa: F401  (what is read here is a setting)
    KNOX_TOKEN_MODEL,
    MIGRATION_MODULES,
    REST_FRAMEWORK,
    REST_KNOX,
    described,
)
from tracker.parts import (  # noqa: F401  (what is read here is a setting)
    ASGI_APPLICATION,
    AUTH_PASSWORD_VALIDATORS,
    AUTH_USER_MODEL,
    BASE_DIR,
    INSTALLED_APPS,
    LOGIN_URL,
    MIDDLEWARE,
    PASSWORD_HASHERS,
    ROOT_URLCONF,
    TEMPLATES,
    WSGI_APPLICATION,
)
from tracker.workers import (  # noqa: F401  (what this module reads is a setting)
    CELERY_ACCEPT_CONTENT,
    CELERY_BEAT_SCHEDULER,
    CELERY_BROKER_CONNECTION_MAX_RETRIES,
    CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP,
    CELERY_TASK_ACKS_LATE,
    CELERY_TASK_IGNORE_RESULT,
    CELERY_TASK_REJECT_ON_WORKER_LOST,
    CELERY_TASK_SERIALIZER,
    CELERY_TASK_TIME_LIMIT,
    CELERY_TIMEZONE,
    CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS,
    CELERY_WORKER_PREFETCH_MULTIPLIER,
    QUEUE,
)
from verification import roles

# Where the product keeps what it writes: the SQLite file, the embedded broker, mails, the key.
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

# --- The newsroom -------------------------------------------------------------------------------

SITE_NAME = env.text("SITE_NAME", "Borne Out")
# The port of the demo; a deployment says its whole address.
PORT = env.integer("PORT", 8000, low=1, high=65_535)
SITE_URL = env.site_url("SITE_URL", f"http://127.0.0.1:{PORT}")
NEWSROOM_TIME_ZONE = env.zone("NEWSROOM_TIME_ZONE", "UTC")
# The colour of the newsroom in widgets on other people's pages; a page may ask for another.
EMBED_ACCENT = env.colour("EMBED_ACCENT")
REMINDER_HOUR = env.integer("REMINDER_HOUR", 9, low=0, high=23)
REMINDER_SWEEP_SECONDS = env.seconds("REMINDER_SWEEP_SECONDS", 60, low=0.05, high=86_400)

# --- Django -------------------------------------------------------------------------------------

DEBUG = env.boolean("DEBUG")
# `make demo` leaves a key here, so that the other commands of a demo need no environment.
KEY_FILE = VAR_DIR / "secret_key"
SECRET_KEY = env.secret("SECRET_KEY") or (
    KEY_FILE.read_text(encoding="ascii").strip() if KEY_FILE.exists() else ""
)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: it takes a long random string "
            "(or DEBUG=1 on a machine that nobody else can reach)."
        )
    SECRET_KEY = "insecure-development-key"  # noqa: S105  (only ever with DEBUG=1)

SITE_HOST = urlsplit(SITE_URL).hostname or "127.0.0.1"
SITE_IS_LOCAL = SITE_HOST in security.LOCAL
SITE_IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", sorted({SITE_HOST, "127.0.0.1", "localhost", "[::1]"}))
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Data ---------------------------------------------------------------------------------------

# After so many seconds without a sign of life PostgreSQL or Redis is given up, and so are we by
# them. Shorter than a lease, so that who takes a message over finds it unlocked.
SILENCE_SECONDS = env.seconds("SILENCE_SECONDS", 20, low=2, high=600)
# PostgreSQL ends a transaction in which nothing happens, since its process hangs or was stopped,
# and a statement that takes longer than any of ours. Both hold for migrations not at all.
DATABASE_IDLE_SECONDS = env.integer("DATABASE_IDLE_SECONDS", 300, low=0, high=86_400)
DATABASE_STATEMENT_SECONDS = env.integer("DATABASE_STATEMENT_SECONDS", 900, low=0, high=86_400)
# So long a migration waits for others to let go of a table before it gives up, for them to go on.
MIGRATION_LOCK_SECONDS = env.seconds("MIGRATION_LOCK_SECONDS", 5, low=0.1, high=3_600)
DATABASES = {
    "default": connections.database(
        env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'borneout.sqlite3'}"),
        silence=SILENCE_SECONDS,
        idle=DATABASE_IDLE_SECONDS,
        statement=DATABASE_STATEMENT_SECONDS,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = env.address("CACHE_URL", "", ("redis", "rediss", "unix"))
CACHES: dict[str, dict[str, object]] = {
    "default": (
        connections.cache(CACHE_URL, silence=SILENCE_SECONDS, patience=5)
        if CACHE_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# --- Languages and times ------------------------------------------------------------------------

LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_CODE = env.choice("LANGUAGE_CODE", "en", ("en", "fr"))
LOCALE_PATHS = [BASE_DIR / "verification" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["verification.formats"]
USE_TZ = True
TIME_ZONE = NEWSROOM_TIME_ZONE

# --- Claims files -------------------------------------------------------------------------------

# What the desk takes as one file, in megabytes. Larger ones come in by the command.
IMPORT_MAX_MB = env.integer("IMPORT_MAX_MB", 50, low=1, high=1_000)

# --- Static files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
# Made even where it stays empty: WhiteNoise warns of a folder that is not there.
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
# Served from the apps' own folders, so that a fresh checkout needs no collectstatic.
WHITENOISE_USE_FINDERS = True

# --- Mail ---------------------------------------------------------------------------------------

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 25, low=1, high=65_535)
EMAIL_HOST_USER = env.secret("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS")
EMAIL_USE_SSL = env.boolean("EMAIL_USE_SSL")
EMAIL_TIMEOUT = env.seconds("EMAIL_TIMEOUT", 10, low=0.1, high=600)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <borneout@{SITE_HOST}>")
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other: set one to 1.")
if EMAIL_HOST:
    EMAIL_BACKEND = "verification.emails.smtp.EmailBackend"
else:
    # Without a mail server nothing leaves the machine: mails are written to files and can be read
    # on the desk.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Celery -------------------------------------------------------------------------------------

EMBEDDED_BROKER_URL = broker.url(VAR_DIR)
CELERY_BROKER_URL = env.address(
    "CELERY_BROKER_URL", EMBEDDED_BROKER_URL, ("redis", "rediss", "redis+socket")
)
CELERY_BROKER_TRANSPORT_OPTIONS = QUEUE | connections.queue(SILENCE_SECONDS)
# What all processes count together, such as a client's requests, is counted where they all come: in
# the cache, or else in the broker, which the embedded default has too.
CACHES["counts"] = connections.cache(
    CACHE_URL or CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1),
    silence=SILENCE_SECONDS,
    # Nobody waits long to be counted.
    patience=0.5,
    KEY_PREFIX="borneout",
)
# SQLite has one writer at a time: more processes would only wait for each other. None is Celery's
# own default, one for each core.
CELERY_WORKER_CONCURRENCY = (
    2 if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3" else None
)
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "verification.tasks.sweep",
        "schedule": REMINDER_SWEEP_SECONDS,
        # A tick that nobody took in time is worth nothing: the next one finds the same work.
        "options": {"expires": max(REMINDER_SWEEP_SECONDS, 10)},
    },
}

# --- Other people's pages ------------------------------------------------------------------------

# Whether the pages of open claims are read again by themselves. Off, since nothing of ours asks
# other people's servers for anything unless somebody says so.
REREAD_PAGES = env.boolean("REREAD_PAGES")
# How many pages one user may have read in ten minutes, and 0 for as many as they like.
PAGES_PER_USER = env.integer("PAGES_PER_USER", 30, low=0, high=1_000_000)
if REREAD_PAGES:
    CELERY_BEAT_SCHEDULE["reread"] = {
        "task": "verification.tasks.reread",
        "schedule": 60,
        "options": {"expires": 60},
    }

# --- Readers and clients --------------------------------------------------------------------------

# How many proxies of our own stand in front. Each writes the address that it was called from into
# X-Forwarded-For; what a client wrote there itself stands to the left of those and counts nothing.
TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0, low=0, high=10)
# In a minute, and 0 for as many as they like. What is answered from memory is not counted.
API_REQUESTS_PER_ADDRESS = env.integer("API_REQUESTS_PER_ADDRESS", 300, low=0, high=1_000_000)
API_WRONG_TOKENS_PER_ADDRESS = env.integer(
    "API_WRONG_TOKENS_PER_ADDRESS", 30, low=0, high=1_000_000
)
API_REQUESTS_PER_TOKEN = env.integer("API_REQUESTS_PER_TOKEN", 1200, low=0, high=1_000_000)

# --- Operation ----------------------------------------------------------------------------------

RELEASE = env.text("RELEASE", version.release(BASE_DIR))
# For programs where others can reach it, else for whoever looks at the terminal.
LOG_FORMAT = env.choice("LOG_FORMAT", logs.PLAIN if SITE_IS_LOCAL else logs.JSON, logs.FORMS)
# A line for each request.
ACCESS_LOG = env.boolean("ACCESS_LOG", LOG_FORMAT == logs.JSON)
LOGGING = logs.configuration(LOG_FORMAT)
# What Prometheus says to read /metrics. Without it there is no such page, and nothing is counted.
METRICS_TOKEN = env.token("METRICS_TOKEN", shortest=20)
# Who is told of exceptions: nobody unless this is set.
SENTRY_DSN = env.address("SENTRY_DSN", "", ("https", "http"))
SENTRY_ENVIRONMENT = env.text("SENTRY_ENVIRONMENT", "production")

# --- Security -----------------------------------------------------------------------------------

# The roles (or "superuser") of which a second factor is required.
REQUIRE_SECOND_FACTOR = env.several(
    "REQUIRE_SECOND_FACTOR", (), allowed=(*roles.ROLES, security.SUPERUSER)
)
# Keys of before: what they have signed, and second factors, still hold.
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS")
PASSWORD_RESET_TIMEOUT = 3600
SESSION_ENGINE = "verification.sessionstore"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
# A session that nobody uses ends after the first, any session after the second.
SESSION_IDLE_HOURS = env.integer("SESSION_IDLE_HOURS", 72, low=1, high=24 * 365)
SESSION_MAX_HOURS = env.integer("SESSION_MAX_HOURS", 24 * 14, low=1, high=24 * 365)
SESSION_COOKIE_AGE = SESSION_IDLE_HOURS * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE_IS_HTTPS
if SITE_IS_HTTPS:
    # A name that a browser takes from this very host alone, and only over TLS.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", security.YEAR, low=0, high=2 * security.YEAR)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.boolean("HSTS_SUBDOMAINS")
    SECURE_HSTS_PRELOAD = env.boolean("HSTS_PRELOAD")
    if TRUSTED_PROXIES:
        # Only the one in front knows how it was called; it must set this header itself.
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SILENCED_SYSTEM_CHECKS = list(security.SILENCED)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# A sheet of an article has up to forty claims with their reports.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.content_policy(https=SITE_IS_HTTPS)}
PERMISSIONS_POLICY = security.PERMISSIONS_POLICY

# --- API ----------------------------------------------------------------------------------------

SPECTACULAR_SETTINGS = described(SITE_NAME)

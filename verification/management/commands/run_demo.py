"""`run_demo`: the whole product in one terminal, with the demo newsroom in it (`make demo`)."""

from __future__ import annotations

import http
import http.client
import io
import socket
import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.urls import reverse

from tracker import broker, locks
from tracker.supervisor import Program, Supervisor
from verification.models import Claim, User
from verification.services import demo

HOST = "127.0.0.1"
PREPARE_SECONDS = 120
WEB_SECONDS = 5
# Celery warns of it at length. The demo listens on the loopback address only.
AS_ROOT_IN_A_CONTAINER = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser"}


class Command(BaseCommand):
    """Migrates, seeds an empty database, then runs broker, web, worker and beat until Ctrl-C."""

    help = "Runs the demo newsroom: broker, web, worker and beat in this terminal, until Ctrl-C."
    # Checks need the tables that this command is about to make.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the data, then run until told to stop."""
        try:
            self.refuse_taken_port()
            self.prepare()
        except KeyboardInterrupt:
            raise CommandError("stopped while preparing; run it again to go on") from None
        # The programs open their own; this process only watches them.
        connections.close_all()
        self.stdout.write("Starting …")
        Supervisor(
            programs(), output=sys.stdout, colour=sys.stdout.isatty(), on_ready=self.announce
        ).run()
        self.stdout.write("Stopped. The data stays; `make demo` goes on from here.")

    def refuse_taken_port(self) -> None:
        """Find out now, and not from a web server that dies again and again."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                candidate.bind((HOST, settings.PORT))
            except OSError as error:
                message = (
                    f"Port {settings.PORT} of {HOST} cannot be used ({error.strerror}). "
                    f"Stop what uses it, or choose another: make demo PORT={settings.PORT + 1}"
                )
                raise CommandError(message) from error

    def prepare(self) -> None:
        """Bring the database up to date, and fill it where it is empty."""
        try:
            # Two demos that start at the same moment prepare one after the other.
            with locks.exclusive(settings.VAR_DIR / "demo.lock", timeout=PREPARE_SECONDS):
                call_command("migrate", interactive=False, verbosity=0, stdout=self.stdout)
                if not (Claim.objects.exists() or User.objects.exists()):
                    self.stdout.write("Loading the demo newsroom …")
                    # What it says of the logins is said below, when they can be used.
                    call_command("seed_demo", stdout=io.StringIO())
        except TimeoutError as error:
            raise CommandError(f"Another demo is being prepared: {error}.") from error
        except DatabaseError as error:
            message = (
                f"The database cannot be prepared: {error}. See that no other program holds it "
                f"({settings.DATABASES['default']['NAME']}), and run this again."
            )
            raise CommandError(message) from error

    def announce(self) -> None:
        """Say where everything is."""
        site = settings.SITE_URL
        lines = [
            f"{settings.SITE_NAME} is running.",
            "",
            f"  Public site    {site}/",
            f"  Desk           {site}/admin/",
            f"  API            {site}/api/v1/docs/",
            f"  Mail           {site}{reverse('admin:verification_message_changelist')}",
            "",
            *logins(),
            f"Ctrl-C stops everything. The data stays in {settings.VAR_DIR}.",
        ]
        self.stdout.write("\n".join(["", *(f"  {line}".rstrip() for line in lines), ""]))
        self.stdout.flush()
        connections.close_all()


def logins() -> list[str]:
    """The demo logins that this database has, as lines for the terminal."""
    roles = {person.username: person.role for person in demo.PEOPLE}
    found = User.objects.filter(username__in=roles).order_by("pk")
    lines = [
        f"  {name:<16} {demo.PASSWORD}   ({roles[name]})"
        for name in found.values_list("username", flat=True)
    ]
    return ["Logins of the demo:", "", *lines, ""] if lines else []


def programs() -> list[Program]:
    """What runs, in the order of starting."""
    python = sys.executable
    celery = [python, "-m", "celery", "--quiet", "-A", "tracker"]
    # A line for every sweep would push the logins off the screen.
    calm = ["--loglevel", "WARNING"]
    gunicorn = [python, "-m", "gunicorn", "tracker.wsgi", "--no-control-socket"]
    gunicorn += ["--bind", f"{HOST}:{settings.PORT}", "--workers", "2", "--threads", "4"]
    kept = [python, "-m", "tracker.broker", str(settings.VAR_DIR), "--stand-by"]
    embedded = settings.CELERY_BROKER_URL == settings.EMBEDDED_BROKER_URL
    return [
        *([Program("broker", kept, broker_is_ready)] if embedded else []),
        Program("web", gunicorn, web_is_ready),
        Program("worker", [*celery, "worker", *calm], environment=AS_ROOT_IN_A_CONTAINER),
        Program("beat", [*celery, "beat", *calm]),
    ]


def broker_is_ready() -> bool:
    """Whether the embedded broker answers."""
    return broker.is_running(settings.VAR_DIR)


def web_is_ready() -> bool:
    """Whether the front page can be read: the site answers, and has its database."""
    connection = http.client.HTTPConnection(HOST, settings.PORT, timeout=WEB_SECONDS)
    try:
        # Asked for as a browser will, so that ALLOWED_HOSTS is looked at too.
        connection.request("GET", "/", headers={"Host": urlsplit(settings.SITE_URL).netloc})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()

"""SQLite under everything at once: web, worker, beat and an import, for a minute."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from typing import Any

from tests.faults import crew, servers
from tests.faults.room import BIN, Room
from tests.faults.table import Row, verdict
from tests.faults.tally import tally

PAGES = ("/", "/claims/", "/sources/", "/leaderboard/", "/corrections/", "/api/v1/claims/")
CLIENTS = 3
CLAIMS_A_FILE = 1000
LOCKED = "database is locked"


class Site:
    """The running web server, as many clients use it at once."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.answers: Counter[int] = Counter()
        self.over = threading.Event()
        self.numbers = count()

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One request; its status is counted (0: no answer at all)."""
        request = urllib.request.Request(  # noqa: S310  our own server
            f"{self.url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                self.answers[answer.status] += 1
                read = answer.read()
                return json.loads(read) if path.startswith("/api/") else {}
        except urllib.error.HTTPError as error:
            self.answers[error.code] += 1
        except OSError:
            self.answers[0] += 1
        return {}

    def use(self) -> None:
        """Reads pages, logs claims that are due, decides every second one."""
        for page in cycle(PAGES):
            if self.over.is_set():
                return
            self.call("GET", page)
            number = next(self.numbers)
            claim = self.call("POST", "/api/v1/claims/", due_claim(number))
            if claim and number % 2:
                self.call("POST", f"/api/v1/claims/{claim['slug']}/verdicts/", confirmed(claim))


def due_claim(number: int) -> dict[str, Any]:
    return {
        "statement": f"Amazon will buy company number {number}.",
        "criteria": "Confirmed if the company says so.",
        "language": "en",
        "beat": "AI & tech business",
        "deadline": datetime.now(UTC).date().isoformat(),
        "reports": [
            {
                "source": f"Outlet {number % 20}",
                "url": f"https://outlet-{number % 20}.example/{number}",
                "published_on": "2026-01-29",
                "stance": "asserts",
            }
        ],
    }


def confirmed(claim: dict[str, Any]) -> dict[str, object]:
    return {
        "outcome": "confirmed",
        "rationale": "Announced.",
        "became_known_on": "2026-02-27",
        "evidence": [{"title": "The announcement", "url": "https://example.org/announcement"}],
        "version": claim["version"],
    }


def claims_file(path: Path, number: int) -> Path:
    """A file of claims with slugs of its own."""
    day = date(2026, 1, 29)
    lines = []
    for n in range(CLAIMS_A_FILE):
        claim = due_claim(number * CLAIMS_A_FILE + n)
        [report] = claim["reports"]
        report["published"] = report.pop("published_on")
        deadline = (day + timedelta(days=400 + n)).isoformat()
        lines.append(claim | {"id": f"import-{number}-{n}", "deadline": deadline})
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def busy(room: Room, seconds: float) -> Row:
    """Everything that writes, at once, on one SQLite file."""
    port = servers.free_port()
    room.env |= {"SITE_URL": f"http://127.0.0.1:{port}", "DJANGO_SUPERUSER_PASSWORD": "of-this-run"}
    room.manage("createsuperuser", "--noinput", "--username=emma", "--email=emma@example.org")
    site = Site(room.env["SITE_URL"], room.manage("create_token", "emma").strip())
    bind = f"127.0.0.1:{port}"
    room.crew.start(
        "web", [str(BIN / "gunicorn"), "tracker.wsgi", "--workers", "2", "--bind", bind]
    )
    room.wait(lambda: servers.listens(port))
    room.start()
    clients = [threading.Thread(target=site.use, name=f"client-{n}") for n in range(CLIENTS)]
    for client in clients:
        client.start()
    said, imported = "", 0
    while room.seconds() < seconds:
        path = claims_file(room.folder / f"claims-{imported}.jsonl", imported)
        done = subprocess.run(
            [sys.executable, "manage.py", "import_claims", str(path)],
            cwd=crew.ROOT,
            env=room.env,
            capture_output=True,
            text=True,
        )
        said += done.stderr
        imported += done.returncode == 0
        if done.returncode:
            break
    site.over.set()
    for client in clients:
        client.join()
    lasted = room.seconds()
    room.wait_for_rest()
    counted = tally(set(), room.mails())
    requests = sum(site.answers.values())
    return Row(
        fault="SQLite with web, worker, beat and an import at once",
        work=f"{requests} requests, {imported * CLAIMS_A_FILE} claims imported",
        lost=room.states().get("pending", 0),
        duplicates=counted.duplicates,
        kills=0,
        seconds=lasted,
        bar=f"“{LOCKED}” 0, 5xx 0",
        verdict=verdict(
            locked=(said + room.crew.log()).count(LOCKED),
            not_answered_well=[code for code in site.answers if code not in {200, 201}],
            import_failed=said[-300:],
            nothing_imported=not imported,
            no_mail=not room.mails(),
            duplicates=counted.duplicates,
        ),
    )

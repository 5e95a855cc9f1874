"""What the trial's machine runs: the document's commands, and between them what newsrooms do."""

from __future__ import annotations

import json
import shlex
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.debian.document import Step

STATUS = Path("/root/trial.status")
LOG = Path("/root/trial.log")
MAIL = "desk@localhost"
#: The claims of which a reminder must arrive: logged on the first day, and after the restoring.
BEFORE, AFTER = "before-the-wreck", "after-the-restoring"
#: The functions of between.sh, by the heading after whose last command they are called.
BETWEEN = {
    "Packages, a user, a database": "after_packages",
    "The first release": "after_release",
    "TLS in front": "after_tls",
    "The first editor, and whether all is well": "after_editor",
    "Upgrade": "after_upgrade",
}

_HERE = Path(__file__).parent
_UNIT = """[Unit]
Description=The trial
After=multi-user.target

[Service]
Type=oneshot
ExecStart=/bin/bash /root/trial.sh

[Install]
WantedBy=graphical.target
"""


def write(root: Path, steps: list[Step], *, mail_port: int) -> None:
    """Puts the script and what it needs into the root."""
    home = root / "root"
    shutil.copy(_HERE / "between.sh", home)
    (home / "trial.sh").write_text(text(steps, mail_port=mail_port), encoding="utf-8")
    units = root / "etc/systemd/system"
    (units / "trial.service").write_text(_UNIT, encoding="utf-8")
    wanted = units / "graphical.target.wants"
    wanted.mkdir(parents=True, exist_ok=True)
    (wanted / "trial.service").symlink_to("../trial.service")
    for slug in (BEFORE, AFTER):
        (home / f"{slug}.json").write_text(json.dumps([claim(slug)]), encoding="utf-8")


def text(steps: list[Step], *, mail_port: int) -> str:
    """The whole script; the document's commands stand in it as they are printed.

    Raises LookupError where a heading that the trial knows is not in the document.
    """
    titles = {step.title for step in steps}
    if missing := set(BETWEEN) - titles:
        raise LookupError(f"No commands under {sorted(missing)}")
    parts = [
        f"exec >{LOG} 2>&1 </dev/null",
        f"trap 'echo $? >{STATUS}; systemctl --no-block poweroff' EXIT",
        "set -eo pipefail",
        "export HOME=/root DEBIAN_FRONTEND=noninteractive REPOSITORY=/root/borneout.git",
        f"export HOST=localhost MAIL_HOST=127.0.0.1 MAIL_PORT={mail_port} MAIL_TLS=0",
        f"export ADMIN_MAIL={MAIL} BEFORE={BEFORE} AFTER={AFTER}",
        "cp /root/*.json /tmp/",
        "source /root/between.sh",
    ]
    for number, step in enumerate(steps):
        after = steps[number + 1].title if number + 1 < len(steps) else ""
        if not after:
            parts.append("before_restoring")
        parts += [f"say {shlex.quote(step.title)}", "set -x", step.commands.rstrip("\n")]
        parts.append("{ set +x; } 2>/dev/null")
        if step.title != after and step.title in BETWEEN:
            parts.append(BETWEEN[step.title])
    return "\n".join([*parts, "after_restoring", ""])


def claim(slug: str) -> dict[str, object]:
    """A claim that is overdue, so that its reminder is due whatever the hour."""
    today = datetime.now(UTC).date()
    return {
        "id": slug,
        "statement": f"Northwind will open its plant in Lyon ({slug}).",
        "criteria": "Confirmed if the plant takes orders by the deadline.",
        "beat": "Industry",
        "language": "en",
        "deadline": (today - timedelta(days=2)).isoformat(),
        "assignee": "editor",
        "reports": [
            {
                "source": "The Lyon Courier",
                "url": f"https://courier.example.org/{slug}",
                "published": (today - timedelta(days=30)).isoformat(),
            }
        ],
    }

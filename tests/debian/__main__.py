"""Installs Borne Out on a machine with nothing but Debian, by the commands of the document.

    python -m tests.debian [--from REVISION] [--log FILE] [--keep]

The machine is a root of Debian 12 with systemd, booted by systemd-nspawn on this host's network.
In it the commands of `docs/self-hosting.md` are run as they are printed; between them it logs
a claim whose deadline has passed and waits for the mail, asks for pages while a release is changed,
and wrecks the database before the backup is restored. The exit status is 1 where anything failed.

Takes root, Debian's packages debootstrap and systemd-container, and the ports of the document.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import sink
from tests.debian import document, script

PROJECT = Path(__file__).resolve().parents[2]
CERTIFICATES = Path("/usr/local/share/ca-certificates")
#: For how long the whole may take, in seconds.
PATIENCE = 1500


def run(*command: str | Path) -> None:
    """Runs a command that must succeed."""
    subprocess.run(command, check=True)


def machine(folder: Path) -> Path:
    """A root of Debian with systemd, and nothing more."""
    base = Path("/var/cache/borneout-trial/bookworm")
    if not (base / "sbin/init").exists():
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir(parents=True)
        run("debootstrap", "--variant=minbase", "--include=systemd-sysv,dbus", "bookworm", base)
    root = folder / "root"
    run("cp", "-a", base, root)
    # A network whose proxy signs with a certificate of its own is part of the machine.
    for certificate in CERTIFICATES.glob("*.crt") if CERTIFICATES.exists() else ():
        target = root / CERTIFICATES.relative_to("/")
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(certificate, target)
    return root


def repository(root: Path, begun: str) -> None:
    """The reader's copy of the repository, at the revision with which the trial begins."""
    bare = root / "root/borneout.git"
    run("git", "clone", "--quiet", "--bare", "--no-hardlinks", PROJECT, bare)
    head = subprocess.check_output(["git", "-C", PROJECT, "rev-parse", "HEAD"], text=True).strip()
    run("git", "-C", bare, "symbolic-ref", "HEAD", "refs/heads/main")
    run("git", "-C", bare, "update-ref", "refs/heads/next", head)
    run("git", "-C", bare, "update-ref", "refs/heads/main", f"{begun}^{{commit}}")


def boot(root: Path, log: Path) -> int:
    """Boots the machine, which runs the trial and switches itself off. Returns its exit status."""
    with log.open("wb") as console:
        subprocess.run(
            ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot",
             f"--directory={root}"],
            stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    status = root / script.STATUS.relative_to("/")
    return int(status.read_text()) if status.exists() else 1


def main() -> int:
    """The whole trial."""
    parser = argparse.ArgumentParser(prog="tests.debian", description=__doc__)
    parser.add_argument("--from", dest="begun", default="HEAD", help="the release to upgrade from")
    parser.add_argument("--log", type=Path, help="a file that shall hold what was run and said")
    parser.add_argument("--keep", action="store_true", help="leave the machine's root behind")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="borneout-trial-", dir="/var/tmp"))
    try:
        with sink.running() as (server, port):
            root = machine(folder)
            repository(root, asked.begun)
            text = document.DOCUMENT.read_text(encoding="utf-8")
            script.write(root, document.steps(text), mail_port=port)
            status = boot(root, folder / "console.log")
            said = root / script.LOG.relative_to("/")
            transcript = said.read_text(errors="replace") if said.exists() else "It did not boot.\n"
            arrived = [
                claim for recipient, claim, _stage in server.reminders() if recipient == script.MAIL
            ]
    finally:
        if not asked.keep:
            shutil.rmtree(folder)
    transcript += f"\nMail that arrived for {script.MAIL}: {', '.join(arrived) or 'none'}\n"
    sys.stdout.write(transcript)
    if asked.log:
        asked.log.write_text(transcript, encoding="utf-8")
    reminded = set(arrived) >= {script.BEFORE, script.AFTER}
    return 0 if status == 0 and reminded else 1


if __name__ == "__main__":
    sys.exit(main())

"""The far end: an SMTP server in a process of its own that counts what arrives.

    python -m tests.faults.sink PORT FOLDER [ADDRESS]

Each mail that it accepts is one line of `arrived.jsonl`, written before it answers. `listening` in
the folder says that it can be called. How it answers is told by `orders.json`, which may change at
any time:

    {"delay": 0.01,        seconds before a mail is accepted
     "refuse_every": 20,   550 for each twentieth recipient, always
     "soft_every": 4,      451, at the first try of each fourth
     "stall_every": 100,   no answer at the first try, and not accepted
     "drop_every": 25}     accepted at the first try, and the connection dropped without an answer

Recipients are counted by the number in their address (`reader-17@…`); each order has an offset of
its own, so that no two strike the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.parser
import json
import os
import re
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

NUMBER = re.compile(r"-(\d+)@")
OFFSETS = {"refuse_every": 0, "soft_every": 1, "stall_every": 2, "drop_every": 3}
#: Longer than any client of the suite waits.
STALL_SECONDS = 30.0


class Handler:
    """Answers as it was ordered, and writes down what it accepts."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "orders.json"
        self.log = os.open(folder / "arrived.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.orders: dict[str, float] = {}
        self.read_at = 0
        self.seen: set[tuple[str, str]] = set()

    def look(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            changed = self.path.stat().st_mtime_ns
            if changed != self.read_at:
                self.orders, self.read_at = json.loads(self.path.read_text()), changed

    def strikes(self, order: str, recipient: str, *, always: bool = False) -> bool:
        """Whether the order is for this recipient, and (unless always) for the first time."""
        every = int(self.orders.get(order, 0))
        found = NUMBER.search(recipient)
        if not every or found is None or int(found[1]) % every != OFFSETS[order]:
            return False
        is_first = (order, recipient) not in self.seen
        self.seen.add((order, recipient))
        return always or is_first

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.look()
        if self.strikes("refuse_every", address, always=True):
            return "550 no such user"
        if self.strikes("soft_every", address):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        recipient = envelope.rcpt_tos[0]
        if self.orders.get("delay"):
            await asyncio.sleep(self.orders["delay"])
        if self.strikes("stall_every", recipient):
            await asyncio.sleep(STALL_SECONDS)
            return "451 too late"
        is_dropped = self.strikes("drop_every", recipient)
        assert isinstance(envelope.content, bytes)
        mail = email.parser.BytesHeaderParser().parsebytes(envelope.content)
        told = "".join(str(mail.get("X-BorneOut-Reminders", "")).split())
        line = {
            "at": time.time(),
            "id": mail["Message-ID"],
            "to": recipient,
            "reminders": [part.rsplit(":", 1) for part in told.split(",") if part],
            "answered": not is_dropped,
            "from": session.peer[0],
        }
        os.write(self.log, json.dumps(line).encode() + b"\n")
        if is_dropped:
            server.transport.abort()
        return "250 OK"


async def serve(port: int, folder: Path, address: str = "127.0.0.1") -> None:
    handler = Handler(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="127.0.0.1", loop=loop), address, port
    )
    (folder / "listening").touch()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))

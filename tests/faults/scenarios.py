"""The faults of the workers and of the work itself. Each scenario gives a row of the table.

One code serves the small run of `make test` and the full run of `make faults`: they differ in
`Size` and in the servers. Those of the servers are in `outages`.
"""

from __future__ import annotations

import os
import random
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.faults import crew
from tests.faults.room import CONCURRENCY, Room
from tests.faults.table import Row, verdict
from tests.faults.tally import tally

#: A mail server takes a moment to put a mail on disk before it accepts it.
ACCEPT_SECONDS = 0.02
#: A mail that was looked at before the commit has arrived by then, on a busy machine too.
IN_FLIGHT_SECONDS = 5.0
#: The share of kills that take a worker with its whole pool.
WHOLE_WORKERS = 0.25
#: One in a hundred of few is less than one kill can make.
FEW = 3
#: Whom the killer meets is drawn, and the same in each run.
SEED = 20260331


@dataclass(frozen=True)
class Size:
    """How much work a scenario gets."""

    due: int = 500
    killed: int = 2500
    hosts: int = 2000
    kill_every: float = 1.0
    most_kills: int = 1000
    accept_seconds: float = ACCEPT_SECONDS


def row(room: Room, fault: str, bar: str, work: str = "", **missed: object) -> Row:
    """The row of a scenario, where nothing may be lost, and nothing told that was not to be."""
    counted = tally(room.expected, room.mails())
    return Row(
        fault=fault,
        work=work or f"{len(room.expected)} due",
        lost=counted.lost,
        duplicates=counted.duplicates,
        kills=room.kills,
        seconds=room.seconds(),
        bar=bar,
        verdict=verdict(
            lost=counted.lost, unwanted=counted.unwanted, renamed=counted.renamed, **missed
        ),
    )


def nothing(room: Room, size: Size) -> Row:
    """No fault at all."""
    room.make(size.due)
    room.start()
    room.wait_for_mail()
    room.wait_for_rest()
    duplicates = tally(room.expected, room.mails()).duplicates
    return row(room, "nothing", "lost 0, duplicates 0", duplicates=duplicates)


@contextmanager
def killing(room: Room, size: Size) -> Iterator[None]:
    """Kills a process of a worker's pool, or a whole worker, again and again.

    One that is just starting is spared: it has nothing in hand that could be lost.
    """
    drawn, over = random.Random(SEED), threading.Event()

    def kill() -> None:
        while room.kills < size.most_kills and not over.wait(size.kill_every):
            member = drawn.choice(room.workers())
            pool = member.children()
            if pool and drawn.random() < WHOLE_WORKERS:
                member.signal_all(signal.SIGKILL)
                room.kills += 1
            elif pool:
                with suppress(ProcessLookupError):
                    os.kill(drawn.choice(pool), signal.SIGKILL)
                    room.kills += 1

    killer = threading.Thread(target=kill, name="killer")
    killer.start()
    try:
        yield
    finally:
        over.set()
        killer.join()


def killed(room: Room, size: Size) -> Row:
    """`kill -9` of worker processes, one after the other, with two beats."""
    room.orders(delay=size.accept_seconds)
    room.start(workers=2, beats=2)
    for member in room.workers():
        crew.wait_for_pool(member)
    # Only now: a worker that comes up looks at once, and would be half done before the first kill.
    room.make(size.killed)
    with killing(room, size):
        # The last ones lie still for a lease, whoever is killed meanwhile.
        room.wait_for_mail(0.99)
    room.wait_for_mail()
    room.wait_for_rest()
    duplicates = tally(room.expected, room.mails()).duplicates
    most = min(max(size.killed // 100, FEW), room.kills * CONCURRENCY)
    return row(
        room,
        "kill -9 of worker processes every second, two beats",
        "lost 0, duplicates ≤ 1% and ≤ kills × concurrency",
        too_few_kills=room.kills < 3,
        duplicates=duplicates > most and f"{duplicates} > {most}",
    )


def mutant(room: Room, size: Size, name: str) -> Row:
    """The kill run on a delivery that is broken on purpose: the bars must catch it."""
    found = killed(room, size)
    is_caught = found.verdict.startswith("MISSED") and (found.lost or found.duplicates)
    return Row(
        fault=f"mutant: {name}, kill run",
        work=found.work,
        lost=found.lost,
        duplicates=found.duplicates,
        kills=found.kills,
        seconds=found.seconds,
        bar="must miss the bars of the kill run",
        verdict="caught" if is_caught else "NOT CAUGHT",
    )


def frozen(room: Room, size: Size, lease_seconds: float) -> Row:
    """A worker stopped in the middle of a batch for longer than its lease, then let go on."""
    room.orders(delay=ACCEPT_SECONDS)
    room.make(size.due)
    room.start(workers=2)
    room.wait_for_mail(0.2)
    [member, *_others] = room.workers()
    member.signal_all(signal.SIGSTOP)
    room.kills = 1
    threading.Event().wait(lease_seconds + 5)
    room.wait_for_mail(0.95)
    member.signal_all(signal.SIGCONT)
    room.wait_for_mail()
    room.wait_for_rest()
    return row(room, "worker frozen past its lease (SIGSTOP), then continued", "lost 0")


def days_down(room: Room, size: Size) -> Row:
    """Nothing ran while deadlines passed: one message each, with the stage that is current."""
    each = 3
    for overdue in range(4):
        room.make(size.due, first=1 + overdue * size.due, each=each, overdue=overdue)
    room.start()
    room.wait_for_mail()
    room.wait_for_rest()
    counted = tally(room.expected, room.mails())
    recipients = {address for address, _claim, _stage in room.expected}
    mails = room.mails()
    return row(
        room,
        "everything down for three days of deadlines",
        "one message per recipient with the current stage, no history",
        f"{len(room.expected)} due for {len(recipients)}",
        duplicates=counted.duplicates,
        messages_too_many=len(mails) - len({mail.to for mail in mails}),
    )


def moved(room: Room, size: Size) -> Row:
    """Deadlines moved while the sweep's messages go out."""
    room.orders(delay=ACCEPT_SECONDS)
    count = max(size.due // 5, 5)
    made = room.make(size.due)
    by_slug = {reminder[1]: reminder for reminder in made}
    room.start()
    room.wait_for_mail(0.05)
    # The last ones: they still lie in the outbox.
    changes = dict(room.records("move", size.due - count + 1, count))
    told_at = {told[1]: mail.at for mail in room.mails() for told in mail.reminders}
    room.expected -= {by_slug[slug] for slug in changes if slug not in told_at}
    room.wait_for_mail()
    room.wait_for_rest()
    stale = [
        mail.at - changes[claim]
        for mail in room.mails()
        for _to, claim, _stage in mail.reminders
        if claim in changes and mail.at > changes[claim]
    ]
    # In flight is what a process had looked at just before the commit: one for each.
    room.expected |= room.told() & made
    return row(
        room,
        "deadlines moved during the sweep",
        "no stale mail after the commit except those in flight",
        f"{size.due} due, {len(changes)} moved",
        stale=len(stale) > CONCURRENCY and len(stale),
        stale_for_long=[late for late in stale if late > IN_FLIGHT_SECONDS],
        moved_too_late=not changes.keys() - told_at.keys(),
    )


def unrenderable(room: Room, size: Size) -> Row:
    """A claim that makes rendering fail, in a bundle with others."""
    poisoned = size.due // 2
    made = room.make(size.due, each=5, unrenderable=poisoned)
    room.expected -= {told for told in made if told[1] == f"claim-{poisoned}"}
    room.start()
    room.wait_for_mail()
    room.wait_for_rest()
    shown = room.query(
        "SELECT c.slug FROM verification_message m "
        "JOIN verification_reminder r ON r.message_id = m.id "
        "JOIN verification_claim c ON c.id = r.claim_id "
        "WHERE m.state = 'quarantined' AND m.last_error LIKE 'cannot be rendered%'"
    )
    return row(
        room,
        "a claim that makes rendering fail",
        "others delivered; it is quarantined, alone, with its error",
        duplicates=tally(room.expected, room.mails()).duplicates,
        quarantined=shown != [(f"claim-{poisoned}",)] and shown,
    )


Scenario = Callable[[Room, Size], Row]

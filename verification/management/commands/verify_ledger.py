"""`verify_ledger [FILE]`: proves that the ledger is what it was."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError, CommandParser

from verification.domain import chainwalk, ledgerfile
from verification.domain.chainwalk import Fault, Walk
from verification.domain.ledger import GENESIS
from verification.management.base import NewsroomCommand
from verification.services import crosscheck, proof

#: Differences that are printed; the first few tell what happened.
PRINTED = 20


class Command(NewsroomCommand):
    """Verifies the chain of the database, with the rows that it tells of, or that of a file."""

    help = (
        "Verifies the hash chain of the ledger, of the database or of an exported FILE; exit 1 "
        "where it breaks, saying where and how."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """FILE, and what was noted elsewhere."""
        parser.add_argument("file", metavar="FILE", nargs="?", help="JSON Lines; - is stdin")
        parser.add_argument(
            "--head",
            metavar="NUMBER:HASH",
            action="append",
            default=[],
            help="a head that was noted, as digests and the ledger's page print it; more than one",
        )
        parser.add_argument(
            "--anchors", metavar="PATH", help="a file with such heads, one on each line"
        )
        parser.add_argument(
            "--after", metavar="NUMBER:HASH", help="FILE begins with the entry after this one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walks the chain; then, for the database, compares the rows with it."""
        walk = self._walk(options)
        name = options["file"]
        if name is None:
            if options["after"]:
                raise CommandError("--after is for a FILE: the database has the whole chain.")
            fault = proof.of_database(walk)
        elif name == "-":
            fault = of_file(walk, sys.stdin.buffer)
        else:
            try:
                with Path(name).open("rb") as file:
                    fault = of_file(walk, file)
            except OSError as error:
                raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
        if fault:
            raise CommandError(str(fault))
        if name is None:
            self._compare()
        said = f"The chain holds: {walk.number} entries, head {walk.hash}."
        if walk.unread:
            said += f" {walk.unread} of them are withheld: only their place was verified."
        self.stdout.write(said)

    def _walk(self, options: dict[str, Any]) -> Walk:
        texts = list(options["head"])
        try:
            if options["anchors"]:
                lines = Path(options["anchors"]).read_text(encoding="utf-8").splitlines()
                texts += [line for line in lines if line.strip()]
            noted = [chainwalk.anchor(text) for text in texts]
            after = chainwalk.anchor(options["after"]) if options["after"] else (0, GENESIS)
        except OSError as error:
            raise CommandError(f"--anchors cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        if after[0] is None:
            raise CommandError("--after takes NUMBER:HASH.")
        anchors: dict[int, str] = {}
        for number, digits in noted:
            if number is not None and anchors.setdefault(number, digits) != digits:
                raise CommandError(f"Two different hashes are given for entry {number}.")
        # Before the first entry there is nothing to find.
        heads = {digits for number, digits in noted if number is None and digits != GENESIS}
        if anchors.pop(0, GENESIS) != GENESIS:
            raise CommandError("Entry 0 is the beginning: its hash is all zeros.")
        return Walk(number=after[0], hash=after[1], anchors=anchors, heads=heads)

    def _compare(self) -> None:
        found = list(islice(crosscheck.differences(), PRINTED))
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(
                "The chain holds, but what the newsroom keeps is not what the chain tells of."
            )


def of_file(walk: Walk, lines: Iterable[bytes] | BinaryIO) -> Fault | None:
    """Walks an exported ledger, line by line."""
    for raw in lines:
        try:
            link = ledgerfile.read(raw)
        except ValueError as error:
            return Fault(walk.number + 1, str(error))
        fault = walk.step(link)
        if fault:
            return fault
    return walk.end()

"""Standard output that somebody may stop reading: `export_claims | head`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: What a shell reports of a program that was ended by SIGPIPE (13): 128 and the signal's number.
READ_NO_FURTHER = 141


@contextmanager
def read_while_wanted(out: Any) -> Iterator[None]:
    """Ends the command without a word, as other programs do, where nobody reads `out` any further.

    Raises SystemExit then. Only what is written to `out` is to stand inside: a fault of another
    pipe would be taken for this.
    """
    try:
        yield
        out.flush()
    except BrokenPipeError:
        # What waits to be written is written when Python ends, which would complain of it.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
        raise SystemExit(READ_NO_FURTHER) from None

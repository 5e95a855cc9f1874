"""The commands that the trial runs are those that a reader sees."""

from __future__ import annotations

import subprocess

import pytest

from tests.debian import document, script
from tests.debian.document import Step

TEXT = """# A page

## Before

```sh
not this
```

## The part

First.

```sh
one
two
```

### A step

```cron
* * * * * not this
```

```sh
three
```

```sh
four
```

## After

```sh
nor this
```
"""


def test_the_commands_of_one_part_are_read_in_order() -> None:
    assert document.steps(TEXT, "The part") == [
        Step("The part", "one\ntwo\n"),
        Step("A step", "three\n"),
        Step("A step", "four\n"),
    ]


def test_a_part_that_is_not_there_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(LookupError, match="no part"):
        document.steps(TEXT, "Nowhere")


@pytest.mark.parametrize(
    "step",
    document.steps(document.DOCUMENT.read_text(encoding="utf-8")),
    ids=lambda step: step.title,
)
def test_every_step_of_the_document_is_shell(step: Step) -> None:
    checked = subprocess.run(
        ["bash", "-n"], input=step.commands, text=True, capture_output=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_trial_runs_all_of_them_as_they_are_printed() -> None:
    steps = document.steps(document.DOCUMENT.read_text(encoding="utf-8"))
    text = script.text(steps, mail_port=2525)
    places = [text.index(step.commands) for step in steps]
    assert places == sorted(places)

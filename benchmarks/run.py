"""One benchmark in one place, in a process of its own: prints its figures as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module

import django

from benchmarks import turns
from benchmarks.frame import Place

if __name__ == "__main__":
    name, kind, share = sys.argv[1:]
    django.setup()
    module = import_module(f"benchmarks.{name}")
    if hasattr(module, "works"):
        turns.play(module.works(Place(kind, float(share))), kind)
    else:
        print(json.dumps(module.measure(Place(kind, float(share)))))

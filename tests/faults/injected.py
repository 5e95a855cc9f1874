"""The app that `tests.faults.settings` adds to the product's own."""

from importlib import import_module

from django.apps import AppConfig


class InjectedConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        # Not before the models are there.
        import_module("tests.faults.mutants").inject()

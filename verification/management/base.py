"""What the newsroom's own commands have in common."""

from __future__ import annotations

from django.core.checks import Tags
from django.core.management.base import BaseCommand


class NewsroomCommand(BaseCommand):
    """A command that begins soon: of Django's checks only those of the configuration come first.

    The others, of models, addresses and the desk, change with the code alone and load all of its
    pages; `manage.py check` and `migrate` run them.
    """

    requires_system_checks = (Tags.security,)

"""The verification app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from verification import guards


class VerificationConfig(AppConfig):
    """Claims, sources, verdicts, records and reminders."""

    name = "verification"
    verbose_name = _("Verification")

    def ready(self) -> None:
        pre_migrate.connect(guards.before_migration, sender=self)
        post_migrate.connect(guards.after_migration, sender=self)

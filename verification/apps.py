"""The verification app."""

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from tracker import faults, sums
from tracker.tally import tally
from verification import checks, triggers


class VerificationConfig(AppConfig):
    """Claims, sources, verdicts, records and reminders."""

    name = "verification"
    verbose_name = _("Verification")

    def ready(self) -> None:
        checks.register_all()
        faults.start()
        if settings.METRICS_TOKEN:
            tally.keep_with(sums.keep)
        pre_migrate.connect(triggers.before_migration, sender=self)
        for kept_up in triggers.KEPT_UP:
            pre_migrate.connect(kept_up.before_migration, sender=self)
            post_migrate.connect(kept_up.after_migration, sender=self)
        post_migrate.connect(triggers.after_migration, sender=self)

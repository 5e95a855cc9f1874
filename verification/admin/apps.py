"""Puts the editors' desk in the place of Django's default admin site."""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig


class DeskConfig(SimpleAdminConfig):
    """Django's admin, with our site class and with nothing on it but our own pages.

    Other apps' `admin` modules are not sought out: what they would register is either shown here in
    the newsroom's own words or not at all.
    """

    default_site = "verification.admin.site.DeskSite"

    def ready(self) -> None:
        super().ready()
        # The models are there only now; this package itself is imported before them.
        import_module("verification.admin.desk")

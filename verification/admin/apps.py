"""Puts the editors' desk in the place of Django's default admin site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with our site class."""

    default_site = "verification.admin.site.DeskSite"

"""The editors' desk."""

from django.contrib import admin


class DeskSite(admin.AdminSite):
    """Django's admin under our own templates."""

"""Gives the roles what they may do with the new rows: stories to update, refused addresses."""

from importlib import import_module

from django.db import migrations

make = import_module("verification.migrations.0002_roles").make


class Migration(migrations.Migration):
    dependencies = [("verification", "0003_attention")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]

"""Makes the roles of the desk."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

from verification.roles import ROLES, make_roles


def make(apps, schema_editor):
    # Permissions are made after the last migration; the groups need them now.
    config = apps.get_app_config("verification")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    make_roles(
        apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), known_only=True
    )


def unmake(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("verification", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, unmake)]

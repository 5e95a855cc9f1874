"""What gunicorn does by itself wherever it is started here: `gunicorn tracker.wsgi`."""

import os

from django.conf import settings

from tracker.tally import tally

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Its own lines among the others, in the same form.
logconfig_dict = settings.LOGGING


def worker_exit(server: object, worker: object) -> None:
    """What a process has counted last is put away before it ends."""
    tally.put_away()

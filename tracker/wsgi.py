"""WSGI entry point: `gunicorn tracker.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from tracker.access import Access

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = Access(get_wsgi_application())

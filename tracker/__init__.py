"""The Django project: settings, addresses, Celery, and what runs the processes."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]

"""Addresses: the public pages, the API, the desk."""

from django.urls import path

from verification.pages.unsubscribe import unsubscribe

urlpatterns = [
    path("mail/unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
]

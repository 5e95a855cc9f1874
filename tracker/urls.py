"""Addresses: the public pages, the API, the desk."""

from django.contrib import admin
from django.urls import include, path

from verification.api.views import about
from verification.pages.mail_links import mail_link
from verification.pages.unsubscribe import unsubscribe

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("verification.pages.urls")),
    path("api/", about.start, name="api-start"),
    path("problems/", about.problems, name="problems"),
    path("problems/<slug:name>", about.problems, name="problem"),
    path("api/v1/", include("verification.api.urls")),
    path("mail/unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("mail/<slug:action>/<str:token>/", mail_link, name="mail_link"),
]

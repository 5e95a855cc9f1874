"""The editors' desk: Django's admin site with our own pages, navigation and errors."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])

#: What the navigation offers: the words, the address, the permission that it takes.
MAIN = (
    (_("Intake"), "intake", "add_claim"),
    (_("Claims"), "verification_claim_changelist", "view_claim"),
    (_("Sources"), "verification_source_changelist", "view_source"),
    (_("Beats"), "verification_beat_changelist", "view_beat"),
    (_("Mail"), "verification_message_changelist", "view_message"),
)
MORE = (
    (_("Verdicts"), "verification_verdict_changelist", "view_verdict"),
    (_("Proposed verdicts"), "verification_proposal_changelist", "view_proposal"),
    (_("Positions"), "verification_position_changelist", "view_position"),
    (_("Records"), "verification_record_changelist", "view_record"),
    (_("Reminders"), "verification_reminder_changelist", "view_reminder"),
    (_("Stories to update"), "verification_storyupdate_changelist", "view_storyupdate"),
    (_("Ledger"), "verification_ledgerentry_changelist", "view_ledgerentry"),
    (_("Users"), "verification_user_changelist", "view_user"),
    (_("Webhooks"), "verification_webhook_changelist", "view_webhook"),
    (_("API tokens"), "verification_apitoken_changelist", "view_apitoken"),
)


class DeskSite(admin.AdminSite):
    """Django's admin under our own templates: no jQuery, no style of Django's, no inline script."""

    site_title = site_header = settings.SITE_NAME
    enable_nav_sidebar = False
    logout_template = "admin/logged_out.html"
    password_change_done_template = "admin/password_change_done.html"  # noqa: S105

    @cached_property
    def _pages(self) -> Any:
        # These import models, which are not there yet when Django makes the site.
        names = (
            "account", "alarms", "criteria_days", "diary", "door", "forgotten", "front", "intake",
            "intake_logged", "preferences", "second_factor", "similar", "suggest",
        )  # fmt: skip
        return SimpleNamespace(
            **{name: import_module(f"verification.admin.{name}") for name in names}
        )

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The desk's own addresses, then those of each model."""
        pages = self._pages
        view = self.admin_view
        own: list[URLPattern | URLResolver] = [
            path("", view(self.index), name="index"),
            path("login/", self.login, name="login"),
            path("logout/", view(self.logout), name="logout"),
            path("login/code/", pages.door.Code.as_view(), name="login_code"),
            path("login/enrol/", pages.door.Enrol.as_view(), name="login_enrol"),
            path("forgotten/", pages.forgotten.Ask.as_view(), name="forgotten"),
            path(
                "forgotten/<str:uidb64>/<str:token>/",
                pages.forgotten.Choose.as_view(),
                name="password_reset",
            ),
            path(
                "password_change/",
                view(pages.account.ChangePassword.as_view()),
                name="password_change",
            ),
            path(
                "password_change/done/",
                view(self.password_change_done),
                name="password_change_done",
            ),
            path("account/", view(pages.account.page), name="account"),
            path("account/end/", view(pages.account.end_sessions), name="end_sessions"),
            path(
                "account/second-factor/",
                view(pages.second_factor.SetUp.as_view()),
                name="second_factor",
            ),
            path(
                "account/second-factor/codes/",
                view(pages.second_factor.NewCodes.as_view()),
                name="recovery_codes",
            ),
            path(
                "account/second-factor/off/",
                view(pages.second_factor.TakeAway.as_view()),
                name="second_factor_off",
            ),
            path("my-mail/", view(pages.preferences.MyMail.as_view()), name="my_mail"),
            path("diary/", view(pages.diary.Diary.as_view()), name="diary"),
            path("language/", set_language, name="language"),
            path("intake/", view(pages.intake.Intake.as_view()), name="intake"),
            path(
                "intake/logged/<slug:key>/",
                view(pages.intake_logged.Logged.as_view()),
                name="intake_logged",
            ),
            path("suggest/similar/", view(pages.similar.similar), name="similar"),
            path("suggest/criteria/", view(pages.criteria_days.proposed), name="criteria"),
            path("suggest/<slug:what>/", view(pages.suggest.names), name="suggest"),
        ]
        for model, model_admin in self._registry.items():
            route = f"{model._meta.app_label}/{model._meta.model_name}/"
            own.append(path(route, include(model_admin.urls)))
        # Django's own lists know apps, the desk does not.
        own.append(
            re_path(r"^(?P<app_label>verification)/$", view(self.app_index), name="app_list")
        )
        own.append(re_path(r"(?P<url>.*)$", view(self.catch_all_view)))
        return own

    def admin_view(self, view: ViewT, cacheable: bool = False) -> ViewT:
        """Lets in who may use the desk, in the language of that person.

        What goes wrong is told on a page that says what to do next.
        """

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            language = getattr(request.user, "language", "")
            if language:
                translation.activate(language)
                request.LANGUAGE_CODE = language
            try:
                return view(request, *args, **kwargs)
            except PermissionDenied as error:
                return self.problem(request, 403, str(error))
            except Http404:
                return self.problem(request, 404)

        return cast(ViewT, super().admin_view(guarded, cacheable))

    def problem(self, request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
        """The page that tells what went wrong."""
        context = {**self.each_context(request), "detail": detail}
        response = TemplateResponse(request, f"admin/{status}.html", context, status=status)
        return response.render()

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the desk knows."""
        user = request.user
        signed_in = self.has_permission(request)
        return {
            "site_title": self.site_title,
            "site_header": self.site_header,
            "site_url": reverse("front"),
            "has_permission": signed_in,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "available_apps": [],
            "main_links": _links(request, MAIN) if signed_in else [],
            "more_links": _links(request, MORE) if signed_in else [],
            "alarms": self._pages.alarms.strip(request) if signed_in else [],
            "has_diary": signed_in and user.has_perm("verification.view_claim"),
            "can_log": signed_in and user.has_perm("verification.add_claim"),
            "languages": settings.LANGUAGES,
        }

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:  # type: ignore[override]
        """The door."""
        page: HttpResponseBase = self._pages.door.SignIn.as_view()(request)
        return page

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """What do I do now."""
        own = self._pages.front.context(request)
        context = {**self.each_context(request), **own, **(extra_context or {})}
        return TemplateResponse(request, "admin/desk/front.html", context)

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """The desk has one front page, not one for each app."""
        return redirect("admin:index")


def _links(
    request: HttpRequest, links: tuple[tuple[Any, str, str], ...]
) -> list[dict[str, object]]:
    """The links that the user may follow."""
    offered = []
    for words, name, permission in links:
        if request.user.has_perm(f"verification.{permission}"):
            url = reverse(f"admin:{name}")
            offered.append({"words": words, "url": url, "here": request.path.startswith(url)})
    return offered

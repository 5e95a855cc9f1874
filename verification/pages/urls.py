"""Addresses of the public pages."""

from django.urls import path
from django.views.i18n import set_language

from verification.pages import board, claims, comparison, diary, front, health, sources, texts

urlpatterns = [
    path("", front.front, name="front"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<slug:slug>/", claims.claim, name="claim"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("sources/<slug:slug>/against/", comparison.against, name="against"),
    path("sources/<slug:slug>/against/<slug:other>/", comparison.compare, name="compare"),
    path("leaderboard/", board.leaderboard, name="leaderboard"),
    path("methodology/", texts.methodology, name="methodology"),
    path("corrections/", texts.corrections, name="corrections"),
    path("feeds/deadlines.ics", diary.deadlines, name="diary"),
    path("feeds/deadlines/<str:token>.ics", diary.own_deadlines, name="own_diary"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", front.robots, name="robots"),
    path("favicon.ico", front.favicon, name="favicon"),
    path("i18n/setlang/", set_language, name="set_language"),
]

"""Addresses of the public pages."""

from django.urls import path
from django.views.i18n import set_language

from verification.pages import (
    board,
    claims,
    comparison,
    corrections,
    diary,
    front,
    health,
    ledger,
    metrics,
    sources,
    texts,
)
from verification.pages.standards import atom, cards, sitemap
from verification.pages.widgets import badge, embeds, look, oembed

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
    path("corrections/", corrections.corrections, name="corrections"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export.jsonl", ledger.export, name="ledger-export"),
    path("feeds/deadlines.ics", diary.deadlines, name="diary"),
    path("feeds/deadlines/<str:token>.ics", diary.own_deadlines, name="own_diary"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("favicon.ico", front.favicon, name="favicon"),
    path("i18n/setlang/", set_language, name="set_language"),
    # Widgets.
    path("embed.js", embeds.script, name="embed-script"),
    path("embed/claim/<slug:slug>/", embeds.claim, name="embed-claim"),
    path("embed/source/<slug:slug>/", embeds.source, name="embed-source"),
    path("embed/leaderboard/", embeds.leaderboard, name="embed-leaderboard"),
    path("embed/latest/", embeds.latest, name="embed-latest"),
    path("embed/accent/<slug:digits>.css", look.accent_css, name="embed-accent"),
    path("badge/source/<slug:slug>.svg", badge.source_badge, name="badge-source"),
    path("oembed", oembed.oembed, name="oembed"),
    # Standards.
    path("cards/claim/<slug:slug>.png", cards.claim_card, name="card-claim"),
    path("cards/source/<slug:slug>.png", cards.source_card, name="card-source"),
    path("feeds/verdicts.atom", atom.verdicts, name="feed-verdicts"),
    path("feeds/verdicts/<slug:slug>.atom", atom.verdicts_of_source, name="feed-source"),
    path("feeds/corrections.atom", atom.corrections, name="feed-corrections"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-pages.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemap.section, name="sitemap-section"),
]

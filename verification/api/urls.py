"""Addresses of the API, version 1."""

from django.urls import path, re_path

from verification.api.views import claims, events, extract, meta, records, sources

app_name = "api"
urlpatterns = [
    path("", meta.Root.as_view(), name="root"),
    path("schema/", meta.Schema.as_view(), name="schema"),
    path("docs/", meta.Docs.as_view(), name="docs"),
    path("claims/", claims.Claims.as_view(), name="claims"),
    path("claims/<slug:slug>/", claims.OneClaim.as_view(), name="claim"),
    path("claims/<slug:slug>/reports/", events.ClaimReports.as_view(), name="reports"),
    path("claims/<slug:slug>/verdicts/", events.ClaimVerdicts.as_view(), name="verdicts"),
    path("claims/<slug:slug>/replies/", events.ClaimReplies.as_view(), name="replies"),
    path("claims/<slug:slug>/deadline/", claims.Deadline.as_view(), name="deadline"),
    path("sources/", sources.Sources.as_view(), name="sources"),
    path("sources/<slug:slug>/", sources.OneSource.as_view(), name="source"),
    path("sources/<slug:slug>/record/", records.SourceRecord.as_view(), name="record"),
    path("sources/<slug:slug>/positions/", sources.SourcePositions.as_view(), name="positions"),
    path("leaderboard/", records.Leaderboard.as_view(), name="leaderboard"),
    path("beats/", sources.Beats.as_view(), name="beats"),
    path("extract/", extract.Extract.as_view(), name="extract"),
    # Last: whatever is none of the above, so that it is told as a problem too.
    re_path("", meta.Unknown.as_view(), name="unknown"),
]

"""Addresses of retention."""

from django.urls import path

from habeas.cases.retention import pages

urlpatterns = [
    path("retention/", pages.retention, name="retention"),
    path("retention/ending/", pages.ending, name="ending"),
    path("retention/purge/", pages.purge, name="purge"),
    path("retention/purges/<int:pk>/", pages.report, name="purge-report"),
    path("cases/<slug:code>/keep/", pages.keep, name="keep-until"),
    path("cases/<slug:code>/behind/", pages.behind, name="look-behind"),
]

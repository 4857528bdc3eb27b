"""Addresses of access."""

from django.urls import path

from habeas.cases.access import pages

urlpatterns = [
    path("cases/<slug:code>/access/", pages.case_access, name="case-access"),
    path("team/log/", pages.log_page, name="log"),
]

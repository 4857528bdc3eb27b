"""Addresses of look-ups."""

from django.urls import path

from habeas.cases.lookups import pages

urlpatterns = [
    path("cases/<slug:code>/calls/", pages.calls, name="calls"),
    path("cases/<slug:code>/calls/add-office/", pages.add_desk, name="add-desk"),
    path("cases/<slug:code>/calls/ask/", pages.ask, name="ask-anywhere"),
    path("cases/<slug:code>/calls/<slug:body>/claim/", pages.claim, name="claim-desk"),
    path("cases/<slug:code>/calls/<slug:body>/", pages.ask, name="ask"),
]

"""Addresses of claims about two."""

from django.urls import path

from habeas.cases.identity import pages

urlpatterns = [
    path("cases/<slug:code>/same/add/", pages.add, name="add-identity"),
    path("cases/<slug:code>/related/add/", pages.relate, name="add-relation"),
]

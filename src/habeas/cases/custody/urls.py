"""Addresses of custody."""

from django.urls import path

from habeas.cases.custody import pages

urlpatterns = [path("cases/<slug:code>/custody/add/", pages.add, name="add-custody")]

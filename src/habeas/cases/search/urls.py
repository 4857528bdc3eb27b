"""The address of the search."""

from django.urls import path

from habeas.cases.search import pages

urlpatterns = [path("search/", pages.search, name="search")]

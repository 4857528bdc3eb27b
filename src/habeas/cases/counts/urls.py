"""Addresses of events, counts and lists. They carry codes and numbers, never a name."""

from django.urls import path

from habeas.cases.counts import list_pages, pages

urlpatterns = [
    path("counts/", pages.events, name="counted-events"),
    path("cases/<slug:code>/counts/add/", pages.add, name="add-count"),
    path("cases/<slug:code>/counts/<int:pk>/copied/", pages.descend, name="copied-count"),
    path("cases/<slug:code>/lists/add/", list_pages.add, name="add-list"),
    path("cases/<slug:code>/overlap/", list_pages.overlapping, name="overlap"),
    path("cases/<slug:code>/overlap/pair/", list_pages.pair, name="answer-pair"),
    path("lists/<int:pk>/", list_pages.one, name="name-list"),
    path("lists/entries/<int:pk>/check/", list_pages.check, name="check-entry"),
]

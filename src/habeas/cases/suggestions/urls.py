"""Addresses of reading. They carry codes and numbers, never a name."""

from django.urls import path

from habeas.cases.suggestions import pages

urlpatterns = [
    path("read/", pages.give, name="read-text"),
    path("read/marks/<int:most>.css", pages.marks, name="marks"),
    path("cases/<slug:code>/read/", pages.give, name="read-for"),
    path("documents/<int:pk>/read/", pages.read_document, name="read-document"),
]

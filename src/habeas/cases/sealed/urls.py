"""Addresses of sealed notes."""

from django.urls import path

from habeas.cases.sealed import pages

urlpatterns = [
    path("notes-key/", pages.own_key, name="notes-key"),
    path("cases/<slug:code>/notes/seal/", pages.write, name="seal-note"),
    path("notes/<int:pk>/", pages.note, name="sealed-note"),
    path("notes/<int:pk>/open/", pages.opened, name="opened-note"),
    path("notes/<int:pk>/pass-on/", pages.pass_on, name="pass-note-on"),
]

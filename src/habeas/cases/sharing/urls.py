"""Addresses of sharing."""

from django.urls import path

from habeas.cases.sharing import copies, pages

urlpatterns = [
    path("share/", pages.choose, name="share"),
    path("share/<slug:format>/", pages.export, name="share-as"),
    path("files/<int:pk>/copy/", copies.copy, name="copy-file"),
    path("cases/<slug:code>/share/", pages.choose, name="share-case"),
    path("cases/<slug:code>/share/<slug:format>/", pages.export, name="share-case-as"),
]

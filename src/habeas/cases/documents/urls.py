"""Addresses of documents."""

from django.urls import path

from habeas.cases.documents import pages

urlpatterns = [
    path("cases/<slug:code>/documents/add/", pages.upload, name="add-document"),
    path("documents/<int:pk>/", pages.document, name="document"),
    path("files/<int:pk>/", pages.file, name="file"),
    path("photos/<int:pk>/", pages.photo, name="photo"),
]

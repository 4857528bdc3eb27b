"""Addresses of actions, needs, deadlines and threats."""

from django.urls import path

from habeas.cases.actions import pages

urlpatterns = [
    path("cases/<slug:code>/entries/<slug:kind>/add/", pages.add, name="add-entry"),
    path("entries/<int:pk>/", pages.update, name="update-entry"),
]

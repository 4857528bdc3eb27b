"""The address of a page of a subject."""

from django.urls import path

from habeas.cases.sheet import pages

urlpatterns = [path("cases/<slug:code>/", pages.sheet, name="case")]

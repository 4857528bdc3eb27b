"""The address of a decision."""

from django.urls import path

from habeas.cases.matches import pages

urlpatterns = [path("cases/<slug:code>/matches/<int:pk>/", pages.decide, name="decide-in-case")]

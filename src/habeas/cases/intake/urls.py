"""The address of the intake. It stands before the pages of cases, whose codes it could be."""

from django.urls import path

from habeas.cases.intake import pages

urlpatterns = [path("new-case/", pages.new_case, name="new-case")]

"""The address of consent."""

from django.urls import path

from habeas.cases.consent import pages

urlpatterns = [path("cases/<slug:code>/consent/add/", pages.add, name="add-consent")]

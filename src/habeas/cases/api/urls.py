"""Addresses of the page of tokens."""

from django.urls import path

from habeas.cases.api import pages

urlpatterns = [
    path("tokens/", pages.own, name="tokens"),
    path("tokens/<int:pk>/withdraw/", pages.withdraw, name="withdraw-token"),
]

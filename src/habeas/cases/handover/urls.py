"""The address of the hand-over."""

from django.urls import path

from habeas.cases.handover import pages

urlpatterns = [path("hand-over/", pages.hand_over, name="hand-over")]

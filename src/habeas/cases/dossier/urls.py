"""The address of a dossier."""

from django.urls import path

from habeas.cases.dossier import pages

urlpatterns = [path("cases/<slug:code>/dossier/", pages.dossier, name="dossier")]

"""Addresses of statements. They carry codes and numbers, never a name."""

from django.urls import path

from habeas.cases.statements import drafts, pages

urlpatterns = [
    path("cases/<slug:code>/say/", pages.add, name="add-statement"),
    path("cases/<slug:code>/line/<slug:term>/", pages.sign, name="sign-line"),
    path("statements/<int:pk>/", pages.statement, name="statement"),
    path("statements/<int:pk>/correct/", pages.correct, name="correct-statement"),
    path("statements/<int:pk>/retract/", pages.retract, name="retract-statement"),
    path("drafts/keep/", drafts.keep, name="keep-draft"),
    path("drafts/<int:pk>/discard/", drafts.discard, name="discard-draft"),
]

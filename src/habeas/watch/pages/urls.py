"""Addresses of the pages. They carry codes and numbers, never a name."""

from django.urls import path

from habeas.watch.pages import (
    deciding,
    happenings,
    looks,
    overview,
    people,
    sources,
    spellings,
    visiting,
)

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("people/", overview.people, name="people"),
    path("people/add/", spellings.add_person, name="add-person"),
    path("people/<slug:code>/", people.person, name="person"),
    path("people/<slug:code>/spellings/add/", spellings.add_spelling, name="add-spelling"),
    path("spellings/<int:pk>/withdraw/", spellings.withdraw, name="withdraw-spelling"),
    path("matches/<int:pk>/", deciding.decide, name="decide"),
    path("events/", happenings.events, name="events"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<slug:source_id>/", sources.source_page, name="source"),
    path("sources/<slug:source_id>/visit/", visiting.hand_over, name="hand-over-visit"),
    path("looks/<int:pk>/", looks.look, name="look"),
]

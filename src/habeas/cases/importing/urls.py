"""Addresses of imports. They carry numbers, never a name."""

from django.urls import path

from habeas.cases.importing import pages

urlpatterns = [
    path("imports/", pages.start, name="imports"),
    path("imports/key/", pages.bundle_key, name="bundle-key"),
    path("imports/<int:pk>/compared/", pages.compared, name="import-compared"),
    path("imports/<int:pk>/", pages.preview, name="import"),
    path("imports/<int:pk>/columns/", pages.choose_columns, name="import-columns"),
    path("imports/<int:pk>/group/", pages.decide_group, name="import-group"),
    path("imports/<int:pk>/apply/", pages.apply, name="import-apply"),
    path("imports/<int:pk>/undo/", pages.undo, name="import-undo"),
    path("imports/rows/<int:pk>/", pages.decide_row, name="import-row"),
]

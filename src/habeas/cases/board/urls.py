"""The address of the board."""

from django.urls import path

from habeas.cases.board import pages

urlpatterns = [path("board/", pages.board, name="board")]

"""The app of the board: it listens to everything that is taken down."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    """Configuration of the app."""

    name = "habeas.cases.board"
    label = "board"

    def ready(self) -> None:
        """Listen."""
        from habeas.cases.board.keeping import refresh
        from habeas.cases.statements.recording import HEARERS

        if refresh not in HEARERS:
            HEARERS.append(refresh)

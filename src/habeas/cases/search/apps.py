"""The app of search: it listens to names."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class SearchConfig(AppConfig):
    """Configuration of the app."""

    name = "habeas.cases.search"
    label = "search"

    def ready(self) -> None:
        """Listen to what is said, and to spellings."""
        from habeas.cases.search import indexing
        from habeas.cases.statements.recording import HEARERS

        if indexing.refresh not in HEARERS:
            HEARERS.append(indexing.refresh)
        post_save.connect(
            indexing.spelling_added, sender="watch.Spelling", dispatch_uid="index-spelling"
        )

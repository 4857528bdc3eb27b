"""The app of statements: every sought person has a case from the moment they are sought."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class StatementsConfig(AppConfig):
    """Configuration of the app."""

    name = "habeas.cases.statements"
    label = "statements"

    def ready(self) -> None:
        """Open a case for each person that watching adds, and keep what features keep of it."""
        from habeas.cases.statements import opening

        post_save.connect(opening.open_case, sender="watch.Person", dispatch_uid="open-case")

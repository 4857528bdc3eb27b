"""The app of access: whoever opens a case may see it."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class AccessConfig(AppConfig):
    """Configuration of the app."""

    name = "habeas.cases.access"
    label = "access"

    def ready(self) -> None:
        """Listen to new cases."""
        from habeas.cases.access import members

        post_save.connect(
            members.opened, sender="statements.Subject", dispatch_uid="grant-to-its-author"
        )

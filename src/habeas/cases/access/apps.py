"""The app of access: whoever opens a case may see it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_migrate


class AccessConfig(AppConfig):
    """Configuration of the app."""

    name = "habeas.cases.access"
    label = "access"

    def ready(self) -> None:
        """Listen to new cases."""
        from django.db.backends.signals import connection_created

        from habeas.cases.access import members
        from habeas.cases.access.rows import binding, setting_up
        from habeas.watch import scope

        post_save.connect(
            members.opened, sender="statements.Subject", dispatch_uid="grant-to-its-author"
        )
        scope.TOLD.append(binding.bind)
        pre_migrate.connect(setting_up.make_way, sender=self, dispatch_uid="rules-make-way")
        post_migrate.connect(setting_up.come_back, sender=self, dispatch_uid="rules-come-back")
        connection_created.connect(binding.bind_new, dispatch_uid="bind-to-who-asks")

"""The Django app of watching."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Names the app, and plugs alerts into the engine where they are installed."""

    name = "habeas.watch"
    label = "watch"

    def ready(self) -> None:
        """Hand causes to `alerts.enqueue`; without alerts the ledger is kept all the same."""
        from habeas.watch import causes

        if find_spec("habeas.watch.alerts") is None:
            return
        enqueue: causes.Receiver = import_module("habeas.watch.alerts").enqueue
        if enqueue not in causes.RECEIVERS:
            causes.RECEIVERS.append(enqueue)

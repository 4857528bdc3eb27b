"""Failures of the replica of the portals."""

from habeas.errors.base import HabeasError
from habeas.language import _


class ReplicaRefused(HabeasError):
    """A replica was given that is not on this computer; it could pass for the portals."""

    def __init__(self, host: str, place: str) -> None:
        super().__init__(
            _("The replica for {host} cannot be at {place}.").format(
                host=repr(host[:100]), place=repr(place[:100])
            ),
            kept=_("Nothing was asked."),
            advice=_("Give an address and port of this computer, as 127.0.0.1:8443."),
        )


class ScriptRefused(HabeasError):
    """The script of a replica, or a fault ordered from it, cannot be used."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("The script of the replica cannot be used: {cause}.").format(cause=cause),
            kept=_("The replica was not changed."),
            advice=_("Correct it; the guide “Run the replica” names every field."),
        )

"""Failures of the site: its folder, port and database."""

from habeas.errors.base import Exit, HabeasError, Retry
from habeas.language import _


class PlaceTaken(HabeasError):
    """A folder that should receive files already holds something else."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            _("The folder {folder} is not empty, and not ours.").format(folder=repr(folder)),
            kept=_("Nothing was changed."),
            advice=_("Choose another folder with --into."),
        )


class PortTaken(HabeasError):
    """The port on which the site should be served is not free."""

    def __init__(self, port: int) -> None:
        super().__init__(
            _("The site cannot be served on port {port}: it is not free.").format(port=port),
            kept=_("Nothing was changed."),
            advice=_("Leave --port out, and a free one is taken; or choose another."),
        )


class ProxyUnclear(HabeasError):
    """What should name the TLS proxy is no IP address."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("{address} is no IP address of a proxy.").format(address=repr(address[:100])),
            kept=_("The site was not started."),
            advice=_("Name the address from which the proxy connects, for example 127.0.0.1."),
        )


class NobodyMayAsk(HabeasError):
    """The site should listen to other machines, but no host name was allowed for them."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("On {address} other machines could reach the site, unencrypted.").format(
                address=repr(address[:100])
            ),
            kept=_("The site was not started."),
            advice=_(
                "Put a TLS proxy in front, and name its host in HABEAS_HOSTS; "
                "or leave --listen out."
            ),
        )


class DatabaseNotReady(HabeasError):
    """The database of the upper floor cannot be opened, or not be brought up to date."""

    exit_code = Exit.COULD_NOT_LOOK
    retry = Retry.LATER

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("The database cannot be opened or brought up to date: {cause}.").format(cause=cause),
            kept=_("What it holds was not changed."),
            advice=_(
                "Check HABEAS_HOME and HABEAS_DATABASE, the free space, and that no other program "
                "holds the database."
            ),
        )

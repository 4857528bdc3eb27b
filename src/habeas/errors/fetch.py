"""Failures of addresses, certificates and routes."""

from habeas.errors.base import Exit, HabeasError
from habeas.language import _


class AddressRefused(HabeasError):
    """An address that habeas does not ask, whoever wants it."""

    def __init__(self, address: str, cause: str) -> None:
        super().__init__(
            _("The address {address} is not asked: {cause}.").format(
                address=repr(address[:200]), cause=cause
            ),
            kept=_("Nothing was sent."),
            advice=_("Give an address that begins with https:// or http://."),
        )


class HeaderRefused(HabeasError):
    """A source wants to send a header that is not its to set, or that would break the request."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("The request header {name} cannot be set by a source.").format(name=repr(name[:80])),
            kept=_("Nothing was sent."),
            advice=_("Correct the source's adapter."),
        )


class CertificateUnusable(HabeasError):
    """A file given as an extra certificate authority cannot be used as one."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            _("The certificate file {path} cannot be used: {cause}.").format(
                path=path, cause=cause
            ),
            kept=_("Nothing was sent."),
            advice=_("Give a PEM file with the root certificate that the source names."),
        )


class AddressNotOurs(HabeasError):
    """The address on which the site should listen is not one of this machine."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _("The site cannot listen on {address}: it is no address of this machine.").format(
                address=repr(address[:100])
            ),
            kept=_("Nothing was changed."),
            advice=_("Leave --listen out: then only this machine can open the site."),
        )


class RouteUnknown(HabeasError):
    """A watch names a route through the network that is not set up here."""

    def __init__(self, route: str, known: list[str]) -> None:
        super().__init__(
            _("There is no route {route}.").format(route=repr(route)),
            kept=_("Nothing was sent."),
            advice=_("Known routes: {known}.").format(known=", ".join(known)),
        )


class RouteUnclear(HabeasError):
    """A route through the network that is not written so that it can be used."""

    def __init__(self, written: str) -> None:
        # A password may stand before the @.
        shown = written[:100].rpartition("@")[2]
        super().__init__(
            _("The route {route} is not understood.").format(route=repr(shown)),
            kept=_("Nothing was changed, and nothing was sent."),
            advice=_(
                "Write it as NAME socks5h://HOST:PORT, for example tor socks5h://127.0.0.1:9050."
            ),
        )


class VisitUnclear(HabeasError):
    """What was pasted holds no visit that could be taken over from a browser."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("No visit could be taken over: {cause}.").format(cause=cause),
            kept=_("Nothing was changed, and nothing was sent."),
            advice=_(
                "In the browser, open the page of the site, answer its picture, and copy the "
                "request of that page as cURL (developer tools, network)."
            ),
        )


class PictureNotMade(HabeasError):
    """A picture of a recorded page could not be drawn; the page itself is recorded."""

    exit_code = Exit.COULD_NOT_LOOK

    def __init__(self, cause: str) -> None:
        super().__init__(
            _("No picture of the page could be made: {cause}.").format(cause=cause[:200]),
            kept=_("The page itself is recorded and sealed."),
            advice=_(
                "Install the optional part with `pip install habeas[pictures]` and a Chromium; "
                "HABEAS_CHROMIUM names its program."
            ),
        )

"""What the command says of the key of a bundle, and the fingerprint that it was told."""

from collections.abc import Iterator, Mapping

from habeas.cases.importing.bundled import senders
from habeas.cases.importing.models import Import
from habeas.cases.statements.recording import Hand
from habeas.errors import SignatureRefused
from habeas.evidence.seals.keys import in_groups
from habeas.language import _
from habeas.terminal import safe_line

SHORTEST = 16
"""Characters of a fingerprint of which two people can be sure that it is no accident."""


def tell(imported: Import, signed_by: str, hand: Hand) -> Iterator[str]:
    """Yield what is known of the key; take down that it was compared, where it was given.

    Raises:
        SignatureRefused: the bundle is signed by another key than was given.
    """
    bundle = imported.bundle
    if signed_by:
        _compare(imported, signed_by, hand)
    sender = senders.sender_of(bundle)
    words: Mapping[str, str] = {
        senders.COMPARED: _("this key was compared with its owner"),
        senders.AGAIN: _("the same key as last time; nobody has compared it by voice yet"),
        senders.FIRST: _("first time from this key; compare it with the sender by voice"),
        senders.OTHER: _("another key than last time; compare it with the sender by voice"),
    }
    yield _("Signed by {fingerprint}: {words}.").format(
        fingerprint=in_groups(bundle.fingerprint), words=words[sender.standing]
    )
    for name in sender.names:
        yield _("Bundles of this key came under another name before: {name}").format(
            name=safe_line(name)
        )


def _compare(imported: Import, signed_by: str, hand: Hand) -> None:
    told = "".join(signed_by.split()).lower()
    if len(told) < SHORTEST or not imported.bundle.fingerprint.startswith(told):
        raise SignatureRefused(_("it is signed by another key than the one you were told"))
    senders.compare(imported, hand)

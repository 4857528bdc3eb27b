"""Whose key signed a bundle, as far as anybody here knows. The program pins; people compare."""

from dataclasses import dataclass

from django.db.models import QuerySet

from habeas.cases.importing.models import Bundle, Compared, Import
from habeas.cases.statements.recording import Hand
from habeas.errors import SenderUnsure

COMPARED, AGAIN, FIRST, OTHER = "compared", "again", "first", "other"


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of the key of a bundle.

    Attributes:
        standing: COMPARED, somebody compared it with its owner; AGAIN, the same key as the last
            time; FIRST, nothing came from this sender before; OTHER, the last bundle of this
            sender was signed by another key.
        compared: the newest comparing.
        names: under which other names bundles of this key came.
    """

    standing: str
    compared: Compared | None
    names: tuple[str, ...]


def sender_of(bundle: Bundle) -> Sender:
    """Return what is known of the key of a bundle."""
    compared = Compared.objects.filter(fingerprint=bundle.fingerprint).order_by("-pk").first()
    own = _plain(bundle.imported.speaker)
    earlier = _earlier(bundle)
    same = earlier.filter(fingerprint=bundle.fingerprint)
    names = {one.imported.speaker for one in same if _plain(one.imported.speaker) != own}
    last = next((one for one in earlier if _plain(one.imported.speaker) == own), None)
    if compared is not None:
        standing = COMPARED
    elif last is None:
        standing = FIRST
    else:
        standing = AGAIN if last.fingerprint == bundle.fingerprint else OTHER
    return Sender(standing, compared, tuple(sorted(names)))


def _earlier(bundle: Bundle) -> QuerySet[Bundle]:
    every = Bundle._base_manager.filter(imported__lt=bundle.imported_id)  # noqa: SLF001 - whoever asks
    return every.select_related("imported").order_by("-pk")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def refuse_unsure(imported: Import) -> None:
    """Refuse to take over a bundle of a changed key before anybody compared it.

    Raises:
        SenderUnsure: the last bundle of this sender was signed by another key.
    """
    if sender_of(imported.bundle).standing == OTHER:
        raise SenderUnsure(imported.speaker)


def compare(imported: Import, hand: Hand) -> Compared:
    """Take down that somebody compared the key of a bundle with its owner, and it is theirs."""
    return Compared.objects.create(
        fingerprint=imported.bundle.fingerprint, name=imported.speaker, by=hand.by, at=hand.at
    )

"""Whether a text repeats another one that is here: a proposal, with the words that changed."""

from dataclasses import dataclass

from habeas.cases.statements.models import Derivation, Document
from habeas.cases.suggestions import texts
from habeas.reading.lineage import Document as Compared
from habeas.reading.lineage import Kinship, lineage

_MOST = 12
"""Texts of the same files that are compared with one: the newest."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A text that may repeat another, and which of the two came first.

    Attributes:
        copy, original: as proposed; the earlier day of publication is the original.
    """

    copy: Document
    original: Document
    kinship: Kinship


def proposed(document: Document, text: str) -> Kin | None:
    """Return the text that a document may repeat, or None; never what somebody already answered."""
    beside = (
        Document.objects.filter(filed__subject__filed__document=document)
        .exclude(pk=document.pk)
        .exclude(text="")
        .distinct()
        .order_by("-pk")[:_MOST]
    )
    others = {str(one.pk): one for one in beside}
    own = str(document.pk)
    documents = {own: document, **others}
    compared = [
        Compared(key, text if key == own else one.text[: texts.PART], one.published[:10])
        for key, one in sorted(documents.items(), key=lambda pair: pair[1].pk)
    ]
    for one in lineage(compared):
        if own not in (one.copy, one.root):
            continue
        kin = Kin(documents[one.copy], documents[one.root], one)
        if not Derivation.objects.filter(copy=kin.copy, original=kin.original).exists():
            return kin
    return None

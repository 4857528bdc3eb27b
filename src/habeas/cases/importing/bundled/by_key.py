"""What the command says of a bundle: its key, what is new in it, and what is not."""

from collections import Counter
from collections.abc import Iterator, Mapping

from habeas.cases.importing.bundled import persons, records, senders
from habeas.cases.importing.models import Import
from habeas.cases.importing.words import RECORDS
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


def tell_news(imported: Import) -> Iterator[str]:
    """Yield what the rows that wait bring, counted over all of them."""
    fresh: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for row in imported.rows.filter(result=None).select_related("imported").iterator(500):
        news = records.news_of(row)
        fresh.update(one.kind for one in news.fresh)
        counted["held"] += sum(bool(one.told.get("held")) for one in news.of(persons.FILE))
        counted.update(here=news.here, changed=news.changed, gone=len(news.gone))
    for kind, word in RECORDS.items():
        if fresh[kind]:
            yield _("New: {what}: {n}").format(what=word, n=fresh[kind])
    words: Mapping[str, str] = {
        "here": _("Came before: {n}"),
        "changed": _("Says something else than before; both stay: {n}"),
        "gone": _("Came before, and is not in this bundle: {n}"),
        "held": _("Files that the sender did not send: {n}"),
    }
    for key, sentence in words.items():
        if counted[key]:
            yield sentence.format(n=counted[key])


def _compare(imported: Import, signed_by: str, hand: Hand) -> None:
    told = "".join(signed_by.split()).lower()
    if len(told) < SHORTEST or not imported.bundle.fingerprint.startswith(told):
        raise SignatureRefused(_("it is signed by another key than the one you were told"))
    senders.compare(imported, hand)

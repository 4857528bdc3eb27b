"""Takes a purged person out of what watching wrote down of public lists.

A list names many. The row of a case stays, with its day and its number, so that what was asked and
how complete the answer was stays proved; the name in it goes, where nobody else is sought in it.
"""

from collections import Counter

from habeas.cases.retention.cleaning import hide
from habeas.cases.retention.closure import Going, every, lots
from habeas.cases.retention.telltale import GONE, Telltale
from habeas.watch.models import Event, Listing, Look, Match, Mention, Version
from habeas.watch.screening import SKIPPED

_NOT_COMPARED = min(SKIPPED)


def clean_ledger(going: Going, tell: Telltale) -> Counter[str]:
    """Take people out of the ledger; return how many rows of each model were emptied.

    To be called while their matches are still there: these know which rows may mean them.
    """
    mentions = _mentions(going)
    emptied: Counter[str] = Counter()
    versions: set[int] = set()
    entries: set[int] = set()
    for lot in lots(mentions):
        rows = every(Mention).filter(pk__in=lot)
        pairs = list(rows.values_list("version", "version__entry"))
        versions |= {version for version, _entry in pairs}
        entries |= {entry for _version, entry in pairs}
        # A name that is none is not to be compared with anybody again.
        emptied["watch.Mention"] += rows.update(printed=GONE, role="", capacity=_NOT_COMPARED)
    for lot in lots(versions):
        emptied["watch.Version"] += hide(every(Version).filter(pk__in=lot), ["facts", "link"], tell)
    for lot in lots(entries):
        emptied["watch.Event"] += hide(every(Event).filter(entry__in=lot), ["changes"], tell)
    # Where a source was asked by name, the name stands in the address that was asked.
    emptied["watch.Look"] += hide(every(Look), ["requests", "explanation"], tell)
    emptied["watch.Listing"] += hide(every(Listing), ["request"], tell)
    return +emptied


def _mentions(going: Going) -> set[int]:
    """Return the printed names that may be these people, and nobody else who is sought."""
    theirs = going.rows[Match]
    found: set[int] = set()
    for lot in lots(theirs):
        found |= set(every(Match).filter(pk__in=lot).values_list("mention", flat=True))
    shared: set[int] = set()
    for lot in lots(found):
        rows = every(Match).filter(mention__in=lot).values_list("pk", "mention")
        shared |= {mention for key, mention in rows if key not in theirs}
    return found - shared

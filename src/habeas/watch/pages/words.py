"""Words of the pages: states, outcomes, obstacles, verdicts, events. Each state has a shape too."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as later

from habeas.watch.pages.calendar import State
from habeas.watch.schedule import MISSED


@dataclass(frozen=True, slots=True)
class Sign:
    """A state for the eye and for the ear: a word, a shape, and the name of its colour.

    Attributes:
        shape: drawn before the word and not read aloud.
        tone: class of the style sheet: good, half, bad, gap, quiet.
    """

    word: Promise | str
    shape: str
    tone: str


DAYS: Mapping[str, Sign] = {
    State.COMPLETE: Sign(later("complete"), "●", "good"),
    State.PARTIAL: Sign(later("partial"), "◐", "half"),
    State.COULD_NOT_LOOK: Sign(later("could not look"), "✕", "bad"),
    State.MISSED: Sign(later("missed"), "○", "gap"),
    State.PENDING: Sign(later("no look yet"), "·", "quiet"),
    State.NOT_WATCHED: Sign(later("not watched"), "–", "quiet"),
    State.NOT_DUE: Sign(later("nothing due"), "·", "quiet"),
}

OUTCOMES: Mapping[str, Sign] = {
    "found": Sign(later("read whole, entries listed"), "●", "good"),
    "not_found": Sign(later("read whole, no entries listed"), "●", "good"),
    "could_not_look": Sign(later("could not look"), "✕", "bad"),
    MISSED: Sign(later("missed"), "○", "gap"),
}
UNCONFIRMED = Sign(later("read, but not confirmed as complete"), "◐", "half")
ANSWERED = Sign(later("answered"), "●", "half")
BELIEVED = later(
    "the list says that it is empty; in this look a list of the same kind that holds entries was "
    "read, so the question was understood"
)

VERDICTS: Mapping[str, Sign] = {
    "same": Sign(later("the same name in every part"), "●●●", "strong"),
    "likely": Sign(later("likely the same person"), "●●○", "strong"),
    "possible": Sign(later("possible: worth a telephone call"), "●○○", "half"),
    "cannot_tell": Sign(later("cannot tell: the names carry too little"), "?", "quiet"),
    "different": Sign(later("different"), "≠", "quiet"),
}

ANSWERS: Mapping[str, Sign] = {
    "same": Sign(later("the same person"), "=", "strong"),
    "not_same": Sign(later("not the same person"), "≠", "quiet"),
    "open": Sign(later("left open"), "?", "half"),
}
CHOICES: Mapping[str, Promise] = {
    "same": later("the same person"),
    "not_same": later("not the same person"),
    "open": later("leave it open"),
}
"""The answers as they are offered; `ANSWERS` says them afterwards."""

WAITING = Sign(later("awaits a decision"), "!", "half")

STATES: Mapping[str, Sign] = {
    "good": Sign(later("read whole"), "●", "good"),
    "half": Sign(later("the two numbers differ"), "◐", "half"),
    "bad": Sign(later("could not look"), "✕", "bad"),
    "found": Sign(later("found: somebody decided so"), "=", "strong"),
    "waiting": WAITING,
    "gone": Sign(later("no longer in the list since"), "✕", "bad"),
}

EVENTS: Mapping[str, Sign] = {
    "appeared": Sign(later("appeared"), "+", "strong"),
    "changed": Sign(later("changed"), "~", "half"),
    "moved": Sign(later("moved"), "→", "half"),
    "vanished": Sign(later("vanished"), "✕", "bad"),
    "returned": Sign(later("returned"), "↩", "strong"),
}

PROOFS: Mapping[str, Promise] = {
    "gone": later("says that the entry was removed or moved"),
    "still there": later("still shows the entry"),
}
"""What the own address of a missing entry said."""

OBSTACLES: Mapping[str, Promise] = {
    "captcha": later("asks for the digits of a picture (captcha)"),
    "blocked": later("refused to answer us"),
    "expired": later("the visit had expired"),
    "bad_query": later("did not understand the question"),
    "down": later("was out of order"),
    "tls": later("its certificate could not be verified"),
    "layout_changed": later("the page is not built as we know it"),
    "encoding": later("its letters could not be read"),
    "incomplete": later("only a part arrived"),
    "unconfirmed_empty": later("an empty answer that could not be confirmed"),
    "withheld": later("hides the names"),
    "gone": later("says that the entry was removed or moved"),
    "unreadable": later("could not be read"),
    "too_large": later("larger than any page we know"),
    "not_recognised": later("not a page we know"),
    MISSED: later("habeas was not running"),
}

WHYS: Mapping[str, Promise] = {
    "list": later("a list"),
    "control": later("a control: a question whose answer is known"),
    "card": later("the page of one entry"),
    "look_up": later("an entry that is missing from its list was looked up"),
}
"""Why a request was sent, as the ledger keeps it."""

REMEDIES: Mapping[str, Promise] = {
    "captcha": later(
        "Open the source in a browser and answer the picture. Then save the page, or hand your "
        "visit over: habeas watch visit."
    ),
    "blocked": later("Try from another network, or ask somebody in that country."),
    "expired": later("habeas tries again by itself."),
    "bad_query": later("Report it: the question is ours to correct."),
    "down": later("habeas tries again by itself. This is no answer about the person."),
    "tls": later("Ask an engineer for the publisher's root certificate. Do not switch checks off."),
    "layout_changed": later("Look at the source yourself, and report it."),
    "encoding": later("Look at the source yourself, and report it."),
    "incomplete": later("habeas tries again by itself."),
    "unconfirmed_empty": later("Look at the source yourself before you believe it."),
    "withheld": later("Ask the court by telephone or through a lawyer."),
    "gone": later("Keep the page. Search the case by its unique number."),
    MISSED: later("Let habeas run without a break, or look at the source yourself for that time."),
}

FACTS: Mapping[str, Promise] = {
    "case_number": later("case number"),
    "number": later("number"),
    "uid": later("unique identifier"),
    "court": later("court"),
    "judge": later("judge"),
    "article": later("article of law"),
    "article_of_law": later("article of law"),
    "category": later("category"),
    "matter": later("matter"),
    "subject": later("subject"),
    "info": later("parties and matter"),
    "event": later("event"),
    "stage": later("stage"),
    "date": later("date"),
    "when": later("date and time"),
    "time": later("time"),
    "room": later("room"),
    "place": later("place"),
    "state": later("state"),
    "state_date": later("date of the state"),
    "result": later("result"),
    "received": later("received on"),
    "decided": later("decided on"),
    "in_force": later("in force since"),
    "published": later("published on"),
    "birth_year": later("year of birth"),
    "lower_court": later("lower court"),
    "act_date": later("date of the act"),
    "title": later("title"),
}
"""The facts of a row that are shown at once, in this order; all others are folded below them."""

WEEKDAYS = (
    later("Mon"),
    later("Tue"),
    later("Wed"),
    later("Thu"),
    later("Fri"),
    later("Sat"),
    later("Sun"),
)


def remedy(obstacle: str) -> Promise | str:
    """Return what a reader can do about an obstacle, in one sentence; '' where nothing helps."""
    return REMEDIES.get(obstacle, later("Look at the source yourself, and report it."))
